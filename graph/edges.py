"""The circles of a world on a day under chosen readings, with who holds each edge of them.

Rules: docs/semantics.md, "Circles".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from graph.circularity import Atom, Circle, Rules, Sort, Way
from graph.dependencies import Dependencies
from graph.elements import asked
from graph.lifecycle import Lifecycle
from graph.model import Condition, Gate, Id, Model, Reading
from graph.readings import turned_back, under
from graph.timeline import Day
from graph.unlocking import holders
from graph.world import World

Choice = frozenset[Id]
"""Readings that are chosen together; none of them for the source's own words."""

MOST_CHOICES: Final = 64


@dataclass(frozen=True, slots=True)
class Edge:
    """One atom of a circle waits for another, through leaves of what it hangs on.

    `holders` are those who can let go of it: who owes the waiting commitment or gives the waiting
    consent, else who gives the one waited for.
    """

    waiter: Atom
    awaited: Atom
    holders: tuple[Id, ...]
    through: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A circle under chosen readings, with the way of each atom and the edges between them."""

    choice: Choice
    circle: Circle
    ways: tuple[Way, ...]
    edges: tuple[Edge, ...]

    @property
    def names(self) -> frozenset[Id]:
        """Give the identifiers of what waits."""
        return frozenset(atom.iri for atom in self.circle.atoms)


def choices(readings: Iterable[Reading]) -> list[Choice]:
    """Give what can be chosen together: at most one reading for each matter, or none.

    Not those that take matters for each other in a circle. Where that makes more than
    `MOST_CHOICES`, only none and each reading alone.
    """
    by_id = {reading.id: reading for reading in readings}
    of_matter: dict[Id, list[Choice]] = {}
    alone: list[Choice] = [frozenset()]
    for reading in sorted(by_id.values(), key=lambda each: each.id):
        alone.append(frozenset({reading.id}))
        of_matter.setdefault(reading.matter or reading.id, [frozenset()]).append(alone[-1])
    together = 1
    for options in of_matter.values():
        together *= len(options)
    if together > MOST_CHOICES:
        return alone
    found = (frozenset[Id]().union(*chosen) for chosen in product(*of_matter.values()))
    possible = (one for one in found if turned_back(by_id[each] for each in one) is None)
    return sorted(possible, key=lambda choice: (len(choice), sorted(choice)))


def waiting(world: World, day: Day, choice: Choice) -> Iterator[Waiting]:
    """Give the circles of a world on a day under chosen readings."""
    read = under(world.model, [world.model.readings[each] for each in sorted(choice)])
    rules = Dependencies(Lifecycle(replace(world, model=read)), day).rules
    held = _holders(read)
    for circle in rules.circles():
        yield Waiting(
            choice,
            circle,
            tuple(rules.way(atom) for atom in circle.atoms),
            tuple(_edges(read, rules, circle, held)),
        )


def _edges(
    model: Model, rules: Rules, circle: Circle, held: Mapping[Id, tuple[Id, ...]]
) -> Iterator[Edge]:
    for waiter in circle.atoms:
        for awaited in rules.waits_for(waiter):
            if awaited in circle.atoms:
                who = held.get(waiter.iri) or held.get(awaited.iri, ())
                yield Edge(waiter, awaited, who, _through(model, waiter, awaited))


def _holders(model: Model) -> Mapping[Id, tuple[Id, ...]]:
    """Give who holds each consent, finding and approval, and who owes each undertaking."""
    held = {iri: (holder,) for iri, holder in holders(model).items()}
    return held | {each.id: each.debtors for each in model.undertakings.values()}


def _through(model: Model, waiter: Atom, awaited: Atom) -> tuple[Id, ...]:
    """Give the leaves by which one atom waits for another; none where it binds before it is due."""
    matter = model.matters.get(awaited.iri)
    names = {awaited.iri}
    if matter is not None:
        names |= {matter.occurrence_of or matter.id, matter.measure or matter.id}
    return tuple(
        sorted(
            {
                leaf.id
                for root in _trees(model, waiter)
                for leaf, name in asked(root)
                if name in names
            }
        )
    )


def _trees(model: Model, atom: Atom) -> Iterable[Condition]:
    match atom.sort:
        case Sort.BINDS:
            return _gate(model, atom.iri, Gate.ESTABLISHED)
        case Sort.IN_FORCE:
            return _gate(model, atom.iri, Gate.ACTIVATED)
        case Sort.CONSENT:
            return [model.consents[atom.iri]] if atom.iri in model.consents else []
    return model.matters[atom.iri].enabled_when


def _gate(model: Model, undertaking: Id, gate: Gate) -> list[Condition]:
    subject = model.undertakings[undertaking]
    gates = [subject.gates_for(debtor) for debtor in subject.debtors] or [subject.gates]
    return [each[gate] for each in gates if gate in each]
