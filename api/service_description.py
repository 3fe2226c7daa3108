"""Describes the SPARQL endpoint in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from api.formats import HTML, RDF, SOLUTIONS
from graph.namespaces import DEFAULT, PREFIXES
from graph.store import Store

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_MEDIA_TYPE: Final = ox.NamedNode(_FORMATS + "media_type")
_COMMENT: Final = ox.NamedNode(PREFIXES["rdfs"] + "comment")
_WHO_MAY: Final = ox.Literal(
    f"For those with the token of an editor. What names no graph is about <{DEFAULT}>.",
    language="en",
)
_DATASET: Final = ox.BlankNode("dataset")


def service_description(store: Store, endpoint: str) -> Iterator[ox.Triple]:
    """Say what the endpoint at the address `endpoint` reads, writes and holds."""
    service = ox.NamedNode(endpoint)
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(service, _sd("defaultDataset"), _DATASET)
    yield ox.Triple(_DATASET, _TYPE, _sd("Dataset"))
    yield from _formats(service)
    yield from _named_graphs(store)
    yield from _updates(ox.NamedNode(f"{endpoint}/update"))


def _updates(service: ox.NamedNode) -> Iterator[ox.Triple]:
    """Describe the endpoint of updates, whose default graph is a graph of its own."""
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield ox.Triple(service, _COMMENT, _WHO_MAY)


def _formats(service: ox.NamedNode) -> Iterator[ox.Triple]:
    media_types = {offer.media_type for offer in (*SOLUTIONS, *RDF)} - {HTML.media_type}
    for media_type in sorted(media_types):
        # A name of its own for each node gives the same bytes at each request.
        node = ox.BlankNode(re.sub(r"\W", "-", media_type))
        yield ox.Triple(service, _sd("resultFormat"), node)
        yield ox.Triple(node, _MEDIA_TYPE, ox.Literal(media_type))


def _named_graphs(store: Store) -> Iterator[ox.Triple]:
    graphs = [*store.graphs(), *store.derived_graphs()]
    for number, graph in enumerate(graphs, start=1):
        node = ox.BlankNode(f"graph-{number}")
        yield ox.Triple(_DATASET, _sd("namedGraph"), node)
        yield ox.Triple(node, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(node, _sd("name"), graph)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
