"""Reads the W3C SPARQL 1.1 query tests and what they expect; it asks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import pyoxigraph as ox

from tests.shared import W3C

BASE: Final = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
_MANIFESTS: Final = ("manifest-sparql11-query.ttl", "manifest-sparql11-results.ttl")
PREFIXES: Final = """
    PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
    PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
"""
INCLUDED: Final = PREFIXES + "SELECT ?file { ?m mf:include/rdf:rest*/rdf:first ?file }"
_TESTS: Final = (
    PREFIXES
    + """SELECT ?test ?kind ?query ?result
           (GROUP_CONCAT(DISTINCT STR(?data)) AS ?default)
           (GROUP_CONCAT(DISTINCT STR(?graph)) AS ?named)
    {
        ?manifest mf:entries/rdf:rest*/rdf:first ?test .
        ?test a ?kind ; mf:action ?action
        OPTIONAL { ?action qt:query ?asked }
        OPTIONAL { ?action qt:data ?data }
        OPTIONAL { ?action qt:graphData ?graph FILTER ISIRI(?graph) }
        OPTIONAL { ?test mf:result ?result }
        BIND(COALESCE(?asked, ?action) AS ?query)
    } GROUP BY ?test ?kind ?query ?result ORDER BY ?test"""
)


@dataclass(frozen=True)
class Case:
    """A test: `kind` is its class in the manifest; files are named by their IRI."""

    name: str
    kind: str
    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    result: str | None


def cases() -> list[Case]:
    """Read every test of the query language and of the result formats; none where they are not."""
    if not W3C.is_dir():
        return []
    manifests = sorted(file for name in _MANIFESTS for file in rows(name, INCLUDED))
    return [_case(row) for (file,) in manifests for row in rows(file.removeprefix(BASE), _TESTS)]


def content(iri: str) -> bytes:
    """Give what the file behind an IRI holds."""
    return (W3C / iri.removeprefix(BASE)).read_bytes()


def graph(iri: str) -> list[ox.Triple]:
    """Read the triples of a file."""
    format_ = ox.RdfFormat.from_extension(iri.rpartition(".")[2])
    return [quad.triple for quad in ox.parse(content(iri), format=format_, base_iri=iri)]


def _case(row: tuple[str, ...]) -> Case:
    test, kind, query, result, default, named = row
    return Case(
        name=test.removeprefix(BASE).replace("/manifest#", "/").removesuffix(".ttl"),
        kind=kind.rpartition("#")[2],
        query=query,
        default=tuple(default.split()),
        named=tuple(named.split()),
        result=result or None,
    )


def rows(manifest: str, query: str) -> Iterator[tuple[str, ...]]:
    """Ask a manifest, and give the texts and IRIs it answers with."""
    store = ox.Store()
    address = urljoin(BASE, manifest)
    store.load(content(address), format=ox.RdfFormat.TURTLE, base_iri=address)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    for row in found:
        yield tuple(str(getattr(term, "value", "")) for term in row)
