"""Says in sentences what holds of a term beyond its place among the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.glossary.statements import OWL, RDFS, TYPE
from graph.glossary.vocabulary import Vocabulary
from graph.glossary.words import FUNCTIONAL, Words, listed

_TRAITS: Final = {
    FUNCTIONAL: "A thing has at most one.",
    OWL + "InverseFunctionalProperty": "No two things have the same one.",
    OWL + "SymmetricProperty": "It holds in both directions.",
    OWL + "AsymmetricProperty": "It holds in one direction only.",
    OWL + "TransitiveProperty": "What it leads to from there, it leads to from here.",
    OWL + "ReflexiveProperty": "It leads from everything to itself.",
    OWL + "IrreflexiveProperty": "It leads from nothing to itself.",
}
_INVERSE: Final = OWL + "inverseOf"


def facts(vocabulary: Vocabulary, iri: str) -> Iterator[Words]:
    """Give a sentence for each axiom about a term that is not told by its links to others."""
    yield from _of_class(vocabulary, iri)
    yield from _of_property(vocabulary, iri)
    yield from _of_individual(vocabulary, iri)


def _of_class(vocabulary: Vocabulary, iri: str) -> Iterator[Words]:
    of, node, name = vocabulary.statements, ox.NamedNode(iri), vocabulary.named(iri)
    for each in of.values(node, RDFS + "subClassOf"):
        if isinstance(each, ox.BlankNode):
            yield ("Every ", name, " ", *vocabulary.axioms.restriction(each), ".")
    for each in of.values(node, OWL + "equivalentClass"):
        yield (name, " is the same as ", *vocabulary.axioms.kind(each), ".")


def _of_property(vocabulary: Vocabulary, iri: str) -> Iterator[Words]:
    of, node = vocabulary.statements, ox.NamedNode(iri)
    types = of.iris(node, TYPE)
    yield from ((words,) for trait, words in _TRAITS.items() if trait in types)
    for other in sorted({*of.iris(node, _INVERSE), *of.having(_INVERSE, iri)}):
        yield ("It is the other direction of ", vocabulary.named(other), ".")


def _of_individual(vocabulary: Vocabulary, iri: str) -> Iterator[Words]:
    node = ox.NamedNode(iri)
    for predicate in vocabulary.statements.predicates(node):
        if predicate in vocabulary.kinds:
            values = vocabulary.statements.values(node, predicate)
            shown = listed(map(vocabulary.axioms.kind, values))
            yield (vocabulary.named(predicate), ": ", *shown, ".")
