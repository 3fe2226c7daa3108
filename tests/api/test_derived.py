"""The served graph has derived graphs, and they follow what is committed and what day it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.database import Database
from graph.namespaces import DERIVED, SV
from tests.api.conftest import PACT, fill

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
def served(tmp_path: Path) -> Iterator[tuple[Database, FastAPI, TestClient]]:
    with Database.open(tmp_path) as database:
        fill(database, "pact", PACT)
        app = create_app(database, Settings(data_dir=tmp_path))
        with TestClient(app) as client:
            yield database, app, client


def states(client: TestClient, text: str = STATES) -> list[str]:
    answer = client.get("/sparql", params={"query": text, "format": "json"})
    assert answer.status_code == 200, answer.text
    rows = json.loads(answer.content)["results"]["bindings"]
    return [row["state"]["value"].removeprefix(SV) for row in rows]


def test_a_commit_is_followed(served: tuple[Database, FastAPI, TestClient]) -> None:
    database, _, client = served
    assert states(client) == []
    fill(database, "more", MADE)
    assert states(client) == ["InForce", "NotMade"]


def test_the_merge_of_what_is_recorded_holds_no_derived_state(
    served: tuple[Database, FastAPI, TestClient],
) -> None:
    database, _, client = served
    fill(database, "more", MADE)
    assert states(client, f"SELECT ?state {{ ?phase <{SV}state> ?state }}") == []


def test_what_holds_on_a_day_is_brought_to_this_day_when_it_is_asked(
    served: tuple[Database, FastAPI, TestClient],
) -> None:
    database, app, client = served
    fill(database, "more", MADE)
    current = f"SELECT ?state FROM <{DERIVED}sceptical/current> {{ ?c <{SV}currentState> ?state }}"
    app.state.derivation.at_day(1)
    assert [row["state"].value for row in database.store.query(current).rows()] == [SV + "NotMade"]
    assert states(client, current) == ["InForce"]
