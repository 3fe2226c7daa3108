"""Refuses query parameters that a path does not take: a slip must not change an answer unseen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import Request

from api.errors import InvalidParameter


@dataclass(frozen=True)
class Parameters:
    """The parameters of a path; as a FastAPI dependency it checks the address asked for.

    Those in `once` may be given once, those in `repeated` any number of times. It is a coroutine
    like all dependencies that do not wait: FastAPI would send a function to a thread, which takes
    longer than what it does.
    """

    once: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    async def __call__(self, request: Request) -> None:
        """Raise InvalidParameter for one that is unknown or given too often."""
        self.check(request.query_params.multi_items())

    def check(self, items: Iterable[tuple[str, str]]) -> None:
        """Raise InvalidParameter for one that is unknown or given too often."""
        seen: set[str] = set()
        for name, _ in items:
            if name not in (*self.once, *self.repeated):
                raise InvalidParameter(
                    f"there is no parameter `{name}` here", name=name, hint=self._legal()
                )
            if name in seen and name in self.once:
                raise InvalidParameter(
                    f"the parameter `{name}` is given more than once",
                    name=name,
                    hint="give it once",
                )
            seen.add(name)

    def _legal(self) -> str:
        names = [*self.once, *self.repeated]
        return "there is " + ", ".join(f"`{name}`" for name in names) if names else "leave it out"


def graph_iri(text: str) -> str:
    """Read the parameter `graph`; raises InvalidParameter for what is no IRI."""
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise InvalidParameter(
            f"`{text}` is no IRI of a graph", name="graph", hint="give an absolute IRI"
        ) from None
