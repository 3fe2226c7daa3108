"""What it costs to ask in a worker process, against asking the engine in this one, in one run."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import pyoxigraph as ox
from rich.table import Table

from api.pool import Pool
from api.reply import Limits
from bench.machine import idle_memory, peak_memory
from graph.database import Database
from graph.journal import Change
from graph.namespaces import DATA
from graph.store import Store
from graph.worker import Out

MANY: Final = 100_000
ROUNDS: Final = 7
POINTS: Final = 500
_POINT: Final = "SELECT * { <https://example.org/thing/7> ?p ?o }"
_TABLE: Final = "SELECT * { ?s ?p ?o }"
_MILLION: Final = "SELECT * { ?s ?p ?o . VALUES ?n { 0 1 2 3 4 5 6 7 8 9 } }"


@dataclass(frozen=True)
class Ask:
    """Asks a query and writes its answer as JSON."""

    text: str

    def run(self, store: Store, out: Out) -> None:
        """Answer."""
        store.query(self.text).write_to(out, "json")


@dataclass(frozen=True)
class Hop:
    """Median times in seconds, in this process and in a worker."""

    name: str
    direct: float
    worker: float


@dataclass(frozen=True)
class Streamed:
    """A million rows: seconds to the first bytes and to the last, and peak memory added, in MiB."""

    first: float
    last: float
    server: float
    worker: float


def table() -> Table:
    """Measure what it costs to ask in a worker process."""
    drawn = Table(title="asked in a worker process, as JSON, in milliseconds")
    for heading in ("answer", "in process", "in a worker", "added", "ratio", "first bytes", "MiB"):
        drawn.add_column(heading, justify="left" if heading == "answer" else "right")
    hops, streamed = measure()
    for row in hops:
        times = (row.direct, row.worker, row.worker - row.direct)
        cells = [f"{one * 1000:.2f}" for one in times]
        drawn.add_row(row.name, *cells, f"{row.worker / row.direct:.2f}", "", "")
    memory = f"{streamed.server:.0f} + {streamed.worker:.0f}"
    first = f"{streamed.first * 1000:.0f}"
    drawn.add_row("1,000,000 rows", "", f"{streamed.last * 1000:.0f}", "", "", first, memory)
    return drawn


def prepare() -> None:
    """Have nothing to load."""


def measure() -> tuple[list[Hop], Streamed]:
    """Measure on a graph of a hundred thousand statements."""
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        p, graph = ox.NamedNode("https://example.org/label"), ox.NamedNode(DATA + "many")
        adds = tuple(
            ox.Quad(ox.NamedNode(f"https://example.org/thing/{n}"), p, ox.Literal(f"{n}"), graph)
            for n in range(MANY)
        )
        database.commit(
            Change(adds=adds), author="bench", role="editor", reason="bench", source="bench"
        )
        return asyncio.run(_measure(database))


async def _measure(database: Database) -> tuple[list[Hop], Streamed]:
    limits = Limits(seconds=600, memory=2**30, bytes=2**32, workers=1)
    async with _pool(database, limits) as pool:
        hops = [
            await _hop(f"{MANY:,} rows", _TABLE, database, pool, ROUNDS),
            await _hop("one row", _POINT, database, pool, POINTS),
        ]
        return hops, await _streamed(pool)


@asynccontextmanager
async def _pool(database: Database, limits: Limits) -> AsyncIterator[Pool]:
    root = str(Path(__file__).resolve().parent.parent)
    os.environ["PYTHONPATH"] = root
    pool = Pool(database.directory, limits, f"{__name__}:{prepare.__name__}")
    await pool.start(database.version)
    try:
        yield pool
    finally:
        await pool.stop()


async def _hop(name: str, text: str, database: Database, pool: Pool, rounds: int) -> Hop:
    async def direct() -> int:
        return len(database.store.query(text).write("json"))

    async def worker() -> int:
        async with pool.run(Ask(text)) as reply:
            return sum([len(chunk) async for chunk in reply])

    assert await direct() == await worker()
    times = [(await _timed(direct), await _timed(worker)) for _ in range(rounds)]
    return Hop(name, *(median(column) for column in zip(*times, strict=True)))


async def _timed(work: Callable[[], Awaitable[int]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun


async def _streamed(pool: Pool) -> Streamed:
    worker = _only_child(pool)
    idle = (idle_memory(os.getpid()), idle_memory(worker))
    begun = time.perf_counter()
    first = None
    async with pool.run(Ask(_MILLION)) as reply:
        async for _ in reply:
            first = first or time.perf_counter() - begun
        last = time.perf_counter() - begun
        peaks = (peak_memory(os.getpid()), peak_memory(worker))
    assert first is not None
    return Streamed(first, last, peaks[0] - idle[0], peaks[1] - idle[1])


def _only_child(pool: Pool) -> int:
    assert pool.process is not None
    return int(Path(f"/proc/{pool.process}/task/{pool.process}/children").read_text())
