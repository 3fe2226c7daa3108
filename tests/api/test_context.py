"""What the JSON-LD context makes of the lists is what the graph says."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.v1 import schemas_of_lists as lists
from graph.namespaces import ID, PREFIXES, SV

PATH = "/context/v1.jsonld"
LISTS: dict[str, tuple[type[BaseModel], ...]] = {
    "commitments": (lists.Undertakings, lists.ListedUndertaking),
    "actors": (lists.Things, lists.ListedThing),
    "instruments": (lists.Things, lists.ListedThing),
    "events": (lists.Events, lists.ListedEvent),
    "domains": (lists.Things, lists.ListedThing),
    "evidence": (lists.Evidence, lists.ListedEvidence),
    "statements": (lists.Statements, lists.ListedStatement),
    "sources": (lists.Sources, lists.ListedSource),
    "search?q=france": (lists.Results, lists.FoundThing),
}
Triples = set[tuple[str, ...]]


def terms(triple: ox.Triple) -> tuple[str, ...]:
    return tuple(str(getattr(term, "value", term)) for term in triple)


def expanded(client: TestClient, path: str) -> Triples:
    answer = client.get(f"/api/v1/{path}{'&' if '?' in path else '?'}limit=1000")
    document = {**client.get(PATH).json(), **answer.json()}
    found = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    return {terms(quad.triple) for quad in found}


@pytest.mark.parametrize("path", LISTS)
def test_every_triple_of_a_list_is_in_the_graph(path: str, paris: TestClient) -> None:
    query = {"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"}
    answer = paris.get("/sparql", params=query, headers={"Accept": "application/n-triples"})
    found = expanded(paris, path)
    assert found
    assert found <= {
        terms(quad.triple) for quad in ox.parse(answer.text, format=ox.RdfFormat.N_TRIPLES)
    }


@pytest.mark.parametrize(
    "path", ["actors", "instruments", "events", "evidence", "statements", "sources"]
)
def test_every_thing_has_its_classes(path: str, paris: TestClient) -> None:
    items = paris.get(f"/api/v1/{path}", params={"limit": 1000}).json()["items"]
    typed = {
        subject
        for subject, property_, _ in expanded(paris, path)
        if property_ == PREFIXES["rdf"] + "type"
    }
    assert typed == {item["id"] for item in items}


def test_a_commitment_has_its_instrument_and_its_creditors(paris: TestClient) -> None:
    found = expanded(paris, "commitments")
    force = f"{ID}commitment/multinational-force"
    assert (force, f"{SV}recordedIn", f"{ID}instrument/paris-framework") in found
    assert (force, f"{SV}creditor", f"{ID}actor/ukraine") in found


@pytest.mark.parametrize("path", LISTS)
def test_the_context_names_every_member_of_a_list(path: str, paris: TestClient) -> None:
    terms = paris.get(PATH).json()["@context"]
    for shape in LISTS[path]:
        for name, field in shape.model_fields.items():
            assert (field.alias or name) in terms


@pytest.mark.parametrize("path", LISTS)
def test_a_list_leads_to_its_context(path: str, paris: TestClient) -> None:
    whole = f"/api/v1/{path}{'&' if '?' in path else '?'}"
    answer = paris.get(f"{whole}limit=1", headers={"Accept": "application/json"})
    link = answer.links["http://www.w3.org/ns/json-ld#context"]
    assert (link["url"], link["type"]) == (PATH, "application/ld+json")
    assert paris.get(f"{whole}format=csv").headers.get("link", "").count("json-ld") == 0
