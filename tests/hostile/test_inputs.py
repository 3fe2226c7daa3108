"""Each hostile input gets the answer it should, in time, and nobody else notices.

The manifest says what is wanted of each, and `changes.csv` of what an editor sends. The routes are
in one place: `sending.ROUTES`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.accounts import Accounts, Role
from graph.database import Database
from graph.errors import NotFound
from tests.api.asking import record, things
from tests.api.cli.conftest import Serve
from tests.hostile.made import make
from tests.hostile.sending import (
    HERE,
    REFUSED,
    Input,
    Outcome,
    Target,
    answered,
    ask,
    changes,
    graph_path,
    manifest,
    send,
)

DEADLINE = 0.5
# What is not to be ended by a deadline must not be late on a busy machine either.
PATIENT_DEADLINE = 5.0
TOO_COSTLY = "503"
MUCH_TO_JUDGE = ("C05c_lists.ttl", "C06c_bnodes.ttl", "G25_bnode_flood.ttl")
WORKERS = 2
KNOWN = b"SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/servanda/data/many> { ?s ?p ?o } }"
OVER_HTTP = [each for each in manifest() if each.route in ("query", "update as query", "parameter")]
LOADED = [each for each in manifest() if each not in OVER_HTTP]


@pytest.fixture
def target(serve: Serve, tmp_path: Path) -> Iterator[Target]:
    """Give a server over a thousand statements, which must be alive and right afterwards."""
    yield from served(serve, tmp_path, DEADLINE)


@pytest.fixture
def patient(serve: Serve, tmp_path: Path) -> Iterator[Target]:
    """Give one with a longer deadline."""
    yield from served(serve, tmp_path, PATIENT_DEADLINE)


def served(serve: Serve, folder: Path, deadline: float) -> Iterator[Target]:
    with Database.open(folder / "graph") as database:
        record(database, things(range(1000)))
    token = Accounts(folder / "graph").make("Eve", Role.EDITOR)
    canary = folder / "canary"
    canary.mkdir()
    server = serve(
        "--data-dir",
        folder / "graph",
        SERVANDA_QUERY_SECONDS=str(deadline),
        SERVANDA_JUDGE_SECONDS=str(deadline),
        SERVANDA_WORKERS=str(WORKERS),
    )
    target = Target(server.url, "127.0.0.1:9", canary, folder, token=token)
    assert known(target) == "1000"
    yield target
    assert server.process.poll() is None
    assert known(target) == "1000"


def known(target: Target) -> str:
    """Count what no input may change."""
    text = answered(target.url, KNOWN)
    return str(json.loads(text)["results"]["bindings"][0]["n"]["value"])


def outcomes(
    inputs: list[Input], target: Target, at_once: int = WORKERS
) -> list[tuple[Input, Outcome]]:
    with ThreadPoolExecutor(at_once) as clients:
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


def test_every_input_over_http_that_a_deadline_may_end_gets_the_answer_wanted(
    target: Target,
) -> None:
    check(outcomes([each for each in OVER_HTTP if TOO_COSTLY in each.wanted.split()], target))


def test_every_other_input_over_http_gets_the_answer_wanted(patient: Target) -> None:
    check(outcomes([each for each in OVER_HTTP if TOO_COSTLY not in each.wanted.split()], patient))


def check(found: list[tuple[Input, Outcome]]) -> None:
    assert unwanted(found) == []
    # Each problem document says what to do about it or where it lies.
    assert all("problems/" in out.said for _, out in found if out.result.startswith(("4", "5")))


def test_the_changes_are_what_could_be_sent_as_one() -> None:
    files = {each.name for each in LOADED}
    for route in ("validate", "graph"):
        assert {each.name for each in changes() if each.route == route} == files
    updates = {each.name for each in OVER_HTTP if each.route == "update as query"}
    assert {each.name for each in changes() if each.route == "update"} <= updates


@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.soak)])
def test_every_change_over_http_gets_the_answer_wanted(patient: Target, step: int) -> None:
    # One that is much to judge keeps those waiting that come after it.
    found = outcomes(changes()[::step], patient, at_once=1)
    assert unwanted(found) == []
    # What was acknowledged is there, and nothing else of what was sent is.
    for each, outcome in found:
        if each.route == "graph":
            there, _ = ask(patient.url, "HEAD", graph_path(each.name))
            assert there == ("200" if outcome.result == "201" else "404"), each.name


@pytest.mark.soak
def test_every_input_over_http_is_answered_a_second_after_the_deadline(target: Target) -> None:
    """The bound is checked where nothing else runs: a machine in use is late by itself."""
    validated = [each for each in changes() if each.route == "validate"]
    found = outcomes([*OVER_HTTP, *validated], target)
    assert [(each, out) for each, out in found if out.seconds > DEADLINE + 1] == []


@pytest.mark.soak
def test_every_change_is_answered_a_second_after_its_deadline(target: Target) -> None:
    """To be worked out and judged is one; those sent at once wait for each other besides."""
    sent = [each for each in changes() if each.route != "validate"]
    found = outcomes(sent, target, at_once=1)
    assert [(each, out) for each, out in found if out.seconds > DEADLINE + 1] == []


@pytest.mark.soak
def test_what_is_much_to_judge_is_answered_a_second_after_its_deadline(patient: Target) -> None:
    """Under a longer deadline these are worked out in time and come before the judge.

    One that passes is recorded after that, for which there is no deadline.
    """
    sent = [each for each in changes() if each.name in MUCH_TO_JUDGE and each.route == "graph"]
    found = outcomes(sent, patient, at_once=1)
    assert len(found) == len(MUCH_TO_JUDGE)
    assert unwanted(found) == []
    refused = [(each, out) for each, out in found if out.result != "201"]
    assert [each for each in refused if each[1].seconds > PATIENT_DEADLINE + 1] == []


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
    query = OVER_HTTP[0]._replace(name="I07_escape_smuggle.rq", wanted="400")
    change = Input("G18_label_html.ttl", "graph", "422", "")
    assert len(unwanted(outcomes([query, change], target))) == 2
