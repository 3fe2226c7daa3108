"""One case of a term from what is recorded: a member of a class, or a statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.glossary.glossary import Glossary
from graph.glossary.statements import TYPE
from graph.glossary.terms import Kind, Term
from graph.namespaces import DATA
from graph.store import Store

_TYPE: Final = ox.NamedNode(TYPE)


@dataclass(frozen=True)
class Example:
    """A recorded thing, and the statements about it that show the term, in order."""

    thing: ox.NamedNode
    statements: tuple[ox.Quad, ...]


def example(store: Store, glossary: Glossary, term: Term) -> Example | None:
    """Give the first case of a term that a dataset has, in the order of names; None without any.

    A class is shown by a member, if need be of a class below it, with all that is stated of it; a
    property or an individual by one statement.
    """
    node = ox.NamedNode(term.iri)
    if term.is_property:
        return _of(_recorded(store.match(predicate=node))[:1])
    if term.kind is Kind.INDIVIDUAL:
        return _of(_recorded(store.match(object=node))[:1])
    for quad in _recorded(store.match(predicate=_TYPE, object=node))[:1]:
        assert isinstance(quad.subject, ox.NamedNode)
        return _of(_recorded(store.about(quad.subject)))
    below = (example(store, glossary, glossary.of(each)) for each in term.below)
    return next(filter(None, below), None)


def _recorded(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Leave out what the ontology says of its own terms."""
    recorded = (
        quad
        for quad in quads
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(DATA)
    )
    return sorted(recorded, key=str)


def _of(quads: list[ox.Quad]) -> Example | None:
    for quad in quads[:1]:
        assert isinstance(quad.subject, ox.NamedNode)
        return Example(quad.subject, tuple(quads))
    return None
