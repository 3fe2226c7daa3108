"""The served graph has derived graphs, and they follow what is committed and what day it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.database import Database
from graph.namespaces import DERIVED, SV
from tests.api.conftest import PACT, fill
from tests.settings import patient

MADE = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/servanda/id/commitment/aid>
    sv:debtor <https://w3id.org/servanda/id/actor/ruritania> ;
    sv:madeOn "2026-01-06T00:00:00Z"^^xsd:dateTime .
"""
STATES = f"""
SELECT ?state FROM <{DERIVED}sceptical> {{ ?phase <{SV}ofCommitment> ?aid ; <{SV}state> ?state }}
ORDER BY ?state"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Database, TestClient]]:
    with Database.open(tmp_path) as database:
        fill(database, "pact", PACT)
        with TestClient(create_app(database, patient(data_dir=tmp_path))) as client:
            yield database, client


def states(client: TestClient, text: str = STATES) -> list[str]:
    answer = client.get("/sparql", params={"query": text, "format": "json"})
    assert answer.status_code == 200, answer.text
    rows = json.loads(answer.content)["results"]["bindings"]
    return [row["state"]["value"].removeprefix(SV) for row in rows]


def test_a_commit_is_followed(served: tuple[Database, TestClient]) -> None:
    database, client = served
    assert states(client) == []
    fill(database, "more", MADE)
    assert states(client) == ["InForce", "NotMade"]


def test_the_merge_of_what_is_recorded_holds_no_derived_state(
    served: tuple[Database, TestClient],
) -> None:
    database, client = served
    fill(database, "more", MADE)
    assert states(client, f"SELECT ?state {{ ?phase <{SV}state> ?state }}") == []


def test_what_holds_on_a_day_is_brought_to_this_day_when_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    current = f"SELECT ?state FROM <{DERIVED}sceptical/current> {{ ?c <{SV}currentState> ?state }}"
    with Database.open(tmp_path) as database:
        fill(database, "pact", PACT)
        fill(database, "more", MADE)
        monkeypatch.setattr("api.in_process.today", lambda: date(1990, 1, 1))
        monkeypatch.setattr("api.delivery.today", lambda: date(1990, 1, 1))
        with TestClient(create_app(database, patient(data_dir=tmp_path, workers=0))) as client:
            assert states(client, current) == ["NotMade"]
            monkeypatch.undo()
            assert states(client, current) == ["InForce"]


def test_a_server_may_be_told_to_derive_nothing(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        fill(database, "pact", PACT)
        fill(database, "more", MADE)
        with TestClient(create_app(database, patient(data_dir=tmp_path, derive=False))) as client:
            graphs = client.get("/sparql", params={"query": "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"})
            assert DERIVED not in graphs.text
