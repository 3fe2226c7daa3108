"""Readers beside writers see each transaction whole, and exactly those up to the version named."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from api.pool import Pool
from graph.database import Database
from graph.journal import Change
from tests.api.asking import Ask, pool, record
from tests.conftest import Done
from tests.graph.conftest import typed
from tests.graph.histories import fact

READERS, WRITERS, QUADS = 8, 2, 3
# After so many transactions the oldest one is taken out again by the one that is added.
KEPT = 50
HELD = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s"


class Tally:
    """How much was read and written, and what was wrong with it."""

    def __init__(self) -> None:
        self.read = 0
        self.written = 0
        self.wrong: list[str] = []
        self.versions: set[int] = set()


def change(number: int) -> Change:
    """Give the change of transaction `number`: three quads come, and three old ones go."""

    def quads(of: int) -> Change:
        value = typed(str(of), "integer")
        return Change(adds=tuple(fact(f"t{of}", each, value) for each in "abc"))

    return Change(adds=quads(number).adds, removes=quads(number - KEPT).adds)


def write_whole(database: Database) -> None:
    with database.writing:
        record(database, change(database.version + 1))


def write_torn(database: Database) -> None:
    with database.writing:
        made = change(database.version // QUADS + 1)
        for quad in made.adds:
            record(database, Change(adds=(quad,)))


async def breaks(database: Database, write: Callable[[Database], None], seconds: float) -> Tally:
    """Write and read for so long; give what readers saw that no transaction had left."""
    tally, ends = Tally(), time.monotonic() + seconds

    async def writer() -> None:
        while time.monotonic() < ends:
            await asyncio.to_thread(write, database)

    async with pool(database, workers=4) as running:
        await asyncio.gather(
            *(writer() for _ in range(WRITERS)),
            *(reader(running, tally, ends) for _ in range(READERS)),
        )
    tally.written = database.version
    return tally


async def reader(running: Pool, tally: Tally, ends: float) -> None:
    last = 0
    while time.monotonic() < ends:
        async with running.run(Ask(HELD, "csv")) as reply:
            text = b"".join([chunk async for chunk in reply]).decode()
            version = reply.version
        seen = dict(line.split(",") for line in text.split("\r\n")[1:-1])
        first = max(1, version - KEPT + 1)
        expected = {f"http://e/t{n}": str(QUADS) for n in range(first, version + 1)}
        if seen != expected:
            tally.wrong.append(f"version {version}: {seen}")
        if version < last:
            tally.wrong.append(f"version {version} after {last}")
        last = version
        tally.read += 1
        tally.versions.add(version)


@pytest.mark.parametrize("seconds", [3, pytest.param(60, marks=pytest.mark.soak)])
def test_readers_see_whole_transactions_in_order(tmp_path: Path, seconds: int, done: Done) -> None:
    with Database.open(tmp_path) as database:
        write_whole(database)
        tally = asyncio.run(breaks(database, write_whole, seconds))
    assert tally.wrong == []
    assert len(tally.versions) > 1
    done(
        f"{tally.read} reads at {len(tally.versions)} versions beside {tally.written} writes, "
        "0 breaks"
    )


def test_a_transaction_that_is_not_whole_is_seen(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        write_torn(database)
        assert asyncio.run(breaks(database, write_torn, 1)).wrong
