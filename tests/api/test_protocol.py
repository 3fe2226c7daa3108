"""The tests W3C wrote for the SPARQL 1.1 Protocol: queries and updates."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conformance.endpoint import changeable
from tests.conformance.protocol_suite import Exchange, Step, exchanges
from tests.shared import W3C

MANIFEST = W3C / "protocol" / "manifest.ttl"
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
ALL = exchanges(MANIFEST)


def data() -> list[ox.Quad]:
    """Give the graphs the manifest speaks of."""
    predicate = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
    graphs = [ox.NamedNode(f"{DATA}{number}.rdf") for number in range(4)]
    return [ox.Quad(graph, predicate, document, graph) for graph in graphs]


def path(exchange: Exchange, step: Step) -> str:
    """Send what changes something to the endpoint that does."""
    is_query = step.headers.get("content-type") == "application/sparql-query"
    updates = "update" in exchange.name and not is_query
    return step.path.replace("/sparql/", "/sparql/update" if updates else "/sparql")


@pytest.mark.skipif(not MANIFEST.is_file(), reason=f"the W3C tests are not at {MANIFEST}")
def test_every_test_of_the_manifest_is_read() -> None:
    assert len(ALL) == 34


@pytest.mark.parametrize("exchange", [pytest.param(one, id=one.name) for one in ALL])
def test_an_exchange_of_the_protocol_tests_goes_as_w3c_says(
    tmp_path: Path, exchange: Exchange
) -> None:
    with changeable(tmp_path, data()) as client:
        for step in exchange.steps:
            answer = client.request(
                step.method, path(exchange, step), content=step.body, headers=step.headers
            )
            assert str(answer.status_code).startswith(step.statuses), answer.text
            if step.format:
                content_type = answer.headers["content-type"].partition(";")[0]
                assert content_type in FORMATS[step.format]
            if step.boolean is not None:
                assert answer.json()["boolean"] is step.boolean
