"""A thousand hostile queries, past the guard: each ends in time and nothing else suffers."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import suppress
from itertools import cycle, islice
from mmap import mmap
from pathlib import Path

import pytest

from api.pool import Pool
from graph.database import Database
from graph.errors import ServandaError, TooCostly
from tests.api.asking import COUNT, ENDLESS, SORTED_PRODUCT, answer, pool, record, things
from tests.api.test_pool import NESTED, memory, workers
from tests.conftest import Done
from tests.hostile.sending import Target, content, manifest

DEADLINE = 1.0
HOSTILE = {
    **NESTED,
    "endless": ENDLESS,
    "sorted product": SORTED_PRODUCT,
    "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "distinct": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "concatenated": "SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "paths": "SELECT * { ?a (!<a:b>|^!<a:b>)* ?b . ?b (!<a:b>)* ?c . ?d ?e ?f }",
    "graph": "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "outside": "SELECT * { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }",
    "list": "ASK { FILTER(1 IN (" + "2," * 30_000 + "3)) }",
    "patterns": "ASK {" + "?s ?p ?o ." * 6000 + "}",
    "unions": "ASK {{}" + "UNION{}" * 20_000 + "}",
    "broken": "SELECT * {",
}
ROUNDS = 1000
WARMING = 100
MEGABYTE = 2**20


def texts(folder: Path) -> dict[str, str]:
    """Give the queries above and those that were collected."""
    target = Target("", "127.0.0.1:9", folder, folder)
    collected = [each.name for each in manifest() if each.route == "query"]
    return HOSTILE | {name: content(name, target).decode("utf-8", "replace") for name in collected}


@pytest.mark.soak
def test_a_thousand_hostile_queries_end_in_time_and_leave_the_server_as_it_was(
    tmp_path: Path, done: Done
) -> None:
    with Database.open(tmp_path) as database:
        record(database, things(range(1000)))
        waiting = list(islice(cycle(texts(tmp_path).items()), ROUNDS))
        slowest, grown = asyncio.run(attack(database, waiting))
    done(f"{ROUNDS} queries, the slowest ended after {slowest:.2f} s, memory {grown:+d} MB")


async def attack(database: Database, waiting: list[tuple[str, str]]) -> tuple[float, int]:
    """Ask all that waits; give the seconds of the slowest and the MB the server has grown by."""
    async with pool(database, seconds=DEADLINE, workers=4) as running:
        right = await answer(running, COUNT)
        # What is loaded and set aside once, for the first of each kind, is no growth.
        await attacker(running, [waiting.pop() for _ in range(WARMING)])
        before = memory()
        done = asyncio.Event()
        watch = asyncio.ensure_future(bystander(running, right, done))
        slowest = await asyncio.gather(*(attacker(running, waiting) for _ in range(3)))
        done.set()
        assert await watch > 0
        grown = memory() - before
        assert abs(grown) < 50 * MEGABYTE
        async with asyncio.timeout(30):
            while len(workers(running)) != 4:
                await asyncio.sleep(0.05)
        return max(slowest), grown // MEGABYTE


async def attacker(running: Pool, waiting: list[tuple[str, str]]) -> float:
    slowest = 0.0
    while waiting:
        name, text = waiting.pop()
        begun = time.monotonic()
        with suppress(ServandaError, RuntimeError):
            await answer(running, text)
        took = time.monotonic() - begun
        # Twice the deadline: one to wait for a worker, one to be answered.
        assert took < 2 * DEADLINE + 1, f"{name} took {took:.1f} s"
        slowest = max(slowest, took)
    return slowest


async def bystander(running: Pool, right: bytes, done: asyncio.Event) -> int:
    """Ask a known question all the time; give how often it was answered."""
    answered = 0
    while not done.is_set():
        assert await answer(running, COUNT) == right
        answered += 1
        await asyncio.sleep(0.1)
    return answered


@pytest.mark.parametrize("rounds", [20, pytest.param(1000, marks=pytest.mark.soak)])
def test_products_that_take_all_memory_leave_the_server_as_it_was(
    tmp_path: Path, rounds: int, done: Done
) -> None:
    with Database.open(tmp_path) as database:
        record(database, things(range(1000)))
        ends = asyncio.run(multiply(database, rounds))
    assert ends["memory"] + ends["time"] == rounds
    done(f"{rounds} products: {ends['memory']} ended for memory, {ends['time']} for time")


async def multiply(database: Database, rounds: int) -> Counter[str]:
    """Ask for the product so often, four at once; give for which limit each ended."""
    ends, left = Counter[str](), iter(range(rounds))

    async def client(running: Pool) -> None:
        for _ in left:
            try:
                await answer(running, SORTED_PRODUCT)
                ends["answered"] += 1
            except TooCostly as limit:
                ends["memory" if "memory" in limit.message else "time"] += 1

    async with pool(database, seconds=DEADLINE, memory=64 * MEGABYTE, workers=4) as running:
        await answer(running, COUNT)
        before = memory()
        await asyncio.gather(*(client(running) for _ in range(4)))
        assert abs(memory() - before) < 50 * MEGABYTE
        assert await answer(running, COUNT)
    return ends


def test_memory_that_is_taken_here_is_seen() -> None:
    before = memory()
    # Mapped anew: what a test before this one gave back to the allocator could be taken again.
    with mmap(-1, 60 * MEGABYTE) as taken:
        taken.write(b"x" * len(taken))
        assert memory() - before > 50 * MEGABYTE
