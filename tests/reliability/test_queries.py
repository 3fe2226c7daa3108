"""A thousand hostile queries, past the guard: each ends in time and nothing else suffers."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

import pytest

from api.pool import Pool
from graph.database import Database
from graph.errors import ServandaError
from tests.api.asking import COUNT, ENDLESS, SORTED_PRODUCT, answer, pool, record, things
from tests.api.test_pool import NESTED, memory, workers

SHARED = Path(os.environ.get("SERVANDA_SHARED", Path(__file__).parents[2] / ".." / "shared"))
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

pytestmark = pytest.mark.soak


def texts() -> dict[str, str]:
    """Give the queries above and, where they are at hand, those that were collected."""
    collected = sorted((SHARED / "hostile").glob("*.rq"))
    return HOSTILE | {file.name: file.read_text("utf-8", "replace") for file in collected}


def test_a_thousand_hostile_queries_end_in_time_and_leave_the_server_as_it_was(
    tmp_path: Path,
) -> None:
    with Database.open(tmp_path) as database:
        record(database, things(range(1000)))
        asyncio.run(attack(database))


async def attack(database: Database) -> None:
    async with pool(database, seconds=DEADLINE, workers=4) as running:
        right = await answer(running, COUNT)
        before = memory()
        waiting = list(islice(cycle(texts().items()), ROUNDS))
        done = asyncio.Event()
        watch = asyncio.ensure_future(bystander(running, right, done))
        await asyncio.gather(*(attacker(running, waiting) for _ in range(3)))
        done.set()
        assert await watch > 0
        assert memory() - before < 50 * 2**20
        async with asyncio.timeout(30):
            while len(workers(running)) != 4:
                await asyncio.sleep(0.05)


async def attacker(running: Pool, waiting: list[tuple[str, str]]) -> None:
    while waiting:
        name, text = waiting.pop()
        begun = time.monotonic()
        with suppress(ServandaError, RuntimeError):
            await answer(running, text)
        took = time.monotonic() - begun
        # Twice the deadline: one to wait for a worker, one to be answered.
        assert took < 2 * DEADLINE + 1, f"{name} took {took:.1f} s"


async def bystander(running: Pool, right: bytes, done: asyncio.Event) -> int:
    """Ask a known question all the time; give how often it was answered."""
    answered = 0
    while not done.is_set():
        assert await answer(running, COUNT) == right
        answered += 1
        await asyncio.sleep(0.1)
    return answered
