"""The core pattern of the ontology: some classes, and which properties lead from one to another.

Read from domains, ranges and restrictions. It chooses the classes and draws nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import PREFIXES, SV

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

_OWL, _RDF, _RDFS = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"]

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


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
    """Statements of an ontology by subject and predicate."""

    def __init__(self, quads: Iterable[ox.Quad], classes: Sequence[str]) -> None:
        self._classes = classes
        self._said: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            self._said[quad.subject][quad.predicate.value].append(quad.object)

    def properties(self) -> list[str]:
        """Give the object properties to show, by name."""
        found = {
            node.value
            for node in self._said
            if isinstance(node, ox.NamedNode)
            and ox.NamedNode(f"{_OWL}ObjectProperty") in self._values(node, f"{_RDF}type")
        }
        inverse = set(self._named(found, f"{_OWL}inverseOf"))
        general = set(self._named(found, f"{_RDFS}subPropertyOf"))
        return sorted(found - inverse - general)

    def pairs(self, name: str) -> set[tuple[str, str]]:
        """Give the chosen classes that a property leads from and to."""
        node = ox.NamedNode(name)
        starts = self._chosen(self._values(node, f"{_RDFS}domain"))
        ends = self._chosen(self._values(node, f"{_RDFS}range"))
        demanded = (
            pair
            for owner, of, filler in self._restrictions
            if of == name
            for pair in product(self._chosen([owner]), self._chosen([filler]))
        )
        return {*product(starts, ends), *demanded}

    def below(self, name: str) -> tuple[str, ...]:
        """Give the named classes right below one."""
        return tuple(sorted(each for each, above in self._above.items() if name in above))

    @cached_property
    def demanded(self) -> frozenset[str]:
        """Give the properties of which a restriction demands a value."""
        return frozenset(name for _, name, _ in self._restrictions)

    @cached_property
    def _restrictions(self) -> list[tuple[Node, str, Node]]:
        return [
            (node, name.value, filler)
            for node in list(self._said)
            for above in self._values(node, f"{_RDFS}subClassOf")
            for name in self._values(above, f"{_OWL}onProperty")
            for filler in self._values(above, f"{_OWL}someValuesFrom")
            if isinstance(name, ox.NamedNode)
        ]

    @cached_property
    def _above(self) -> Mapping[str, list[str]]:
        return {
            node.value: list(self._named([node.value], f"{_RDFS}subClassOf"))
            for node in list(self._said)
            if isinstance(node, ox.NamedNode)
        }

    def _chosen(self, nodes: Iterable[Node]) -> set[str]:
        return {each for node in nodes for name in self._members(node) for each in self._near(name)}

    def _near(self, name: str) -> list[str]:
        level = [name]
        while level:
            if found := [each for each in level if each in self._classes]:
                return found
            level = [above for each in level for above in self._above.get(each, ())]
        return [each for each in self._classes if name in self._ancestors(each)]

    def _ancestors(self, name: str) -> set[str]:
        above = self._above.get(name, [])
        return {*above, *(each for one in above for each in self._ancestors(one))}

    def _members(self, node: Node) -> Iterator[str]:
        """Give the classes that an expression names: itself, or those of a union."""
        if isinstance(node, ox.NamedNode):
            yield node.value
        for rest in self._values(node, f"{_OWL}unionOf"):
            while first := self._values(rest, f"{_RDF}first"):
                yield from self._members(first[0])
                (rest,) = self._values(rest, f"{_RDF}rest")

    def _named(self, subjects: Iterable[str], predicate: str) -> Iterator[str]:
        for subject in subjects:
            for value in self._values(ox.NamedNode(subject), predicate):
                if isinstance(value, ox.NamedNode):
                    yield value.value

    def _values(self, node: Node, predicate: str) -> Sequence[Node]:
        return self._said[node][predicate] if node in self._said else ()
