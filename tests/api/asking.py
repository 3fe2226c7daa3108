"""A pool over a small graph, and jobs for it; a worker imports them from here."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pytest

from api.pool import Pool, Runner
from api.reply import Limits
from graph.database import Database
from graph.journal import Change
from graph.store import Store
from graph.worker import Out
from tests.settings import FRESH_SECONDS

ROOT: Final = Path(__file__).resolve().parents[2]
LIMITS: Final = Limits(
    seconds=30, memory=512 * 2**20, bytes=2**26, workers=2, fresh_seconds=FRESH_SECONDS
)
COUNT: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# Three hundred million rows and a billion: minutes of work, and more memory than there is.
ENDLESS: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORTED_PRODUCT: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
_GRAPH: Final = ox.NamedNode("https://w3id.org/servanda/data/many")
_P: Final = ox.NamedNode("https://example.org/p")


@dataclass(frozen=True)
class Ask:
    """Asks a query that no guard has seen."""

    text: str
    format: str = "json"

    def run(self, store: Store, out: Out) -> None:
        store.query(self.text).write_to(out, self.format)


@dataclass(frozen=True)
class Open:
    """Opens a file."""

    path: str

    def run(self, store: Store, out: Out) -> None:
        out.write(Path(self.path).read_bytes())


def endless(patterns: int) -> str:
    """Give a query that does not end even on a graph of a few statements."""
    return (
        f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s{n} ?p{n} ?o{n}' for n in range(patterns))} }}"
    )


def prepare() -> None:
    """Have nothing to load."""


def things(numbers: Iterable[int]) -> Change:
    """Give a change that adds a statement for each number."""
    return Change(
        adds=tuple(
            ox.Quad(ox.NamedNode(f"https://example.org/{n}"), _P, ox.Literal(f"thing {n}"), _GRAPH)
            for n in numbers
        )
    )


def record(database: Database, change: Change) -> None:
    database.commit(change, author="test", role="editor", reason="test", source="test")


@asynccontextmanager
async def pool(database: Database, **limits: Any) -> AsyncIterator[Pool]:
    """Give a pool over a database, which tells it of each commit."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT)]))
        running = Pool(
            database.directory, replace(LIMITS, **limits), f"{__name__}:{prepare.__name__}"
        )
        database.tell(running.follow)
        await running.start(database.version)
        try:
            yield running
        finally:
            await running.stop()


async def answer(runner: Runner, text: str, *, at_least: int = 0, format: str = "json") -> bytes:  # noqa: A002
    """Ask and gather the whole answer."""
    async with runner.run(Ask(text, format), at_least=at_least) as reply:
        return b"".join([chunk async for chunk in reply])


async def counted(runner: Runner, *, at_least: int = 0) -> tuple[int, int]:
    """Give the version that answers, and how many statements it has."""
    async with runner.run(Ask(COUNT, "csv"), at_least=at_least) as reply:
        text = b"".join([chunk async for chunk in reply])
        return reply.version, int(text.split()[1])
