"""Describes the graph and each named graph in it in RDF (VoID, DCAT 3); it reads no source text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from api.formats import RDF
from graph.namespaces import BASE, DATA, PREFIXES, SV
from graph.store import Store, Term

VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
_DCTERMS: Final = PREFIXES["dcterms"]
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_PRIMARY_TOPIC: Final = ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
# DCAT 3: a media type is named by its place in IANA's registry.
_REGISTRY: Final = "https://www.iana.org/assignments/media-types/"
# What a graph states of itself and of its sources is repeated here word for word.
_STATED: Final = f"""
    SELECT DISTINCT ?graph ?property ?value WHERE {{
        {{ GRAPH ?graph {{ ?graph ?property ?value }}
          VALUES ?property {{ {
    " ".join(
        f"<{_DCTERMS}{name}>"
        for name in ("title", "description", "license", "creator", "created", "modified")
    )
} }} }}
        UNION
        {{ GRAPH ?graph {{ ?value a <{SV}Source> }} BIND(<{_DCTERMS}source> AS ?property) }}
    }}"""
_SIZES: Final = "SELECT ?graph (COUNT(*) AS ?size) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
_SIZE: Final = "SELECT (COUNT(*) AS ?size) { ?s ?p ?o }"


def catalogue(store: Store, base: str) -> Iterator[ox.Triple]:
    """Say what there is, under which licence, from which sources, how much, and where to get it.

    `base` is the server's address, ending in a slash. Triples are counted as the SPARQL endpoint
    counts them; those of the whole are distinct ones.
    """
    whole, endpoint = ox.NamedNode(f"{base}dataset"), ox.NamedNode(f"{base}sparql")
    document = ox.NamedNode(f"{base}.well-known/void")
    yield ox.Triple(document, _TYPE, _void("DatasetDescription"))
    yield ox.Triple(document, _PRIMARY_TOPIC, whole)
    yield from _typed(whole, _void("Dataset"), _dcat("Catalog"))
    yield ox.Triple(whole, _dcterms("title"), ox.Literal("Servanda", language="en"))
    (row,) = store.query(_SIZE).rows()
    yield from _measured(whole, row["size"], store.head)
    yield ox.Triple(whole, _void("sparqlEndpoint"), endpoint)
    yield ox.Triple(whole, _void("uriSpace"), ox.Literal(BASE))
    yield ox.Triple(whole, _void("vocabulary"), ox.NamedNode(SV))
    yield ox.Triple(whole, _dcat("service"), endpoint)
    yield from _typed(endpoint, _dcat("DataService"))
    yield ox.Triple(endpoint, _dcat("endpointURL"), endpoint)
    yield from _parts(store, base, whole, endpoint)


def _parts(
    store: Store, base: str, whole: ox.NamedNode, endpoint: ox.NamedNode
) -> Iterator[ox.Triple]:
    for row in store.query(_SIZES).rows():
        graph = row["graph"]
        yield from _typed(graph, _void("Dataset"), _dcat("Dataset"))
        yield from _measured(graph, row["size"], store.head)
        yield ox.Triple(whole, _void("subset"), graph)
        yield ox.Triple(whole, _dcat("dataset"), graph)
        yield ox.Triple(endpoint, _dcat("servesDataset"), graph)
        yield ox.Triple(graph, _void("sparqlEndpoint"), endpoint)
        yield from _dumps(graph, base)
    for row in store.query(_STATED).rows():
        yield ox.Triple(row["graph"], row["property"], row["value"])


def _measured(dataset: ox.NamedNode, size: Term, version: int) -> Iterator[ox.Triple]:
    yield ox.Triple(dataset, _void("triples"), size)
    yield ox.Triple(dataset, _dcat("version"), ox.Literal(str(version)))


def _dumps(graph: ox.NamedNode, base: str) -> Iterator[ox.Triple]:
    """Name the files of a dataset; what serves the ontology's IRIs is not the graph itself."""
    if not graph.value.startswith(DATA):
        return
    address = f"{base}data/{quote(graph.value.removeprefix(DATA))}"
    for offer in RDF:
        file = ox.NamedNode(f"{address}.{offer.name}")
        yield ox.Triple(graph, _void("dataDump"), file)
        yield ox.Triple(graph, _dcat("distribution"), file)
        yield from _typed(file, _dcat("Distribution"))
        yield ox.Triple(file, _dcat("downloadURL"), file)
        yield ox.Triple(file, _dcat("mediaType"), ox.NamedNode(_REGISTRY + offer.media_type))


def _typed(subject: ox.NamedNode, *types: ox.NamedNode) -> Iterator[ox.Triple]:
    return (ox.Triple(subject, _TYPE, each) for each in types)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)


def _dcat(name: str) -> ox.NamedNode:
    return ox.NamedNode(DCAT + name)


def _dcterms(name: str) -> ox.NamedNode:
    return ox.NamedNode(_DCTERMS + name)
