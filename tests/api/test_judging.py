"""Changes are judged where they can be ended, while readers are answered and writers wait."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pyoxigraph as ox
import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from api.app import create_app
from api.edits import Evaluate
from api.in_process import InProcess
from api.judging import Judging
from api.pool import Pool
from api.writing import carry_out
from graph.accounts import Account, Role
from graph.candidate import Candidate
from graph.database import Database
from graph.errors import Busy, TooCostly
from graph.journal import Change
from graph.jury import FEWEST
from graph.rules import rules_of
from graph.slices.verdict import Judge, Verdict
from graph.store import Store
from graph.update import Update
from graph.worker import Out
from tests.api.asking import COUNT, LIMITS, record, things
from tests.api.editing import World
from tests.settings import patient

ENDLESS = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:endless> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ; sh:sparql <urn:endless-query> .
<urn:endless-query> a sh:SPARQLConstraint ; sh:message "never said" ;
    sh:select "SELECT $this { $this ?x ?y . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = 'no') }" .
"""
"""Shapes by which to judge a thousand statements takes longer than anyone waits."""
TRIPLE = "<urn:s> <urn:p> 'a change' ."
GRAPH = "/graphs?graph=urn:judged"


@contextmanager
def judged_without_end(folder: Path, seconds: float) -> Iterator[World]:
    """Give a server whose judge comes to no end, and has so many seconds."""
    shapes = folder / "shapes"
    shapes.mkdir()
    (shapes / "endless.ttl").write_text(ENDLESS, "utf-8")
    settings = patient(data_dir=folder / "data", shapes=shapes, judge_seconds=seconds, workers=2)
    with Database.open(settings.data_dir) as database:
        record(database, things(range(1000)))
        with TestClient(create_app(database, settings)) as client:
            yield World(client, database)


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


def workers(world: World) -> list[int]:
    """Give the processes of the workers."""
    runner: Pool = world.client.app.state.runner  # type: ignore[attr-defined]
    replica = runner.process
    children = Path(f"/proc/{replica}/task/{replica}/children").read_text("ascii")
    return [int(each) for each in children.split()]


def is_at_work(process: int) -> bool:
    """Tell whether a process has had the processor for a second, which only judging takes."""
    spent = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[11]
    return int(spent) > os.sysconf("SC_CLK_TCK")


def read(world: World) -> Any:
    return world.client.get("/sparql", params={"query": COUNT, "format": "json"})


def test_a_judgement_that_comes_to_no_end_is_ended_and_nothing_was_changed(tmp_path: Path) -> None:
    with judged_without_end(tmp_path, seconds=0.5) as world:
        answer = world.put(GRAPH, TRIPLE)
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("too-costly")
        assert answer.json()["detail"].startswith("the change takes more than 0.5 s")
        assert "smaller parts" in answer.json()["hint"]
        assert world.database.version == 1
        assert world.client.head(GRAPH).status_code == 404


def test_readers_are_answered_while_a_change_is_judged_and_a_killed_judge_loses_nothing(
    tmp_path: Path,
) -> None:
    with judged_without_end(tmp_path, seconds=600) as world, ThreadPoolExecutor(1) as thread:
        before = read(world).content
        writing = thread.submit(world.put, GRAPH, TRIPLE)
        until(lambda: any(map(is_at_work, workers(world))))
        answer = world.client.get("/sparql", params={"query": "ASK {}", "format": "json"})
        assert answer.json()["boolean"] is True
        assert not writing.done()
        for process in filter(is_at_work, workers(world)):
            os.kill(process, signal.SIGKILL)
        assert writing.result().status_code == 503
        assert writing.result().json()["type"].endswith("interrupted")
        assert world.database.version == 1
        assert read(world).content == before


def test_what_was_spent_on_working_a_change_out_is_not_there_to_judge_it(tmp_path: Path) -> None:
    settings = patient(data_dir=tmp_path, judge_seconds=60, workers=1)
    with Database.open(tmp_path) as database:
        app = create_app(database, settings)
        state = Candidate(database.store, Change())

        async def decide(spent: float) -> Verdict:
            judging: Judging = app.state.judging
            return await judging.decide(lambda judge: judge(state, rules_of(()), None), spent=spent)

        with TestClient(app) as client:
            assert client.portal is not None
            assert client.portal.call(decide, 1).findings == ()
            with pytest.raises(TooCostly, match="more than 60 s"):
                client.portal.call(decide, 60)


@dataclass(frozen=True)
class Overtaken:
    """Works a change out, while another one is written."""

    database: Database

    def run(self, store: Store, out: Out) -> None:
        time.sleep(0.3)
        record(self.database, things([store.head]))
        Evaluate(Update("INSERT DATA { <urn:s> <urn:p> 'a change' }")).run(store, out)


def test_a_change_that_is_worked_out_again_has_the_same_deadline(tmp_path: Path) -> None:
    settings = patient(data_dir=tmp_path, judge_seconds=0.5, workers=0)
    with Database.open(tmp_path) as database:
        app = create_app(database, settings)
        sent = {"method": "POST", "path": "/sparql/update", "query_string": b"", "headers": []}
        request = Request({"type": "http", "app": app, **sent})
        editor = Account("editor", Role.EDITOR, datetime.now(UTC))
        with pytest.raises(TooCostly, match=r"more than 0\.5 s"):
            asyncio.run(carry_out(request, editor, Overtaken(database), ""))


def test_an_undo_is_judged_in_the_same_way(tmp_path: Path) -> None:
    with judged_without_end(tmp_path, seconds=0.5) as world:
        thing, predicate, graph = map(ox.NamedNode, ("urn:s", "urn:p", "urn:judged"))
        quad = ox.Quad(thing, predicate, ox.Literal("a change"), graph)
        record(world.database, Change(adds=(quad,)))
        record(world.database, Change(removes=(quad,)))
        answer = world.post("/api/v1/changes/3/undo")
        assert (answer.status_code, world.database.version) == (503, 3)


def test_what_is_judged_as_a_whole_is_judged_by_its_worker_alone(tmp_path: Path) -> None:
    """A worker can start no others, among which the rules are dealt out elsewhere."""
    text = "".join(f"<urn:s{number}> <urn:p> 'a label' .\n" for number in range(FEWEST + 1))
    with (
        Database.open(tmp_path) as database,
        TestClient(create_app(database, patient(data_dir=tmp_path))) as client,
    ):
        world = World(client, database)
        found = world.post("/api/v1/validate", text)
        assert (found.status_code, found.json()["findings"]) == (200, []), found.text
        assert world.put(GRAPH, text).status_code == 201
        assert len(list(database.store.quads())) == FEWEST + 1


def test_a_writer_waits_for_the_one_before_and_no_longer_than_the_time_to_judge(
    tmp_path: Path,
) -> None:
    with Database.open(tmp_path) as database:
        judging = Judging(InProcess(database.store, LIMITS), seconds=0.05)
        asyncio.run(_crowded(judging))


async def _crowded(judging: Judging) -> None:
    held = Event()

    def hold(_: Judge) -> bool:
        return held.wait(timeout=60)

    first = asyncio.create_task(judging.decide(hold))
    await asyncio.sleep(0)
    with pytest.raises(Busy, match="not done within"):
        await judging.decide(hold)
    held.set()
    assert await first
    assert await judging.decide(hold)
