"""What Turtle files state, as lines of text that stay the same for the same axioms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from graph import catalog
from graph.namespaces import prefixed

SYMMETRIC: Final = {"owl:disjointWith", "owl:inverseOf", "owl:equivalentClass"}
"""What may be said from either side."""
# Lists whose order means nothing.
_SETS: Final = {"owl:members", "owl:unionOf", "owl:intersectionOf", "owl:oneOf", "owl:hasKey"}


class Statement(NamedTuple):
    """One triple in prefixed names; what has no name of its own is written out in brackets."""

    subject: str
    predicate: str
    object: str


def statements(files: Iterable[Path]) -> set[Statement]:
    """Give what files state, in a form that stays the same for the same axioms."""
    found: set[Statement] = set()
    for file in files:
        found.update(_Reading(catalog.triples(file)).statements())
    return found


class _Reading:
    """The triples of one file, whose nameless things are written out where they are used."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._about: dict[object, list[ox.Triple]] = defaultdict(list)
        self._used: set[object] = set()
        for triple in triples:
            self._about[triple.subject].append(triple)
            self._used.add(triple.object)

    def statements(self) -> Iterator[Statement]:
        for subject, triples in self._about.items():
            if isinstance(subject, ox.NamedNode):
                for triple in triples:
                    yield self._ordered(_short(subject), triple)
            elif subject not in self._used:
                yield from self._axiom(subject, triples)

    def _ordered(self, subject: str, triple: ox.Triple) -> Statement:
        predicate = _short(triple.predicate)
        value = self._written(triple.object, predicate)
        if predicate in SYMMETRIC:
            subject, value = sorted((subject, value))
        return Statement(subject, predicate, value)

    def _axiom(self, node: object, triples: list[ox.Triple]) -> Iterator[Statement]:
        members = [t.object for t in triples if _short(t.predicate) == "owl:members"]
        classes = any(_short(t.object) == "owl:AllDisjointClasses" for t in triples)
        if classes and members:
            # Pairs, so that one more member is a change of its own pairs alone.
            for one, other in combinations(sorted(self._items(members[0])), 2):
                yield Statement(one, "owl:disjointWith", other)
        else:
            yield Statement(self._written(node, ""), "", "")

    def _written(self, node: object, predicate: str) -> str:
        if not isinstance(node, ox.BlankNode):
            return _short(node)
        if any(_short(t.predicate) == "rdf:first" for t in self._about[node]):
            items = self._items(node)
            return f"( {' '.join(sorted(items) if predicate in _SETS else items)} )"
        inside = [
            f"{_short(t.predicate)} {self._written(t.object, _short(t.predicate))}"
            for t in self._about[node]
        ]
        return f"[ {' ; '.join(sorted(inside))} ]"

    def _items(self, cell: object) -> list[str]:
        items: list[str] = []
        while isinstance(cell, ox.BlankNode):
            cells = {_short(t.predicate): t.object for t in self._about[cell]}
            items.append(self._written(cells["rdf:first"], ""))
            cell = cells["rdf:rest"]
        return items


def _short(term: object) -> str:
    if isinstance(term, ox.NamedNode) and (name := prefixed(term.value)) != term.value:
        return name
    return str(term).replace("\t", "\\t").replace("\n", "\\n")
