"""The terms that the modules of the ontology declare, each with its kind and its name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from graph.glossary.statements import LABEL, OWL, TYPE, Statements
from graph.glossary.terms import Kind
from graph.glossary.words import Axioms, Named, Words, listed
from graph.namespaces import SV, prefixed

_KINDS: Final = {
    OWL + "Class": Kind.CLASS,
    OWL + "ObjectProperty": Kind.LINK,
    OWL + "DatatypeProperty": Kind.VALUE,
    OWL + "NamedIndividual": Kind.INDIVIDUAL,
}


class Vocabulary:
    """The declared terms, and what is stated of them."""

    def __init__(self, statements: Statements) -> None:
        """Find the terms; those of others that modules declare to speak with are none."""
        self.statements = statements
        self.kinds = {
            iri: kind
            for type_, kind in _KINDS.items()
            for iri in statements.having(TYPE, type_)
            if iri.startswith(SV)
        }

    @cached_property
    def axioms(self) -> Axioms:
        """Give the words for axioms, in which these terms have their labels."""
        return Axioms(self.statements, self.named)

    def named(self, iri: str) -> Named:
        """Name something: a term by its label, anything else as it is written in short."""
        label = self.statements.text(ox.NamedNode(iri), LABEL) if iri in self.kinds else ""
        return Named(label or prefixed(iri), iri)

    def all_named(self, iris: Iterable[str]) -> tuple[Named, ...]:
        """Name the terms among some things, each once, in the order of their labels."""
        return tuple(sorted(self.named(iri) for iri in {*iris} & self.kinds.keys()))

    def classes(self, iri: str, predicate: str) -> Words:
        """Say what a term is led to by a property whose values are classes."""
        values = self.statements.values(ox.NamedNode(iri), predicate)
        return listed(map(self.axioms.kind, values), " and ")
