from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.database import Database
from graph.namespaces import DATA, ID, PREFIXES, SV
from tests.api.conftest import fill
from tests.settings import patient

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
RURITANIA = ox.NamedNode(ID + "actor/ruritania")


@pytest.mark.parametrize("accept", ["*/*", BROWSER, "text/turtle", "application/ld+json"])
def test_a_thing_leads_to_the_document_about_it(client: TestClient, accept: str) -> None:
    answer = client.get("/id/actor/ruritania", headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/doc/actor/ruritania"
    assert answer.headers["vary"] == "Accept, Accept-Datetime"


def test_a_format_asked_of_a_thing_is_asked_of_the_document(client: TestClient) -> None:
    suffixed = client.get("/id/actor/ruritania.nt")
    named = client.get("/id/actor/ruritania?format=nt")
    assert suffixed.headers["content-type"] == named.headers["content-type"]
    assert suffixed.headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "text/turtle; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples", "application/n-triples"),
    ],
)
def test_a_document_is_in_the_format_accepted(
    client: TestClient, accept: str | None, content_type: str
) -> None:
    answer = client.get("/doc/actor/ruritania", headers={"Accept": accept} if accept else {})
    assert answer.headers["content-type"] == content_type
    assert answer.headers["vary"] == "Accept, Accept-Datetime"


def test_a_document_names_itself_its_thing_and_its_other_formats(client: TestClient) -> None:
    for path in ("/doc/actor/ruritania", "/doc/actor/ruritania.ttl"):
        link = client.get(path).headers["link"]
        assert '</doc/actor/ruritania>; rel="canonical"' in link
        assert f'<{ID}actor/ruritania>; rel="describes"' in link
        for suffix in (*SYNTAXES, "html"):
            assert f'</doc/actor/ruritania.{suffix}>; rel="alternate"' in link


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_a_document_holds_the_thing_as_subject_and_as_object_in_every_syntax(
    client: TestClient, suffix: str
) -> None:
    answer = client.get(f"/doc/actor/ruritania.{suffix}", headers={"Accept": "text/html"})
    found = {quad.triple for quad in ox.parse(answer.content, format=SYNTAXES[suffix])}
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    beneficiary = ox.NamedNode(PREFIXES["sv"] + "beneficiary")
    aid = ox.NamedNode(ID + "commitment/aid")
    assert ox.Triple(RURITANIA, label, ox.Literal("Ruritania", language="en")) in found
    assert ox.Triple(aid, beneficiary, RURITANIA) in found
    assert len(found) == 4


def test_a_slug_may_hold_a_dot(client: TestClient) -> None:
    assert "Article 1" in client.get("/doc/text/art.1").text
    assert client.get("/doc/text/art.1.html").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    [
        "/id/actor/nobody",
        "/doc/actor/nobody",
        "/doc/actor/nobody.ttl",
        "/doc/actor/ruritania.pdf",
        "/doc/actor/a%20b",
        "/doc/actor/%3E%20%7D%20INSERT",
        "/data/nothing",
        "/ontology/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_document(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["hint"]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/id/actor/ruritanja", "/id/actor/ruritania"),
        ("/doc/actr/ruritania", "/id/actor/ruritania"),
        ("/data/nothing", "hostile, pact"),
        ("/ontology/nothing", "undertakings, alignments/cco, alignments/fibo"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(
    client: TestClient, path: str, hint: str
) -> None:
    assert hint in client.get(path).json()["hint"]


@pytest.mark.parametrize(
    "path", ["/data/pact", "/doc/actor/ruritania", "/sparql", "/sparql?query=DESCRIBE%20?s{?s?p?o}"]
)
def test_turtle_is_the_same_to_the_byte_and_sorted_by_subject(
    client: TestClient, path: str
) -> None:
    first, second = (client.get(path, headers={"Accept": "text/turtle"}) for _ in range(2))
    assert first.content == second.content
    subjects = [str(quad.subject) for quad in ox.parse(first.content, format=SYNTAXES["ttl"])]
    named = [subject for subject in subjects if subject.startswith("<")]
    assert named
    assert named == sorted(named)


@pytest.mark.parametrize("path", ["/id/actor/ruritania", "/doc/actor/ruritania", "/data/pact"])
def test_a_format_that_does_not_exist_is_refused_with_those_that_do(
    client: TestClient, path: str
) -> None:
    for answer in (
        client.get(path, headers={"Accept": "application/pdf"}),
        client.get(path, params={"format": "pdf"}),
    ):
        assert answer.status_code == 406
        assert "text/turtle (ttl)" in answer.json()["hint"]


@pytest.mark.parametrize("path", ["/id/actor/ruritania", "/doc/actor/ruritania", "/data/pact"])
def test_an_unknown_parameter_is_refused(client: TestClient, path: str) -> None:
    answer = client.get(path, params={"asof": "2026-01-06"})
    assert answer.status_code == 400
    assert "`format`" in answer.json()["hint"]


def test_a_dataset_is_its_graph_and_nothing_else(client: TestClient) -> None:
    found = {
        quad.triple for quad in ox.parse(client.get("/data/pact.nt").content, format=SYNTAXES["nt"])
    }
    assert len(found) == 10
    assert ox.NamedNode(ID + "actor/mallory") not in {triple.subject for triple in found}
    assert ox.NamedNode(DATA + "pact") in {triple.subject for triple in found}


def test_the_page_of_a_thing_links_to_the_pages_of_others(client: TestClient) -> None:
    text = client.get("/doc/commitment/aid", headers={"Accept": BROWSER}).text
    assert '<a href="/doc/actor/ruritania"><bdi>Ruritania</bdi></a>' in text
    assert '<a href="/data/pact"><bdi>The pact</bdi></a>' in text
    assert '<a href="/ontology/beneficiary">' in text
    assert "6 January 2026" in text
    referring = client.get("/doc/actor/ruritania.html").text
    assert "What refers to it" in referring
    assert '<a href="/doc/commitment/aid"><bdi>Aid for Ruritania</bdi></a>' in referring


def test_the_page_of_a_dataset_lists_what_it_describes(client: TestClient) -> None:
    text = client.get("/data/pact.html").text
    assert "10 statements" in text
    for name in ("Ruritania", "Aid for Ruritania", "Article 1"):
        assert f"<bdi>{name}</bdi></a></li>" in text


def test_a_thing_may_be_named_in_any_script(tmp_path: Path) -> None:
    text = f"<{ID}actor/україна> a <{SV}State> ."
    with Database.open(tmp_path) as database:
        fill(database, "script", text)
        with TestClient(create_app(database, patient(data_dir=tmp_path))) as client:
            answer = client.get("/doc/actor/україна", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    assert "/doc/actor/%D1%83" in answer.headers["Link"]
