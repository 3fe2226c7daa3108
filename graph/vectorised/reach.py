"""Tells which undertakings assumptions can reach: those that look at what is assumed."""

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
    Undertaking,
    operands,
)


class Reach:
    """What each undertaking of a model looks at: matters, conditions and other undertakings."""

    def __init__(self, model: Model) -> None:
        """Look through every tree once."""
        self._model = model
        self._about: defaultdict[Id, list[Id]] = defaultdict(list)
        for matter in model.matters.values():
            for kind in (matter.occurrence_of, matter.measure):
                if kind:
                    self._about[kind].append(matter.id)
        self._acts: defaultdict[Id, list[Id]] = defaultdict(list)
        for act in model.acts:
            self._acts[act.undertaking].append(act.event)
        self._users: defaultdict[Id, set[Id]] = defaultdict(set)
        for subject in model.undertakings.values():
            for seen in self._seen(subject):
                self._users[seen].add(subject.id)

    def of(self, assumed: Iterable[Id]) -> set[Id]:
        """Give the undertakings that look at any of some things, or at one that does."""
        reached: set[Id] = set()
        found = set(assumed)
        while found:
            users = {user for one in found for user in self._users.get(one, ())}
            found = users - reached
            reached |= found
        return reached

    def _seen(self, subject: Undertaking) -> Iterator[Id]:
        yield from self._acts.get(subject.id, ())
        nodes, consents = list(subject.gates.values()), set[Id]()
        while nodes:
            node = nodes.pop()
            yield node.id
            yield from self._leaf(node)
            nodes += operands(node)
            if isinstance(node, Consents) and node.when is None and node.id not in consents:
                consents.add(node.id)
                tree = self._model.consents.get(node.id)
                nodes += [] if tree is None else [tree]

    def _leaf(self, node: Condition) -> Iterator[Id]:
        match node:
            case Occurs():
                yield node.event
                yield from self._about.get(node.event, ())
            case Approved():
                yield from self._about.get(node.measure, ())
            case Holds():
                yield node.state_of_affairs
            case Determined():
                yield node.matter
            case InState():
                yield node.commitment
