"""What an operator decides about a server, read once from the environment; it opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph.errors import InvalidRequest

_HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Settings:
    """Where the graph lies and where it is served.

    `base` is the address the public reaches the server at, ending in a slash; without one, each
    answer takes it from the request it answers.
    """

    data_dir: Path = Path(".servanda")
    host: str = "127.0.0.1"
    port: int = 8000
    base: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the `SERVANDA_*` variables; one that is absent or empty keeps its default.

        Raises InvalidRequest for a port that is no port and a base that is no address.
        """
        return cls(
            data_dir=Path(environment.get("SERVANDA_DATA_DIR") or cls.data_dir),
            host=environment.get("SERVANDA_HOST") or cls.host,
            port=_port(environment.get("SERVANDA_PORT") or str(cls.port)),
            base=_base(environment.get("SERVANDA_BASE")),
        )


def read_port(text: str) -> int:
    """Read a port's number; raises InvalidRequest when it is none."""
    if text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT:
        return int(text)
    raise InvalidRequest(f"`{text}` is no port", hint=f"give a number from 0 to {_HIGHEST_PORT}")


def _port(text: str) -> int:
    try:
        return read_port(text)
    except InvalidRequest as error:
        raise InvalidRequest(f"SERVANDA_PORT {error.message}", hint=error.hint) from None


def _base(text: str | None) -> str | None:
    if not text:
        return None
    if text.startswith(("http://", "https://")):
        return text.rstrip("/") + "/"
    raise InvalidRequest(
        f"SERVANDA_BASE `{text}` is not a web address",
        hint="give one that starts with https:// or http://",
    )
