"""Every named query gives the same rows in a second, unrelated engine: it is plain SPARQL 1.1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Identifier

from graph.query import NamedQuery, queries
from graph.store import Store

# The second engine calls names of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

Cell = tuple[str, ...]


@pytest.fixture(scope="module")
def second_engine(paris: Store) -> Dataset:
    dataset = Dataset(default_union=True)
    for graph in [*paris.graphs(), *paris.derived_graphs()]:
        triples = [quad.triple for quad in paris.quads(graph)]
        text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        dataset.graph(URIRef(graph.value)).parse(data=text, format="nt")
    return dataset


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_two_engines_give_the_same_rows(
    query: NamedQuery, paris: Store, second_engine: Dataset
) -> None:
    ours = Counter(tuple(map(_ours, row)) for row in paris.query(query.text).rows())
    theirs = Counter(_rows(second_engine.query(query.text)))
    assert ours == theirs


def _rows(rows: Iterable[object]) -> Iterable[tuple[Cell, ...]]:
    for row in rows:
        assert isinstance(row, tuple)
        yield tuple(map(_theirs, row))


def _ours(term: object) -> Cell:
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language, term.datatype.value)
    return (term.value,) if isinstance(term, ox.NamedNode) else ()


def _theirs(term: Identifier | None) -> Cell:
    if isinstance(term, Literal):
        return _literal(str(term), term.language, str(term.datatype or ""))
    return (str(term),) if isinstance(term, URIRef) else ()


def _literal(lexical: str, language: str | None, datatype: str) -> Cell:
    """Compare moments as moments: the second engine rewrites `Z` as `+00:00`."""
    kind = datatype.rpartition("#")[2]
    if kind == "dateTime":
        return (datetime.fromisoformat(lexical).isoformat(), kind)
    return (lexical, language or "", "" if kind in ("string", "langString") else kind)
