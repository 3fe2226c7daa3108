"""Says in words what the axioms of OWL 2 say, with the terms they name kept apart from the words.

It has words for what editors write (https://www.w3.org/TR/owl2-quick-reference/): classes joined,
refused and listed, and restrictions. Anything else is said to be more than words can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.glossary.statements import OWL, TYPE, Statements
from graph.triples import Term


@dataclass(frozen=True, order=True)
class Named:
    """A thing with a name that a reader may want to follow."""

    label: str
    iri: str


Words: TypeAlias = tuple[str | Named, ...]

FUNCTIONAL: Final = OWL + "FunctionalProperty"
_ON: Final = OWL + "onProperty"
_JOINED: Final = {OWL + "unionOf": " or ", OWL + "intersectionOf": " and ", OWL + "oneOf": " or "}
_COUNTED: Final[Mapping[str, str]] = {
    OWL + "minCardinality": "at least",
    OWL + "minQualifiedCardinality": "at least",
    OWL + "maxCardinality": "at most",
    OWL + "maxQualifiedCardinality": "at most",
    OWL + "cardinality": "exactly",
    OWL + "qualifiedCardinality": "exactly",
}
_UNTOLD: Final = "something that only the file says in full"


def plain(words: Words) -> str:
    """Write words as text."""
    return "".join(each.label if isinstance(each, Named) else each for each in words)


def listed(many: Iterable[Words], between: str = ", ") -> Words:
    """Join several sayings by what stands between them."""
    found: list[str | Named] = []
    for each in many:
        found += [between, *each] if found else each
    return tuple(found)


@dataclass(frozen=True)
class Axioms:
    """Puts classes and restrictions into words; `named` gives a name to what has an IRI."""

    statements: Statements
    named: Callable[[str], Named]

    def kind(self, node: Term) -> Words:
        """Name a class, or say what is in one that has no name."""
        if not isinstance(node, ox.BlankNode):
            return (self._value(node),)
        if self.statements.values(node, _ON):
            return ("what ", *self.restriction(node))
        for joining, between in _JOINED.items():
            for cell in self.statements.values(node, joining):
                return listed(map(self.kind, self.statements.items(cell)), between)
        for other in self.statements.values(node, OWL + "complementOf"):
            return ("what is no ", *self.kind(other))
        return (_UNTOLD,)

    def restriction(self, node: Term) -> Words:
        """Say what each member of a class has, after the name of the class."""
        return next(self._restrictions(node), (_UNTOLD,))

    def is_functional(self, iri: str) -> bool:
        """Tell whether a thing has at most one value of a property."""
        return FUNCTIONAL in self.statements.iris(ox.NamedNode(iri), TYPE)

    def _restrictions(self, node: Term) -> Iterator[Words]:
        of = self.statements
        for iri in of.iris(node, _ON):
            prop = self.named(iri)
            for kind in of.values(node, OWL + "someValuesFrom"):
                least = "exactly" if self.is_functional(iri) else "at least"
                yield (f"has {least} one ", prop, *self._of_kind(kind))
            for kind in of.values(node, OWL + "allValuesFrom"):
                yield ("has no other ", prop, " than ", *self.kind(kind))
            for value in of.values(node, OWL + "hasValue"):
                yield ("has ", self._value(value), " as ", prop)
            yield from self._counted(node, prop)

    def _counted(self, node: Term, prop: Named) -> Iterator[Words]:
        kinds = [
            kind
            for qualifier in ("onClass", "onDataRange")
            for kind in self.statements.values(node, OWL + qualifier)
        ]
        for predicate, bound in _COUNTED.items():
            for number in self.statements.texts(node, predicate):
                count = "one" if number.value == "1" else number.value
                of_kind = self._of_kind(kinds[0]) if kinds else ()
                yield (f"has {bound} {count} ", prop, *of_kind)

    def _of_kind(self, kind: Term) -> Words:
        return (" (", *self.kind(kind), ")")

    def _value(self, node: Term) -> str | Named:
        return self.named(node.value) if isinstance(node, ox.NamedNode) else _text(node)


def _text(node: Term) -> str:
    return node.value if isinstance(node, ox.Literal) else _UNTOLD
