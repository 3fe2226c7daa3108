"""The core pattern of the ontology: some classes, and which properties lead from one to another.

Read from domains, ranges and restrictions. It chooses the classes and draws nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

import pyoxigraph as ox

from graph.glossary.statements import OWL, RDFS, TYPE, Statements
from graph.namespaces import SV
from graph.triples import Term

CORE: Final = tuple(
    SV + name
    for name in (
        "Phase",
        "Undertaking",
        "Instrument",
        "Condition",
        "Evidence",
        "Action",
        "Matter",
        "Domain",
        "Source",
        "Actor",
    )
)
"""What the rest hangs on, in the order in which one speaks of them."""

_ABOVE: Final = f"{RDFS}subClassOf"


@dataclass(frozen=True)
class Property:
    """A property between two classes; `needed` where a restriction demands a value."""

    id: str
    needed: bool


@dataclass(frozen=True)
class Relation:
    """All properties that lead from one class to another, which may be the same."""

    start: str
    end: str
    properties: tuple[Property, ...]


@dataclass(frozen=True)
class Pattern:
    """Classes with the classes right below each, and how they relate."""

    classes: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    relations: tuple[Relation, ...]


def pattern(quads: Iterable[ox.Quad], classes: Sequence[str] = CORE) -> Pattern:
    """Read how classes relate from what an ontology declares.

    A property of a class that is not chosen counts for the nearest chosen one above it, else for
    all chosen ones below. Of two inverse properties the one that names the other is taken, and a
    property is left out beside those that are under it.
    """
    declared = _Declared(quads, classes)
    related: dict[tuple[str, str], list[Property]] = defaultdict(list)
    for name in declared.properties():
        for pair in sorted(declared.pairs(name)):
            related[pair].append(Property(name, name in declared.demanded))
    order = [pair for pair in product(classes, repeat=2) if pair in related]
    return Pattern(
        tuple(classes),
        {each: declared.below(each) for each in classes},
        tuple(Relation(*pair, tuple(related[pair])) for pair in order),
    )


class _Declared:
    """What an ontology declares, as far as some classes are concerned."""

    def __init__(self, quads: Iterable[ox.Quad], classes: Sequence[str]) -> None:
        self._classes = classes
        self._of = Statements(quad.triple for quad in quads)

    def properties(self) -> list[str]:
        """Give the object properties to show, by name."""
        found = set(self._of.having(TYPE, f"{OWL}ObjectProperty"))
        told_by_others = {
            other
            for name in found
            for predicate in (f"{OWL}inverseOf", f"{RDFS}subPropertyOf")
            for other in self._of.iris(ox.NamedNode(name), predicate)
        }
        return sorted(found - told_by_others)

    def pairs(self, name: str) -> set[tuple[str, str]]:
        """Give the chosen classes that a property leads from and to."""
        node = ox.NamedNode(name)
        starts = self._chosen(self._of.values(node, f"{RDFS}domain"))
        ends = self._chosen(self._of.values(node, f"{RDFS}range"))
        demanded = (
            pair
            for owner, of, filler in self._restrictions
            if of == name
            for pair in product(self._chosen([owner]), self._chosen([filler]))
        )
        return {*product(starts, ends), *demanded}

    def below(self, name: str) -> tuple[str, ...]:
        """Give the named classes right below one."""
        return tuple(self._of.having(_ABOVE, name))

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Give the properties of which a restriction demands a value."""
        return frozenset(name for _, name, _ in self._restrictions)

    @cached_property
    def _restrictions(self) -> list[tuple[Term, str, Term]]:
        return [
            (owner, name, filler)
            for node in self._of.subjects(TYPE, ox.NamedNode(f"{OWL}Restriction"))
            for owner in self._of.subjects(_ABOVE, node)
            for name in self._of.iris(node, f"{OWL}onProperty")
            for filler in self._of.values(node, f"{OWL}someValuesFrom")
        ]

    def _chosen(self, nodes: Iterable[Term]) -> set[str]:
        return {each for node in nodes for name in self._members(node) for each in self._near(name)}

    def _near(self, name: str) -> list[str]:
        level = [name]
        while level:
            if found := [each for each in level if each in self._classes]:
                return found
            level = [above for each in level for above in self._above(each)]
        return [each for each in self._classes if name in self._ancestors(each)]

    def _above(self, name: str) -> list[str]:
        return self._of.iris(ox.NamedNode(name), _ABOVE)

    def _ancestors(self, name: str) -> set[str]:
        above = self._above(name)
        return {*above, *(each for one in above for each in self._ancestors(one))}

    def _members(self, node: Term) -> Iterator[str]:
        """Give the classes that an expression names: itself, or those of a union."""
        if isinstance(node, ox.NamedNode):
            yield node.value
        for cell in self._of.values(node, f"{OWL}unionOf"):
            for each in self._of.items(cell):
                yield from self._members(each)
