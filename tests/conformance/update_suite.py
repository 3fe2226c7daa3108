"""Reads the W3C SPARQL 1.1 update tests and what they expect; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DEFAULT
from tests.conformance.sparql_suite import BASE, INCLUDED, PREFIXES, graph, rows
from tests.shared import W3C

_MANIFEST: Final = "manifest-sparql11-update.ttl"
_UT: Final = "PREFIX ut: <http://www.w3.org/2009/sparql/tests/test-update#>"
_TESTS: Final = (
    PREFIXES
    + _UT
    + """SELECT ?test ?kind (COALESCE(?sent, ?action) AS ?request) {
        ?manifest mf:entries/rdf:rest*/rdf:first ?test .
        ?test a ?kind ; mf:action ?action
        OPTIONAL { ?action ut:request ?sent }
    } ORDER BY ?test"""
)
_GRAPHS: Final = (
    PREFIXES
    + _UT
    + """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT ?test ?when ?file ?name {
        ?manifest mf:entries/rdf:rest*/rdf:first ?test .
        VALUES ?when { mf:action mf:result }
        ?test ?when ?state
        { ?state ut:data ?file }
        UNION { ?state ut:graphData [ ut:graph ?file ; rdfs:label ?name ] }
    }"""
)
State = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class UpdateCase:
    """A test: the graphs before and after, each with the file that holds it."""

    name: str
    kind: str
    request: str
    before: State
    after: State


def update_cases() -> list[UpdateCase]:
    """Read every test of the update language; none where they are not."""
    if not W3C.is_dir():
        return []
    files = sorted(file.removeprefix(BASE) for (file,) in rows(_MANIFEST, INCLUDED))
    return [case for file in files for case in _cases(file)]


def quads(state: State) -> list[ox.Quad]:
    """Read the graphs of a state."""
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))
        for name, file in state
        for triple in graph(file)
    ]


def _cases(manifest: str) -> list[UpdateCase]:
    graphs = list(rows(manifest, _GRAPHS))

    def state(test: str, when: str) -> State:
        found = (row for row in graphs if row[0] == test and row[1].endswith(when))
        return tuple((name or DEFAULT, file) for _, _, file, name in found)

    return [
        UpdateCase(
            name=test.removeprefix(BASE).replace("/manifest#", "/"),
            kind=kind.rpartition("#")[2],
            request=request,
            before=state(test, "#action"),
            after=state(test, "#result"),
        )
        for test, kind, request in rows(manifest, _TESTS)
    ]
