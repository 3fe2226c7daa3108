"""What belongs to a class: its properties, what leads to it, and what nothing is beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import permutations
from typing import Final

import pyoxigraph as ox

from graph.glossary.statements import OWL, RDFS, TYPE
from graph.glossary.terms import PROPERTIES, Property
from graph.glossary.vocabulary import Vocabulary
from graph.glossary.words import Named

DOMAIN: Final = RDFS + "domain"
RANGE: Final = RDFS + "range"
SUBCLASS: Final = RDFS + "subClassOf"
_COUNTS: Final = {
    (True, True): "exactly one",
    (True, False): "at least one",
    (False, True): "at most one",
    (False, False): "any number",
}


class Classes:
    """The classes of a vocabulary, and the properties that are said of their members."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Look into a vocabulary when it is asked about."""
        self._vocabulary = vocabulary
        self._of = vocabulary.statements

    def properties(self, iri: str) -> Iterator[Property]:
        """Give the properties of a class, its own before those of the classes above it."""
        line = [iri, *self._ancestors(iri)]
        needed = {prop for each in line for prop in self._needed(each)}
        for each in line:
            for name in self._vocabulary.all_named(self._sides[DOMAIN, each]):
                is_single = self._vocabulary.axioms.is_functional(name.iri)
                yield Property(
                    name,
                    self._vocabulary.classes(name.iri, RANGE),
                    _COUNTS[name.iri in needed, is_single],
                    self._vocabulary.named(each),
                )

    def leading_to(self, iri: str) -> tuple[Named, ...]:
        """Give the properties whose values are said to be in a class."""
        return self._vocabulary.all_named(self._sides[RANGE, iri])

    def distinct(self, iri: str) -> tuple[Named, ...]:
        """Give the classes that share no member with a class, as far as an axiom says so."""
        return self._vocabulary.all_named(self._apart[iri])

    def _ancestors(self, iri: str) -> list[str]:
        found: list[str] = []
        above = [iri]
        while above:
            above = [
                each
                for below in above
                for each in self._of.iris(ox.NamedNode(below), SUBCLASS)
                if each not in found
            ]
            found += above
        return found

    def _needed(self, iri: str) -> Iterator[str]:
        """Give the properties that each member of a class has."""
        for node in self._of.values(ox.NamedNode(iri), SUBCLASS):
            if self._of.values(node, OWL + "someValuesFrom"):
                yield from self._of.iris(node, OWL + "onProperty")

    @cached_property
    def _sides(self) -> dict[tuple[str, str], list[str]]:
        """Give the properties by the classes at their sides, alone or joined with others."""
        found = defaultdict[tuple[str, str], list[str]](list)
        for iri, kind in self._vocabulary.kinds.items():
            if kind in PROPERTIES:
                for side in (DOMAIN, RANGE):
                    for each in self._vocabulary.classes(iri, side):
                        if isinstance(each, Named):
                            found[side, each.iri].append(iri)
        return found

    @cached_property
    def _apart(self) -> dict[str, set[str]]:
        found = defaultdict[str, set[str]](set)
        for node in self._of.subjects(TYPE, ox.NamedNode(OWL + "AllDisjointClasses")):
            for cell in self._of.values(node, OWL + "members"):
                members = (
                    each.value for each in self._of.items(cell) if isinstance(each, ox.NamedNode)
                )
                for one, other in permutations(members, 2):
                    found[one].add(other)
        for iri in self._vocabulary.kinds:
            for other in self._of.iris(ox.NamedNode(iri), OWL + "disjointWith"):
                found[iri].add(other)
                found[other].add(iri)
        return found
