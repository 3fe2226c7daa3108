"""For every axiom that forbids something, the smallest Turtle that does it, and its innocent twin.

The axioms are read from the files: one that is added tomorrow has its mistake at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox

from graph import catalog
from graph.namespaces import PREFIXES

OWL, RDF, RDFS, XSD = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
TWO_VALUES = {
    "string": ("a", "b"),
    "anyURI": ("http://a.example/", "http://b.example/"),
    "boolean": ("true", "false"),
    "integer": ("1", "2"),
    "nonNegativeInteger": ("1", "2"),
    "positiveInteger": ("1", "2"),
    "decimal": ("1.5", "2.5"),
    "dateTime": ("2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z"),
}


@dataclass(frozen=True)
class Mistake:
    """The kind of axiom as the OWL API names it, its terms, what breaks it and what does not."""

    kind: str
    terms: tuple[str, ...]
    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{self.kind}-{'-'.join(term.rpartition('#')[2] for term in self.terms[:3])}"


class Axioms:
    """The triples of a file and its imports, by predicate."""

    def __init__(self, path: Path) -> None:
        self.by_predicate: dict[str, list[ox.Triple]] = defaultdict(list)
        for file in catalog.closure(path):
            for triple in catalog.triples(file):
                self.by_predicate[triple.predicate.value].append(triple)

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        return sorted(
            (named(triple.subject), named(triple.object)) for triple in self.by_predicate[predicate]
        )

    def instances(self, kind: str) -> list[str]:
        return sorted(
            named(triple.subject)
            for triple in self.by_predicate[f"{RDF}type"]
            if triple.object == ox.NamedNode(kind) and isinstance(triple.subject, ox.NamedNode)
        )

    def members(self, kind: str) -> Iterator[tuple[str, ...]]:
        """Give the members of each owl:AllDisjointClasses or owl:AllDisjointProperties."""
        lists = {triple.subject: triple.object for triple in self.by_predicate[f"{OWL}members"]}
        for triple in self.by_predicate[f"{RDF}type"]:
            if triple.object == ox.NamedNode(kind):
                yield tuple(sorted(self._items(lists[triple.subject])))

    def _items(self, cell: object) -> Iterator[str]:
        first = {triple.subject: triple.object for triple in self.by_predicate[f"{RDF}first"]}
        rest = {triple.subject: triple.object for triple in self.by_predicate[f"{RDF}rest"]}
        while isinstance(cell, ox.BlankNode):
            yield named(first[cell])
            cell = rest[cell]


def named(term: object) -> str:
    assert isinstance(term, ox.NamedNode), f"{term}: no mistake is known for nameless terms"
    return term.value


def disjoint_classes(axioms: Axioms) -> list[tuple[str, ...]]:
    return [*axioms.pairs(f"{OWL}disjointWith"), *axioms.members(f"{OWL}AllDisjointClasses")]


def disjoint_pairs(path: Path) -> list[tuple[str, str]]:
    groups = disjoint_classes(Axioms(path))
    return sorted({pair for group in groups for pair in combinations(sorted(group), 2)})


def of(path: Path) -> list[Mistake]:
    axioms = Axioms(path)
    data_properties = set(axioms.instances(f"{OWL}DatatypeProperty"))
    ranges = dict(axioms.pairs(f"{RDFS}range"))
    found = [in_two_classes(group) for group in disjoint_classes(axioms)]
    for term in axioms.instances(f"{OWL}FunctionalProperty"):
        if term in data_properties:
            found.append(two_literals(term, ranges.get(term, f"{XSD}string")))
        else:
            found.append(two_things(term))
    found += [with_itself(term) for term in axioms.instances(f"{OWL}IrreflexiveProperty")]
    found += [both_ways(term) for term in axioms.instances(f"{OWL}AsymmetricProperty")]
    return found


def in_two_classes(group: tuple[str, ...]) -> Mistake:
    one, other = group[:2]
    right = f"<urn:x> a <{one}> . <urn:y> a <{other}> ."
    return Mistake("DisjointClasses", group, f"<urn:x> a <{one}> , <{other}> .", right)


def two_literals(term: str, datatype: str) -> Mistake:
    one, other = (f'"{v}"^^<{datatype}>' for v in TWO_VALUES[datatype.removeprefix(XSD)])
    right = f"<urn:x> <{term}> {one} . <urn:y> <{term}> {other} ."
    wrong = f"<urn:x> <{term}> {one} , {other} ."
    return Mistake("FunctionalDataProperty", (term,), wrong, right)


def two_things(term: str) -> Mistake:
    # Two names may mean one thing: it is a mistake only when they are known to differ.
    right = f"<urn:x> <{term}> <urn:a> , <urn:b> ."
    wrong = f"{right} <urn:a> <{OWL}differentFrom> <urn:b> ."
    return Mistake("FunctionalObjectProperty", (term,), wrong, right)


def with_itself(term: str) -> Mistake:
    right = f"<urn:x> <{term}> <urn:y> ."
    # Spelt so by the OWL API.
    return Mistake("IrrefexiveObjectProperty", (term,), f"<urn:x> <{term}> <urn:x> .", right)


def both_ways(term: str) -> Mistake:
    right = f"<urn:x> <{term}> <urn:y> ."
    wrong = f"{right} <urn:y> <{term}> <urn:x> ."
    return Mistake("AsymmetricObjectProperty", (term,), wrong, right)
