"""Derives the derived graphs of a store, and after a change what the change can reach.

What it leaves in the store is what deriving everything anew would leave there, triple for triple.
Rules: docs/semantics.md, "Derived graphs".
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from threading import Lock
from typing import Final

import pyoxigraph as ox

from graph import derived
from graph.chronicle import Chronicle, chronicle
from graph.claims import Policy
from graph.derived import VIEWS, View
from graph.edges import Choice, Waiting, choices, waiting
from graph.elements import OF_CIRCLES, Elements, Kind
from graph.following import Following
from graph.journal import Transaction
from graph.lifecycle import Lifecycle
from graph.model import Id, Model
from graph.store import Store
from graph.timeline import NEVER, Day
from graph.world import World

_BATCH: Final = 64
"""How many undertakings are judged in one world.

What could be known on another day is judged in a world of that day, which indexes its model.
"""


@dataclass
class Kept:
    """What was derived for one view: chronicles by undertaking and debtor, and circles."""

    view: View
    chronicles: dict[Id, dict[Id, Chronicle]] = field(default_factory=dict)
    circles: set[Waiting] = field(default_factory=set)

    def judge(self, elements: Elements, undertakings: Collection[Id]) -> None:
        """Derive the chronicles of some undertakings, of those that are still there."""
        waiting = sorted(undertakings)
        for start in range(0, len(waiting), _BATCH):
            self._judge(elements, waiting[start : start + _BATCH])

    def _judge(self, elements: Elements, undertakings: Sequence[Id]) -> None:
        model = elements.around(undertakings, without=OF_CIRCLES)
        lifecycle = Lifecycle(self._world(model))
        for iri in undertakings:
            self.chronicles.pop(iri, None)
            if subject := model.undertakings.get(iri):
                self.chronicles[iri] = {
                    debtor: chronicle(lifecycle, iri, debtor) for debtor in subject.debtors
                }

    def encircle(self, model: Model, day: Day, chosen: Sequence[Choice], names: Reach) -> None:
        """Find the circles of a day that some names are part of."""
        world = self._world(model)
        found = {circle for choice in chosen for circle in waiting(world, day, choice)}
        gone = {circle for circle in self.circles if names.has(circle)}
        self.circles = (self.circles - gone) | {circle for circle in found if names.has(circle)}

    def written(self, undertakings: Collection[Id], names: Reach, day: Day) -> Iterator[ox.Quad]:
        """Write what is derived of some undertakings, and the circles some names are part of."""
        for iri in undertakings:
            of_debtors = self.chronicles.get(iri, {})
            for debtor, found in of_debtors.items():
                yield from derived.phases(self.view, iri, debtor, found.entries)
                for owed in found.obligations:
                    yield from derived.obligation(self.view, owed)
            yield from derived.current(self.view, iri, of_debtors.values(), day)
        for circle in self.circles:
            if names.has(circle):
                yield from derived.circle(self.view, circle)

    def _world(self, model: Model) -> World:
        known_at = NEVER if self.view.known_at is None else self.view.known_at
        return World(model, known_at, Policy(self.view.rule))


@dataclass(frozen=True, slots=True)
class Reach:
    """The names whose circles may have changed; all of them where there are none given."""

    names: frozenset[Id] | None = None

    def has(self, circle: Waiting) -> bool:
        """Tell whether a circle goes through one of the names."""
        return self.names is None or not self.names.isdisjoint(circle.names)


EVERYWHERE = Reach()


class Derivation:
    """The derived graphs of one store, for some views and one day.

    The caller says which day it is, and tells of every transaction once the store has applied it.
    While something recorded cannot be read, the graphs say so and hold nothing else.
    """

    def __init__(self, store: Store, day: Day, views: Sequence[View] = VIEWS) -> None:
        """Derive everything."""
        self.day = day
        self._store = store
        self._one_at_a_time = Lock()
        self._version = store.head
        self._following = Following(store)
        self._kept = [Kept(view) for view in views]
        self._choices: list[Choice] = []
        self._derive(self._all(), EVERYWHERE)
        store.derive((), self._written(self._all(), EVERYWHERE))

    def follow(self, transaction: Transaction) -> None:
        """Derive again what a transaction can reach."""
        with self._one_at_a_time:
            self._follow(transaction)

    def at_day(self, day: Day) -> None:
        """Bring what holds on one day to another day."""
        with self._one_at_a_time:
            if day != self.day:
                self._turn_to(day)

    def _follow(self, transaction: Transaction) -> None:
        heading = set(self._heading())
        undertakings, reach = self._reached(transaction)
        before = heading.union(*(one.written(undertakings, reach, self.day) for one in self._kept))
        self._version = transaction.seq
        self._derive(undertakings, reach)
        self._replace(before, undertakings, reach)

    def _turn_to(self, day: Day) -> None:
        undertakings = self._all()
        before = set(self._written(undertakings, EVERYWHERE))
        self.day = day
        self._derive((), EVERYWHERE)
        self._replace(before, undertakings, EVERYWHERE)

    def _reached(self, transaction: Transaction) -> tuple[set[Id], Reach]:
        """Read what changed; give the undertakings and the circles that this may change."""
        was_faulty = bool(self._following.faults)
        touched = self._following.follow(_subjects(transaction))
        if was_faulty or self._following.faults:
            return self._all(), EVERYWHERE
        elements = self._following.elements
        stand = elements.reached(touched, without=OF_CIRCLES)
        undertakings = {iri for kind, iri in stand if kind is Kind.UNDERTAKING}
        undertakings |= {iri for kept in self._kept for iri in touched & kept.chronicles.keys()}
        around = elements.reached(touched)
        if any(kind is Kind.READING for kind, _ in around) or self._choices != self._chosen():
            return undertakings, EVERYWHERE
        return undertakings, Reach(touched | {iri for _, iri in around})

    def _derive(self, undertakings: Collection[Id], reach: Reach) -> None:
        elements = self._following.elements
        self._choices = self._chosen()
        if self._following.faults:
            for kept in self._kept:
                kept.chronicles.clear()
                kept.circles.clear()
            return
        if reach.names is None:
            model = elements.whole()
        else:
            model = elements.around(reach.names | elements.ids(Kind.READING))
        for kept in self._kept:
            kept.judge(elements, undertakings)
            kept.encircle(model, self.day, self._choices, reach)

    def _replace(self, before: set[ox.Quad], undertakings: Collection[Id], reach: Reach) -> None:
        after = set(self._written(undertakings, reach))
        self._store.derive(before - after, after - before)

    def _written(self, undertakings: Collection[Id], reach: Reach) -> Iterator[ox.Quad]:
        yield from self._heading()
        for kept in self._kept:
            yield from kept.written(undertakings, reach, self.day)

    def _heading(self) -> Iterator[ox.Quad]:
        faults = sorted(str(fault) for fault in self._following.faults.values())
        for kept in self._kept:
            yield from derived.heading(kept.view, self._version, self.day, faults)
            for chosen in () if faults else self._choices:
                yield from derived.choice(kept.view, chosen)

    def _chosen(self) -> list[Choice]:
        return choices(self._following.elements.readings())

    def _all(self) -> set[Id]:
        known = set(self._following.elements.ids(Kind.UNDERTAKING))
        return known.union(*(kept.chronicles for kept in self._kept))


def _subjects(transaction: Transaction) -> set[Id]:
    return {
        quad.subject.value
        for quad in chain(transaction.adds, transaction.removes)
        if isinstance(quad.subject, ox.NamedNode)
    }
