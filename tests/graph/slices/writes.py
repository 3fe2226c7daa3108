"""Draws writes at random and compares the verdict on a slice with the one on the whole graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from random import Random

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.dataset import read_datasets
from graph.journal import Change, Transaction
from graph.memory_store import MemoryStore
from graph.namespaces import ONTOLOGY, PREFIXES, SV
from graph.rules import read_rules
from graph.skolem import skolemised
from graph.slices.verdict import judge_change
from graph.store import Term
from graph.validate import Finding, validate
from tests.shapes.conftest import TESTS, complete, ontology

TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
DATA = TESTS.parent / "data"
# How many things of the shipped data stand beside the complete dataset, and after how many writes
# a walk starts again: a graph full of mistakes has room for few new ones.
THINGS, STRIDE = 40, 12
CIRCULAR = ("memberOf", "operand", "anchor", "remedy", "elementOf", "subsetOf", "belongsTo")


@cache
def base() -> tuple[ox.Quad, ...]:
    """Give the classes and lists of the ontology, the complete dataset, and things of the data."""
    known = [quad for quad in ontology() if quad.predicate in (TYPE, SUBCLASS)]
    shipped = [quad for dataset in read_datasets([DATA]) for quad in dataset.quads]
    things = sorted({quad.subject for quad in shipped}, key=str)
    chosen = set(Random(7).sample(things, THINGS))
    return (*known, *complete().quads, *(quad for quad in shipped if quad.subject in chosen))


def in_ontology(quad: ox.Quad) -> bool:
    return str(quad.graph_name).startswith(f"<{ONTOLOGY}")


def transaction(store: MemoryStore, change: Change) -> Transaction:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    fields = (change.adds, change.removes, "", "", "")
    return Transaction(store.head + 1, at, "a", "editor", "test", "", *fields)


def store_of(quads: Iterable[ox.Quad]) -> MemoryStore:
    store = MemoryStore()
    store.apply(transaction(store, Change(tuple(quads))))
    return store


class Writer:
    """Draws changes of a store: of one to five statements, of whole things, of hubs."""

    def __init__(self, random: Random, store: MemoryStore) -> None:
        """Look at what there is to change."""
        self.random = random
        self.quads = sorted(store.quads(), key=str)
        self.data = [quad for quad in self.quads if not in_ontology(quad)]
        self.things = sorted({quad.subject for quad in self.data}, key=str)
        self.values = sorted({quad.object for quad in self.data}, key=str)
        self.busy = Counter(quad.object for quad in self.data)

    def change(self) -> Change:
        """Draw a change that does something."""
        kinds: list[tuple[int, Callable[[], tuple[list[ox.Quad], list[ox.Quad]]]]] = [
            (4, self.remove_some),
            (2, self.remove_thing),
            (4, self.point_elsewhere),
            (5, self.add_some),
            (2, self.copy_thing),
            (2, self.close_circle),
            (2, self.untype_hub),
            (2, self.add_unnamed),
            (1, self.touch_ontology),
        ]
        draw = self.random.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])[0]
        adds, removes = draw()
        there = set(self.quads)
        added, removed = set(adds) - there, (set(removes) & there) - set(adds)
        change = Change(tuple(sorted(added, key=str)), tuple(sorted(removed, key=str)))
        return change or self.change()

    def remove_some(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        return [], self.random.sample(self.data, self.random.randint(1, 5))

    def remove_thing(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        thing = self.random.choice(self.things)
        return [], [quad for quad in self.data if quad.subject == thing]

    def point_elsewhere(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        old = self.random.sample(self.data, self.random.randint(1, 3))
        return [self.other(quad) for quad in old], old

    def add_some(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        like = self.random.sample(self.data, self.random.randint(1, 5))
        return [self.other(quad, self.random.choice(self.things)) for quad in like], []

    def copy_thing(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        thing = self.random.choice(self.things)
        name = ox.NamedNode(f"{SV}copy-{self.random.randrange(10**6)}")
        about = [quad for quad in self.data if quad.subject == thing]
        kept = [quad for quad in about if self.random.random() < 0.8]
        return [ox.Quad(name, q.predicate, q.object, q.graph_name) for q in kept], []

    def close_circle(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        links = [q for q in self.data if q.predicate.value.removeprefix(SV) in CIRCULAR]
        if not links:
            return self.add_some()
        link = self.random.choice(links)
        assert isinstance(link.object, ox.NamedNode)
        return [ox.Quad(link.object, link.predicate, link.subject, link.graph_name)], []

    def untype_hub(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        hubs = [thing for thing, _ in self.busy.most_common(25) if thing in set(self.things)]
        hub = self.random.choice(hubs or self.things)
        return [], [quad for quad in self.data if quad.subject == hub and quad.predicate == TYPE]

    def add_unnamed(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        link = self.random.choice([q for q in self.data if isinstance(q.object, ox.NamedNode)])
        about = [q for q in self.data if q.subject == link.object]
        unnamed = ox.BlankNode()
        quads = [ox.Quad(link.subject, link.predicate, unnamed, link.graph_name)]
        quads += [ox.Quad(unnamed, q.predicate, q.object, q.graph_name) for q in about]
        return skolemised(quads), []

    def touch_ontology(self) -> tuple[list[ox.Quad], list[ox.Quad]]:
        return [], [self.random.choice([quad for quad in self.quads if in_ontology(quad)])]

    def other(self, quad: ox.Quad, subject: Term | None = None) -> ox.Quad:
        """Give a quad with another value: one of the same property, or of any, or ill-typed."""
        alike = [each.object for each in self.data if each.predicate == quad.predicate]
        ill: list[Term] = [ox.Literal("x"), ox.Literal("-1", datatype=_integer()), ox.Literal("")]
        pool = self.random.choices([alike, self.values, ill], [6, 3, 1])[0]
        thing = quad.subject if subject is None else subject
        assert isinstance(thing, ox.NamedNode)
        return ox.Quad(thing, quad.predicate, self.random.choice(pool), quad.graph_name)


def _integer() -> ox.NamedNode:
    return ox.NamedNode(PREFIXES["xsd"] + "integer")


@dataclass
class Tally:
    """What came of a walk of random writes."""

    writes: int = 0
    slices: int = 0
    full: int = 0
    differing: int = 0
    """How often the findings of the graph were changed by the write."""
    most_foci: int = 0
    naive: int = 0
    """How often judging the changed subjects alone would have gone wrong."""
    mistakes: list[str] = field(default_factory=list)


def walk(seed: int, writes: int) -> Tally:
    """Make random writes, each judged both ways, and compare.

    Of a slice, the findings must be those of the whole graph for its focus nodes; all others must
    be as they were before the write.
    """
    random, tally = Random(seed), Tally()
    while tally.writes < writes:
        store = store_of(base())
        before = set(validate(store.quads()))
        for _ in range(min(STRIDE, writes - tally.writes)):
            change = Writer(random, store).change()
            before = _compare(store, change, before, tally)
    return tally


def _compare(
    store: MemoryStore, change: Change, before: set[Finding], tally: Tally
) -> set[Finding]:
    verdict = judge_change(Candidate(store, change), read_rules())
    store.apply(transaction(store, change))
    after = set(validate(store.quads()))
    expected = set(verdict.findings)
    if verdict.foci is None:
        tally.full += 1
    else:
        tally.slices += 1
        tally.most_foci = max(tally.most_foci, len(verdict.foci))
        expected |= {finding for finding in before if finding.focus not in verdict.foci}
    tally.writes += 1
    tally.differing += before != after
    if expected != after:
        tally.mistakes.append(f"{change}: {expected ^ after}")
    changed = {str(quad.subject).strip("<>") for quad in (*change.adds, *change.removes)}
    naive = {f for f in before if f.focus not in changed} | {f for f in after if f.focus in changed}
    tally.naive += naive != after
    return after
