"""Why an undertaking stands where it stands, and what is left to wait for.

It gives structures: `graph.sentences` puts them into words. Rules: docs/semantics.md,
"Explanation".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.claims import Ground
from graph.lifecycle import Lifecycle, Phase
from graph.model import (
    After,
    AllOf,
    AnyOf,
    Approved,
    AtLeast,
    Before,
    Condition,
    Consents,
    Determined,
    Elapsed,
    Evidence,
    Gate,
    Holds,
    Id,
    Occurs,
    Within,
    operands,
)
from graph.timeline import Day
from graph.truth import Truth, Value
from graph.world import Assumption


@dataclass(frozen=True, slots=True)
class Explained:
    """One node of a condition tree on one day.

    `contributes` says that the value of the whole tree rests on this node's; `supporting` and
    `opposing` are the claims that decide a leaf; `assumed` is what the scenario lays over them, or
    over the node; `open` says that its value can still change. An approval that is met
    `applies` unless the debtor does not need it.
    """

    condition: Condition
    value: Value
    contributes: bool
    supporting: tuple[Evidence, ...] = ()
    opposing: tuple[Evidence, ...] = ()
    operands: tuple[Explained, ...] = ()
    assumed: tuple[Assumption, ...] = ()
    applies: bool = True

    @property
    def open(self) -> bool:
        """Tell whether the value can still change."""
        return not self.value.settled

    def leaves(self) -> Iterable[Explained]:
        """Give the nodes without operands, from left to right."""
        if not self.operands:
            yield self
        for operand in self.operands:
            yield from operand.leaves()


# What is left to wait for: the tree without what is met and what is ruled out


@dataclass(frozen=True, slots=True)
class For:
    """One condition has to come about."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Every:
    """All of several waits have to end."""

    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """A number of several waits have to end; one, for an alternative."""

    minimum: int
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """One wait has to end, and after that another."""

    first: Wait
    second: Wait


Wait: TypeAlias = For | Every | Some | Then


@dataclass(frozen=True, slots=True)
class Explanation:
    """A phase with the trees of the undertaking's gates and what it waits for."""

    undertaking: Id
    debtor: Id
    day: Day
    phase: Phase
    gates: dict[Gate, Explained]
    waits_for: Wait | None


@dataclass(frozen=True)
class Explainer:
    """Explains one undertaking for one debtor on one day."""

    lifecycle: Lifecycle
    undertaking: Id
    debtor: Id
    day: Day

    def explanation(self) -> Explanation:
        """Give the phase, the trees of all gates, and what the deciding gate waits for."""
        phase = self.lifecycle.phase(self.undertaking, self.debtor, self.day)
        subject = self.lifecycle.world.model.undertakings[self.undertaking]
        gates = subject.gates_for(self.debtor)
        decides = phase.standing.gate
        waits = decides in {Gate.ESTABLISHED, Gate.ACTIVATED} and decides in gates
        return Explanation(
            undertaking=self.undertaking,
            debtor=self.debtor,
            day=self.day,
            phase=phase,
            gates={gate: self.tree(node) for gate, node in gates.items()},
            waits_for=self.wait(gates[decides]) if waits and decides is not None else None,
        )

    def tree(self, node: Condition, contributes: bool = True) -> Explained:
        """Explain a condition and everything below it."""
        value = self._value(node)
        grounds = self._grounds(node)
        carriers = self._carriers(node, value) if contributes else ()
        return Explained(
            condition=node,
            value=value,
            contributes=contributes,
            supporting=tuple(claim for ground in grounds for claim in ground.supporting),
            opposing=tuple(claim for ground in grounds for claim in ground.opposing),
            operands=tuple(self.tree(each, each in carriers) for each in operands(node)),
            assumed=self._assumed(node),
            applies=value.truth is not Truth.TRUE or self._applies(node),
        )

    def wait(self, node: Condition) -> Wait | None:
        """Give what is left of a condition; nothing of one that is met or ruled out."""
        value = self._value(node)
        if value.truth is Truth.TRUE or (value.truth is Truth.FALSE and value.settled):
            return None
        match node:
            case AllOf():
                return _every(self._waits(node.operands))
            case AnyOf():
                return _some(1, self._waits(node.operands))
            case AtLeast():
                met = sum(self._value(each).truth is Truth.TRUE for each in node.operands)
                return _some(node.minimum - met, self._waits(node.operands))
            case After():
                second = self.wait(node.operand) or For(node.operand)
                first = self.wait(node.anchor)
                return second if first is None else Then(first, second)
            case Consents() if node.when is not None:
                return self.wait(node.when)
        return For(node)

    def _waits(self, nodes: Iterable[Condition]) -> list[Wait]:
        return [wait for node in nodes if (wait := self.wait(node)) is not None]

    def _value(self, node: Condition) -> Value:
        return self.lifecycle.timeline(node, self.undertaking, self.debtor).at(self.day)

    def _carriers(self, node: Condition, value: Value) -> tuple[Condition, ...]:
        """Give the operands that a node's value rests on: those that share its truth.

        It rests on all of them where times are compared, and where none shares it.
        """
        below = operands(node)
        if isinstance(node, Before | Within | Elapsed):
            return below
        sharing = tuple(each for each in below if self._value(each).truth is value.truth)
        return sharing or below

    def _assumed(self, node: Condition) -> tuple[Assumption, ...]:
        """Give what the scenario assumes on the day of a condition or of what it looks at."""
        world = self.lifecycle.world
        found = (world.assumption(each, self.day) for each in (node.id, *self._matters(node)))
        return tuple(each for each in found if each is not None)

    def _grounds(self, node: Condition) -> list[Ground]:
        """Give the claims that decide a leaf, by matter."""
        world = self.lifecycle.world
        if isinstance(node, Determined) and node.authority is not None:
            return [world.findings(node.matter, node.authority).on(self.day)]
        return [world.ground(each, self.day) for each in self._matters(node)]

    def _matters(self, node: Condition) -> Sequence[Id]:
        """Give the matters that decide a leaf, whoever speaks of them."""
        match node:
            case Occurs():
                return self.lifecycle.world.counted(node)
            case Holds():
                return (node.state_of_affairs,)
            case Determined(authority=None):
                return (node.matter,)
            case Approved() if self._applies(node):
                return self.lifecycle.world.approving(node, self.debtor)
        return ()

    def _applies(self, node: Condition) -> bool:
        groups = self.lifecycle.world.model.members.get(self.debtor, frozenset())
        return not isinstance(node, Approved) or node.applies(self.debtor, groups)


def leaves(wait: Wait) -> Iterable[Condition]:
    """Give the conditions that a wait names, from left to right."""
    match wait:
        case For():
            yield wait.condition
        case Every() | Some():
            for each in wait.waits:
                yield from leaves(each)
        case Then():
            yield from leaves(wait.first)
            yield from leaves(wait.second)


def _every(waits: list[Wait]) -> Wait | None:
    """Join waits that must all end; what one of them names as its first step is said once."""
    firsts = [wait.first for wait in waits if isinstance(wait, Then)]
    kept = [wait for wait in waits if wait not in firsts]
    return kept[0] if len(kept) == 1 else Every(tuple(kept)) if kept else None


def _some(minimum: int, waits: list[Wait]) -> Wait | None:
    if minimum >= len(waits):
        return _every(waits)
    return Some(minimum, tuple(waits))
