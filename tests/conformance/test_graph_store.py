"""The tests W3C wrote for the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conformance.endpoint import changeable
from tests.conformance.protocol_suite import Exchange, exchanges
from tests.conformance.sparql_results import same
from tests.shared import W3C

FOLDER = W3C / "graph-store-protocol"
ALL = [
    exchange
    for name in ("manifest-direct.ttl", "manifest-indirect.ttl")
    for exchange in exchanges(FOLDER / name)
]


def here(text: str, locations: dict[str, str]) -> str:
    """Put our addresses in the place of those of the manifest."""
    for variable, address in locations.items():
        text = text.replace(variable, address)
    return text.replace("/gsp", "/graphs").replace("%2Fgsp", "%2Fgraphs")


def triples(turtle: bytes) -> list[tuple[object, ...]]:
    quads = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri="http://www.example/")
    return [tuple(quad.triple) for quad in quads]


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the W3C tests are not at {FOLDER}")
def test_every_test_of_the_manifests_is_read() -> None:
    assert len(ALL) == 13


@pytest.mark.parametrize("exchange", [pytest.param(one, id=one.name) for one in ALL])
def test_an_exchange_of_the_graph_store_tests_goes_as_w3c_says(
    tmp_path: Path, exchange: Exchange
) -> None:
    locations: dict[str, str] = {}
    with changeable(tmp_path) as client:
        for step in exchange.steps:
            answer = client.request(
                step.method,
                here(step.path, locations),
                content=here(step.body.decode(), locations).encode(),
                headers=step.headers,
            )
            assert str(answer.status_code).startswith(step.statuses), answer.text
            if step.location:
                locations[step.location] = answer.headers["location"]
            if step.graph:
                expected = triples(here(step.graph, locations).encode())
                assert same(triples(answer.content), expected)  # type: ignore[arg-type]
