from __future__ import annotations

import csv
import io
import json
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from graph.namespaces import DATA, DERIVED, ID, PREFIXES
from tests.api.pages.conftest import parsed

LABELS = f"""PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT ?label WHERE {{ <{ID}actor/ruritania> rdfs:label ?label }} ORDER BY ?label"""
CONSTRUCT = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def ask(client: TestClient, query: str, accept: str = "*/*", **parameters: str) -> Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


def test_a_select_is_answered_in_json_unless_asked_otherwise(client: TestClient) -> None:
    answer = ask(client, LABELS)
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.headers["vary"] == "Accept, Accept-Datetime"
    assert answer.headers["servanda-version"] == "2"
    rows = answer.json()["results"]["bindings"]
    assert {row["label"]["value"] for row in rows} == {"Ruritania", "Ruritanien"}


def test_a_select_is_answered_in_csv(client: TestClient) -> None:
    answer = ask(client, LABELS, accept="text/csv")
    assert answer.headers["content-type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(answer.text))
    assert header == ["label"]
    assert sorted(rows) == [["Ruritania"], ["Ruritanien"]]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html", "text/html; charset=utf-8"),
    ],
)
def test_a_select_is_answered_in_the_format_accepted(
    client: TestClient, accept: str, content_type: str
) -> None:
    answer = ask(client, LABELS, accept=accept)
    assert answer.headers["content-type"] == content_type
    assert "Ruritania" in answer.text


@pytest.mark.parametrize(
    ("name", "syntax"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_construct_is_answered_in_each_rdf_syntax(
    client: TestClient, name: str, syntax: ox.RdfFormat
) -> None:
    answer = ask(client, CONSTRUCT, accept="text/csv", format=name)
    assert answer.headers["content-type"].startswith(syntax.media_type)
    state = ox.NamedNode(PREFIXES["sv"] + "State")
    assert state in {quad.object for quad in ox.parse(answer.content, format=syntax)}


def test_a_construct_is_answered_in_turtle_unless_asked_otherwise(client: TestClient) -> None:
    assert ask(client, CONSTRUCT).headers["content-type"].startswith("text/turtle")


def test_a_yes_or_no_is_answered(client: TestClient) -> None:
    query = f"ASK {{ <{ID}actor/ruritania> ?p ?o }}"
    assert ask(client, query).json()["boolean"] is True
    assert "<p>Yes</p>" in ask(client, query, accept="text/html").text


def test_a_format_the_kind_of_answer_does_not_have_is_refused(client: TestClient) -> None:
    for query, accept in ((LABELS, "text/turtle"), (CONSTRUCT, "text/csv"), ("ASK {}", "text/csv")):
        answer = ask(client, query, accept=accept)
        assert answer.status_code == 406
        assert answer.headers["content-type"] == "application/problem+json"
        assert "there is" in answer.json()["hint"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (FORM, urlencode({"query": LABELS})),
        (f"{FORM}; charset=UTF-8", urlencode({"query": LABELS})),
        (DIRECT, LABELS),
        (f"{DIRECT};charset=utf-8", LABELS),
    ],
)
def test_a_query_may_be_posted(client: TestClient, content_type: str, body: str) -> None:
    answer = client.post("/sparql", content=body, headers={"Content-Type": content_type})
    assert answer.json() == ask(client, LABELS).json()


def test_a_posted_query_is_answered_in_the_format_its_form_or_address_names(
    client: TestClient,
) -> None:
    form = client.post("/sparql", data={"query": LABELS, "format": "csv"})
    direct = client.post("/sparql?format=csv", content=LABELS, headers={"Content-Type": DIRECT})
    assert form.text == direct.text == ask(client, LABELS, format="csv").text


def count(client: TestClient, graphs: list[tuple[str, str]], pattern: str) -> int:
    query = f"SELECT * WHERE {{ {pattern} }}"
    answer = client.get("/sparql", params=[("query", query), *graphs])
    return len(answer.json()["results"]["bindings"])


@pytest.mark.parametrize(
    ("names", "media_type"),
    [
        ("format=turtle&output=turtle&results=turtle", "text/turtle"),
        ("output=json-ld", "application/ld+json"),
        ("results=rdf%2Bxml", "application/rdf+xml"),
    ],
)
def test_a_format_may_go_by_the_names_that_clients_give_it(
    client: TestClient, names: str, media_type: str
) -> None:
    query = urlencode({"query": "CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE {}"})
    answer = client.get(f"/sparql?{query}&{names}")
    assert answer.headers["content-type"].startswith(media_type)


def test_a_page_leads_to_the_other_formats_whatever_its_own_was_called(client: TestClient) -> None:
    page = parsed(ask(client, LABELS, output="html", results="html").text)
    links = [(each.attrs or {})["href"] for each in page.query("a[download]")]
    assert [client.get(f"/sparql{link}").status_code for link in links] == [200] * 4


def test_two_formats_at_once_are_refused(client: TestClient) -> None:
    answer = client.get("/sparql?query=ASK+%7B%7D&format=json&output=xml")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/query/format"


def test_the_default_graph_is_the_union_unless_graphs_are_named(client: TestClient) -> None:
    pact, hostile = (("default-graph-uri", DATA + name) for name in ("pact", "hostile"))
    everything = count(client, [], "?s ?p ?o")
    assert count(client, [pact], "?s ?p ?o") + count(client, [hostile], "?s ?p ?o") == everything
    assert count(client, [pact, hostile], "?s ?p ?o") == everything


def test_only_the_named_graphs_that_are_named_are_seen(client: TestClient) -> None:
    named = ("named-graph-uri", DATA + "pact")
    assert count(client, [named], "GRAPH ?g { ?s ?p ?o }") == count(
        client, [("default-graph-uri", DATA + "pact")], "?s ?p ?o"
    )
    assert count(client, [named], "?s ?p ?o") == 0


def test_graphs_of_the_protocol_may_stand_beside_a_query_posted_as_it_is(
    client: TestClient,
) -> None:
    answer = client.post(
        "/sparql",
        params={"default-graph-uri": DATA + "hostile"},
        content=LABELS,
        headers={"Content-Type": DIRECT},
    )
    assert answer.json()["results"]["bindings"] == []


def test_a_malformed_query_is_shown_where_it_breaks(client: TestClient) -> None:
    answer = ask(client, "SELECT *\nWHERE { ?s ex:p ?o }")
    assert answer.status_code == 400
    (place,) = answer.json()["errors"]
    assert (place["line"], place["column"]) == (2, 12)
    assert place["excerpt"] == "WHERE { ?s ex:p ?o }"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:1/>",
    ],
)
def test_a_query_that_reaches_outside_is_refused_with_the_reason(
    client: TestClient, query: str
) -> None:
    answer = ask(client, query)
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/problems/forbidden")
    assert answer.json()["detail"]


def test_a_graph_of_the_protocol_that_is_not_there_is_refused(client: TestClient) -> None:
    answer = ask(client, LABELS, **{"default-graph-uri": "http://127.0.0.1:1/"})
    assert answer.status_code == 403
    assert "`http://127.0.0.1:1/`" in answer.json()["detail"]


def test_an_update_is_refused(client: TestClient) -> None:
    insert = "INSERT DATA { <a:b> <a:b> <a:b> }"
    assert ask(client, insert).status_code == 400
    posted = client.post(
        "/sparql", content=insert, headers={"Content-Type": "application/sparql-update"}
    )
    assert posted.status_code == 415
    assert count(client, [], "<a:b> ?p ?o") == 0


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/sparql?query=ASK{}&query=ASK{}", "query"),
        ("/sparql?query=ASK{}&format=json&format=xml", "format"),
        ("/sparql?query=ASK{}&timeout=5", "timeout"),
        ("/sparql?default-graph-uri=a:b", "query"),
    ],
)
def test_a_parameter_that_is_doubled_unknown_or_missing_is_pointed_at(
    client: TestClient, path: str, name: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == f"/query/{name}"


def test_an_unknown_parameter_is_answered_with_the_legal_ones(client: TestClient) -> None:
    hint = client.get("/sparql?query=ASK{}&timeout=5").json()["hint"]
    for name in ("query", "format", "default-graph-uri", "named-graph-uri"):
        assert f"`{name}`" in hint


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("query=ASK{}&query=ASK{}", 400),
        ("query=ASK{}&update=x", 400),
        ("default-graph-uri=a:b", 400),
        ("query=%FF", 400),
        ("", 400),
    ],
)
def test_a_form_that_is_wrong_is_refused(client: TestClient, body: str, status: int) -> None:
    answer = client.post("/sparql", content=body, headers={"Content-Type": FORM})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_query_beside_a_posted_one_is_refused(client: TestClient) -> None:
    answer = client.post("/sparql?query=ASK{}", content="ASK {}", headers={"Content-Type": DIRECT})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "nonsense"},
        {"Content-Type": f"{DIRECT}; charset=latin-1"},
        {"Content-Type": DIRECT, "Content-Encoding": "gzip"},
    ],
)
def test_a_body_that_is_no_plain_utf8_query_is_refused_by_type(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.post("/sparql", content=b"ASK {}", headers=headers)
    assert answer.status_code == 415
    assert DIRECT in answer.json()["hint"]


def test_a_body_that_is_not_utf8_is_refused(client: TestClient) -> None:
    answer = client.post("/sparql", content=b"ASK {} #\xff", headers={"Content-Type": DIRECT})
    assert answer.status_code == 400
    assert "byte 9" in answer.json()["detail"]


def test_a_body_beyond_the_limit_is_refused(client: TestClient) -> None:
    body = "ASK {} #" + "x" * 300_000
    answer = client.post("/sparql", content=body, headers={"Content-Type": DIRECT})
    assert answer.status_code == 413
    assert "256 kB" in answer.json()["detail"]


def test_the_results_of_a_refused_query_leave_no_trace_in_another_thread(
    client: TestClient,
) -> None:
    # The engine's results may not be freed outside the thread that asked: warnings are errors here.
    for _ in range(20):
        assert ask(client, LABELS, accept="image/png").status_code == 406


def test_without_a_query_the_service_describes_itself(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    quads = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    service = ox.NamedNode("http://testserver/sparql")
    about = {quad.predicate.value: quad.object for quad in quads if quad.subject == service}
    assert about[PREFIXES["rdf"] + "type"] == ox.NamedNode(sd + "Service")
    assert about[sd + "endpoint"] == service
    assert about[sd + "supportedLanguage"] == ox.NamedNode(sd + "SPARQL11Query")
    updates = ox.NamedNode("http://testserver/sparql/update")
    writing = {quad.predicate.value: quad.object for quad in quads if quad.subject == updates}
    assert writing[sd + "supportedLanguage"] == ox.NamedNode(sd + "SPARQL11Update")
    assert "token of an editor" in str(writing[PREFIXES["rdfs"] + "comment"])
    names = {str(quad.object) for quad in quads if quad.predicate.value == sd + "name"}
    recorded = {f"<{DATA}pact>", f"<{DATA}hostile>"}
    assert {name for name in names if DERIVED not in name} == recorded
    assert f"<{DERIVED}sceptical>" in names


def test_without_a_query_a_person_gets_a_form(client: TestClient) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html"})
    assert '<form class="sparql" action="/sparql" method="get">' in answer.text


def test_the_form_begins_with_the_example_that_is_asked_for(client: TestClient) -> None:
    answer = client.get("/sparql?example=components", headers={"Accept": "text/html"})
    assert "# Which components does the framework have" in answer.text
    assert "VALUES ?framework { &lt;https://" in answer.text


@pytest.mark.parametrize("query", ["example=component", "example=components&query=ASK{}"])
def test_an_example_that_is_none_and_one_beside_a_query_are_refused(
    client: TestClient, query: str
) -> None:
    answer = client.get(f"/sparql?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 400


def test_json_results_are_the_same_under_both_of_their_types(client: TestClient) -> None:
    assert (
        json.loads(ask(client, LABELS, accept="application/json").text)
        == ask(client, LABELS).json()
    )


@pytest.mark.parametrize(("name", "status"), [("xml", 400), ("json", 200), ("csv", 200)])
def test_a_text_that_xml_cannot_hold_is_refused_in_xml_alone(
    client: TestClient, name: str, status: int
) -> None:
    answer = ask(client, r'SELECT ("bell\u0007" AS ?x) {}', format=name)
    assert answer.status_code == status
    assert status == 200 or "U+0007" in answer.json()["detail"]


@pytest.mark.parametrize(("name", "status"), [("rdf", 400), ("ttl", 200), ("jsonld", 200)])
def test_a_graph_that_xml_cannot_hold_is_refused_in_rdf_xml_alone(
    client: TestClient, name: str, status: int
) -> None:
    answer = ask(client, r'CONSTRUCT { <urn:a> <urn:b> "bell\u0007" } {}', format=name)
    assert answer.status_code == status
    assert status == 200 or "another format" in answer.json()["hint"]
