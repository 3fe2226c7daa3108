"""The tests W3C wrote for the SPARQL 1.1 Protocol, as far as they ask queries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.database import Database
from graph.journal import Change
from tests.shared import W3C

FOLDER = W3C / "protocol"
DATA = "http://kasei.us/2009/09/sparql/data/data"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("application/rdf+xml", "text/turtle", "application/n-triples"),
}
REQUESTS = """
    PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
    PREFIX ht: <http://www.w3.org/2011/http#>
    PREFIX cnt: <http://www.w3.org/2011/content#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?test ?method ?path ?body ?encoding ?type ?format ?boolean
           (GROUP_CONCAT(STR(?status)) AS ?statuses)
    WHERE {
        ?test a mf:ProtocolTest ; mf:action/ht:requests/rdf:rest*/rdf:first ?request .
        ?request ht:methodName ?method ; ht:absolutePath ?path ; ht:resp ?answer .
        ?answer mf:expectedStatus ?status
        OPTIONAL { ?answer mf:expectedFormat ?format }
        OPTIONAL { ?answer mf:expectedBoolean ?boolean }
        OPTIONAL { ?request ht:body [ cnt:chars ?body ; cnt:characterEncoding ?encoding ] }
        OPTIONAL { ?request ht:headers/rdf:rest*/rdf:first
                       [ ht:fieldName "content-type" ; ht:fieldValue ?type ] }
    }
    GROUP BY ?test ?method ?path ?body ?encoding ?type ?format ?boolean
    ORDER BY ?test"""


class Request(NamedTuple):
    """A request of the manifest and what must come of it."""

    name: str
    method: str
    path: str
    body: bytes
    content_type: str | None
    format: str | None
    boolean: bool | None
    statuses: set[int]


def requests() -> list[Request]:
    """Read the requests that belong to the query operation."""
    if not FOLDER.is_dir():
        return []
    manifest = ox.Store()
    manifest.bulk_load(path=FOLDER / "manifest.ttl", base_iri="http://example.org/manifest")
    found = manifest.query(REQUESTS)
    assert isinstance(found, ox.QuerySolutions)
    read = [request(row) for row in found]
    return [one for one in read if "update" not in one.name]


def request(row: ox.QuerySolution) -> Request:
    text = {
        name: str(getattr(row[name], "value", row[name]))
        for name in ("test", "method", "path", "body", "encoding", "type", "format", "boolean")
        if row[name] is not None
    }
    statuses = str(getattr(row["statuses"], "value", ""))
    return Request(
        name=text["test"].rpartition("#")[2],
        method=text["method"],
        path=text["path"].replace("/sparql/", "/sparql"),
        body=text.get("body", "").encode(text.get("encoding", "utf-8")),
        content_type=text.get("type"),
        format=text.get("format"),
        boolean=text["boolean"] == "true" if "boolean" in text else None,
        statuses={int(status[-3]) for status in statuses.split()},
    )


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give an endpoint with the graphs the manifest speaks of."""
    predicate = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
    graphs = [ox.NamedNode(f"{DATA}{number}.rdf") for number in range(4)]
    quads = tuple(ox.Quad(graph, predicate, document, graph) for graph in graphs)
    with Database.open(tmp_path_factory.mktemp("protocol")) as database:
        database.commit(
            Change(adds=quads), author="test", role="editor", reason="test", source="manifest"
        )
        with TestClient(create_app(database, Settings())) as client:
            yield client


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the W3C tests are not at {FOLDER}")
def test_the_manifest_has_requests() -> None:
    assert len(requests()) == 20


@pytest.mark.parametrize(
    "request_",
    [pytest.param(one, id=one.name) for one in requests()],
)
def test_a_request_of_the_protocol_tests_is_answered_as_w3c_says(
    endpoint: TestClient, request_: Request
) -> None:
    answer = endpoint.request(
        request_.method,
        request_.path,
        content=request_.body,
        headers={"Content-Type": request_.content_type} if request_.content_type else {},
    )
    assert answer.status_code // 100 in request_.statuses, answer.text
    if request_.format:
        content_type = answer.headers["content-type"].partition(";")[0]
        assert content_type in FORMATS[request_.format]
    if request_.boolean is not None:
        assert answer.json()["boolean"] is request_.boolean
