"""Each hostile input gets the answer it should, in time, and nobody else notices.

The manifest says what is wanted of each. Its routes are in one place: `sending.ROUTES`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.database import Database
from graph.errors import NotFound
from tests.api.asking import COUNT, record, things
from tests.api.cli.conftest import Serve
from tests.hostile.made import make
from tests.hostile.sending import HERE, REFUSED, Input, Outcome, Target, ask, manifest, send

DEADLINE = 0.5
WORKERS = 2
OVER_HTTP = [each for each in manifest() if each.route in ("query", "update as query", "parameter")]
LOADED = [each for each in manifest() if each not in OVER_HTTP]


@pytest.fixture
def target(serve: Serve, tmp_path: Path) -> Iterator[Target]:
    """Give a server over a thousand statements, which must be alive and right afterwards."""
    with Database.open(tmp_path / "graph") as database:
        record(database, things(range(1000)))
    canary = tmp_path / "canary"
    canary.mkdir()
    server = serve(
        "--data-dir",
        tmp_path / "graph",
        SERVANDA_QUERY_SECONDS=str(DEADLINE),
        SERVANDA_WORKERS=str(WORKERS),
    )
    target = Target(server.url, "127.0.0.1:9", canary, tmp_path)
    assert known(target) == "1000"
    yield target
    assert server.process.poll() is None
    assert known(target) == "1000"


def known(target: Target) -> str:
    status, text = ask(target.url, "POST", "/sparql", COUNT.encode(), "application/sparql-query")
    assert status == "200", text
    return str(json.loads(text)["results"]["bindings"][0]["n"]["value"])


def outcomes(inputs: list[Input], target: Target) -> list[tuple[Input, Outcome]]:
    with ThreadPoolExecutor(WORKERS) as clients:
        return [*zip(inputs, clients.map(lambda each: send(each, target), inputs), strict=True)]


def unwanted(found: list[tuple[Input, Outcome]]) -> list[str]:
    """Name each input that did not get what the manifest says."""
    return [
        f"{each.name}: {outcome.result}, not {each.wanted}: {outcome.said[:200]}"
        for each, outcome in found
        if outcome.result not in each.wanted.split()
    ]


def test_the_manifest_has_every_input_once() -> None:
    names = [each.name for each in manifest()]
    assert len(set(names)) == len(names) == 185
    kept = {file.name for file in (HERE / "inputs").iterdir()}
    assert kept < set(names)
    # What is not kept is made.
    assert all(make(name) for name in names if name not in kept)


def test_every_input_over_http_gets_the_answer_wanted(target: Target) -> None:
    found = outcomes(OVER_HTTP, target)
    assert unwanted(found) == []
    # Each problem document says what to do about it or where it lies.
    assert all("problems/" in out.said for _, out in found if out.result.startswith(("4", "5")))


@pytest.mark.soak
def test_every_input_over_http_is_answered_a_second_after_the_deadline(target: Target) -> None:
    """The bound is checked where nothing else runs: a machine in use is late by itself."""
    late = [each.name for each, out in outcomes(OVER_HTTP, target) if out.seconds > DEADLINE + 1]
    assert late == []


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.soak)])
def test_every_file_is_loaded_or_refused_as_wanted(target: Target, step: int) -> None:
    found = outcomes(LOADED[::step], target)
    assert unwanted(found) == []
    for each, outcome in found:
        if outcome.result == REFUSED:
            assert stored(target.folder / f"{each.name}.graph") == 0, each.name


def stored(directory: Path) -> int:
    """Give the number of transactions a directory holds."""
    try:
        with Database.open(directory, writable=False) as database:
            return database.version
    except NotFound:
        return 0


def test_an_input_that_gets_something_else_is_found(target: Target) -> None:
    harmless = OVER_HTTP[0]._replace(name="I07_escape_smuggle.rq", wanted="400")
    assert len(unwanted(outcomes([harmless], target))) == 1
