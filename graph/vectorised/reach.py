"""Tells what assumptions can reach: the conditions and undertakings that look at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.model import (
    Approved,
    Condition,
    Consents,
    Determined,
    Holds,
    Id,
    InState,
    Model,
    Occurs,
    operands,
)


class Reach:
    """What looks at what: conditions at matters and conditions, undertakings at conditions."""

    def __init__(self, model: Model) -> None:
        """Look through every tree once."""
        self._model = model
        self._recorded: defaultdict[Id, list[Id]] = defaultdict(list)
        for matter in model.matters.values():
            for kind in (matter.occurrence_of, matter.measure):
                if kind:
                    self._recorded[kind].append(matter.id)
        self._users: defaultdict[Id, list[Id]] = defaultdict(list)
        for act in model.acts:
            self._users[act.event].append(act.undertaking)
        for subject in model.undertakings.values():
            reserved = (each.only_when for each in subject.reservations if each.only_when)
            for node in (*subject.gates.values(), *reserved):
                self._look(node, subject.id, set())

    def of(self, assumed: Iterable[Id]) -> set[Id]:
        """Give some things, and all that look at them or at what looks at them."""
        reached: set[Id] = set()
        found = set(assumed)
        while found:
            reached |= found
            found = {user for one in found for user in self._users.get(one, ())} - reached
        return reached

    def _look(self, node: Condition, user: Id, consents: set[Id]) -> None:
        self._users[node.id].append(user)
        for seen in self._leaf(node):
            self._users[seen].append(node.id)
        for operand in operands(node):
            self._look(operand, node.id, consents)
        if isinstance(node, Consents) and node.when is None and node.id not in consents:
            tree = self._model.consents.get(node.id)
            if tree is not None:
                self._look(tree, node.id, consents | {node.id})

    def _leaf(self, node: Condition) -> Iterator[Id]:
        match node:
            case Occurs():
                yield node.event
                yield from self._recorded.get(node.event, ())
            case Approved():
                yield from self._recorded.get(node.measure, ())
            case Holds():
                yield node.state_of_affairs
            case Determined():
                yield node.matter
            case InState():
                yield node.commitment
