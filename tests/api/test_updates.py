"""Updates over HTTP: judged, recorded with who made them, and refused whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.accounts import Role
from graph.database import Database
from graph.namespaces import DEFAULT, ONTOLOGY
from tests.api.editing import TURTLE, World
from tests.settings import patient

PREFIXES = """
PREFIX sv: <https://w3id.org/servanda/ns#>
PREFIX id: <https://w3id.org/servanda/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
WRONG = PREFIXES + "INSERT DATA { GRAPH <urn:notes> { id:x a sv:Commitment } }"
"""An update after which a commitment lacks nearly everything."""


def note(name: str) -> str:
    """Give an update that keeps every rule."""
    return PREFIXES + f'INSERT DATA {{ GRAPH <urn:notes> {{ <urn:{name}> rdfs:label "A note" }} }}'


def test_an_update_is_recorded_with_its_author_and_shown(world: World) -> None:
    before = world.database.version
    answer = world.client.post(
        "/sparql/update",
        data={"update": note("first"), "reason": "to see"},
        headers={"Authorization": f"Bearer {world.tokens[Role.EDITOR]}"},
    )
    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "version": before + 1,
        "seq": before + 1,
        "added": 1,
        "removed": 0,
        "findings": [],
    }
    assert answer.headers["etag"] == f'"{before + 1}"'
    assert answer.headers["servanda-version"] == str(before + 1)
    (made,) = world.database.journal.transactions(after=before)
    assert (made.author, made.role, made.reason) == ("editor", "editor", "to see")
    assert made.source == "POST /sparql/update"
    asked = world.client.get("/sparql?query=ASK{<urn:first> ?p 'A note'}&format=json")
    assert asked.json()["boolean"] is True


def test_what_the_graph_holds_is_no_new_transaction(world: World) -> None:
    world.update(note("again"))
    before = world.database.version
    answer = world.update(note("again"))
    assert answer.json()["seq"] is None
    assert answer.json()["added"] == 0
    assert world.database.version == before


def test_what_breaks_a_rule_is_refused_with_what_to_mend(world: World) -> None:
    before = world.database.version
    answer = world.update(WRONG)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["type"].endswith("/problems/rules-broken")
    found = {each["rule"]: each for each in problem["findings"]}
    assert found["commitment-debtor"]["severity"] == "violation"
    assert found["commitment-debtor"]["focus"] == "https://w3id.org/servanda/id/x"
    assert world.database.version == before


def test_a_refusal_is_a_shacl_report_for_who_asks_for_rdf(world: World) -> None:
    answer = world.update(WRONG, accept=TURTLE)
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith(TURTLE)
    assert "sh:ValidationReport" in answer.text
    assert '"commitment-debtor"' in answer.text


def test_a_change_for_another_version_is_a_conflict(world: World) -> None:
    present = world.database.version
    answer = world.update(note("late"), if_match=f'"{present - 1}"')
    assert answer.status_code == 412
    assert f"version {present}" in answer.json()["detail"]
    assert world.update(note("timely"), if_match=f'"{present}"').status_code == 200


def test_changes_at_once_are_all_made(world: World) -> None:
    before = world.database.version
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(world.update, [note(f"at-once-{n}") for n in range(3)]))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert world.database.version == before + 3


def test_what_is_written_without_a_graph_is_in_the_default_graph(world: World) -> None:
    world.update(PREFIXES + 'INSERT DATA { <urn:plain> rdfs:label "plain" }')
    assert "urn:plain" in world.client.get("/graphs?default").text
    assert "urn:plain" in world.client.get(f"/graphs?graph={DEFAULT}").text


def test_the_ontology_is_for_the_admin(world: World) -> None:
    text = PREFIXES + f'INSERT DATA {{ GRAPH <{ONTOLOGY}core> {{ sv:State rdfs:comment "x"@en }} }}'
    refused = world.update(text)
    assert refused.status_code == 403
    assert "ontology" in refused.json()["detail"]
    assert world.update(text, Role.ADMIN).status_code == 200


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <urn:a> <urn:b> }", 400),
        ("LOAD <http://127.0.0.1:1/>", 403),
        ("DROP GRAPH <urn:none>", 400),
        (PREFIXES + "INSERT DATA { <urn:a> a sv:Commitmnt }", 400),
        ('INSERT DATA { <urn:a> <urn:b> "x"^^<http://www.w3.org/2001/XMLSchema#integer> }', 400),
    ],
)
def test_what_cannot_be_done_is_told_and_not_done(world: World, text: str, status: int) -> None:
    before = world.database.version
    answer = world.update(text)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]
    assert world.database.version == before


def test_what_is_malformed_is_pointed_at(world: World) -> None:
    (place,) = world.update("INSERT DATA {\n <urn:a> oops }").json()["errors"]
    assert place["line"] == 2
    assert place["excerpt"] == " <urn:a> oops }"


def test_an_update_without_end_is_stopped(shipped: Path, tmp_path: Path) -> None:
    directory = tmp_path / "data"
    copytree(shipped, directory)
    settings = patient(data_dir=directory, query_seconds=1)
    endless = "INSERT { ?a ?b ?x } WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i "
    with (
        Database.open(directory) as database,
        TestClient(create_app(database, settings)) as client,
    ):
        before = database.version
        answer = World(client, database).update(endless + "{ ?r ?s ?t } GRAPH ?j { ?u ?v ?x } }")
        assert answer.status_code == 503
        assert database.version == before
