"""What an operator decides about a server, read once from the environment; it opens nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph.errors import InvalidRequest

_HIGHEST_PORT = 65535
_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True)
class Settings:
    """Where the graph lies and where it is served.

    `base` is the address the public reaches the server at, ending in a slash; without one, each
    answer takes it from the request it answers. docs/settings.md says what the others mean.
    """

    data_dir: Path = Path(".servanda")
    host: str = "127.0.0.1"
    port: int = 8000
    base: str | None = None
    shapes: Path | None = None
    workers: int = 4
    past_versions: int = 2
    query_seconds: float = 10
    fresh_seconds: float = 1
    query_memory_mb: int = 512
    judge_seconds: float = 60
    import_seconds: float = 120
    query_rows: int = 100_000
    query_mb: int = 64
    cache_mb: int = 64
    derive: bool = True
    request_seconds: float = 10
    connections: int = 1000
    grace_seconds: int = 3
    access_log: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the `SERVANDA_*` variables; one that is absent or empty keeps its default.

        Raises InvalidRequest for a port that is no port, a base that is no address and a limit
        that is no number.
        """
        return cls(
            data_dir=Path(environment.get("SERVANDA_DATA_DIR") or cls.data_dir),
            host=environment.get("SERVANDA_HOST") or cls.host,
            port=_port(environment.get("SERVANDA_PORT") or str(cls.port)),
            base=_base(environment.get("SERVANDA_BASE")),
            shapes=Path(shapes) if (shapes := environment.get("SERVANDA_SHAPES")) else None,
            workers=_whole(environment, "SERVANDA_WORKERS", cls.workers, least=0),
            past_versions=_whole(environment, "SERVANDA_PAST_VERSIONS", cls.past_versions, least=0),
            query_seconds=_seconds(environment, "SERVANDA_QUERY_SECONDS", cls.query_seconds),
            fresh_seconds=_seconds(environment, "SERVANDA_FRESH_SECONDS", cls.fresh_seconds),
            query_memory_mb=_whole(environment, "SERVANDA_QUERY_MEMORY_MB", cls.query_memory_mb),
            judge_seconds=_seconds(environment, "SERVANDA_JUDGE_SECONDS", cls.judge_seconds),
            import_seconds=_seconds(environment, "SERVANDA_IMPORT_SECONDS", cls.import_seconds),
            query_rows=_whole(environment, "SERVANDA_QUERY_ROWS", cls.query_rows),
            query_mb=_whole(environment, "SERVANDA_QUERY_MB", cls.query_mb),
            cache_mb=_whole(environment, "SERVANDA_CACHE_MB", cls.cache_mb, least=0),
            derive=bool(_whole(environment, "SERVANDA_DERIVE", 1, least=0)),
            request_seconds=_seconds(environment, "SERVANDA_REQUEST_SECONDS", cls.request_seconds),
            connections=_whole(environment, "SERVANDA_CONNECTIONS", cls.connections),
            grace_seconds=_whole(environment, "SERVANDA_GRACE_SECONDS", cls.grace_seconds, least=0),
            access_log=environment.get("SERVANDA_ACCESS_LOG") or None,
        )


def read_workers(text: str) -> int:
    """Read a number of workers; raises InvalidRequest when it is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    raise InvalidRequest(f"`{text}` is no number of workers", hint="give a number from 0 up")


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


def _whole(environment: Mapping[str, str], name: str, default: int, *, least: int = 1) -> int:
    text = environment.get(name) or str(default)
    if text.isascii() and text.isdigit() and int(text) >= least:
        return int(text)
    raise InvalidRequest(f"{name} is `{text}`", hint=f"give a whole number from {least} up")


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name) or str(default)
    if _DECIMAL.fullmatch(text) and float(text) > 0:
        return float(text)
    raise InvalidRequest(f"{name} is `{text}`", hint="give a number of seconds such as 10 or 0.5")
