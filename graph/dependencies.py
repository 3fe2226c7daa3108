"""Builds the AND/OR rules of a world on a day: what needs what, leaving out what is so already.

Rules: docs/semantics.md, "Circles".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.circularity import (
    EXCLUDED,
    GIVEN,
    AtLeastOf,
    Atom,
    Exclusion,
    Formula,
    Rules,
    Sort,
    either,
    every,
)
from graph.lifecycle import Lifecycle, standing
from graph.model import (
    After,
    AllOf,
    AnyOf,
    Approved,
    AtLeast,
    Before,
    Condition,
    Consents,
    DateReached,
    Determined,
    Elapsed,
    Gate,
    Holds,
    Id,
    InState,
    Occurs,
    State,
    Structure,
    Undertaking,
    UndertakingKind,
    Within,
)
from graph.timeline import Day
from graph.truth import RULED_OUT, Truth

_BINDING = frozenset({State.CONDITIONAL, State.IN_FORCE})
_ENDED = frozenset({State.RELEASED, State.WITHDRAWN, State.LAPSED, State.EXPIRED})


@dataclass
class Dependencies:
    """Reads rules off the conditions of a model as they stand on one day."""

    lifecycle: Lifecycle
    day: Day
    _needs: dict[Atom, Formula] = field(default_factory=dict)

    @cached_property
    def rules(self) -> Rules:
        """Give the rules of every commitment and of everything that its conditions touch."""
        model = self.lifecycle.world.model
        for undertaking in model.undertakings.values():
            if undertaking.kind is UndertakingKind.COMMITMENT:
                self._commitment(undertaking)
        for matter in model.matters.values():
            if matter.enabled_when:
                self._matter(matter.id)
        return Rules(self._needs)

    def binds(self, subject: Undertaking, debtor: Id) -> Formula:
        """Say what it takes that a commitment binds one of its debtors."""
        return self._gates(subject, debtor, (Gate.ESTABLISHED,))

    def in_force(self, subject: Undertaking, debtor: Id) -> Formula:
        """Say what it takes that a commitment is in force for one of its debtors."""
        return self._gates(subject, debtor, (Gate.ESTABLISHED, Gate.ACTIVATED))

    def _gates(self, subject: Undertaking, debtor: Id, gates: Iterable[Gate]) -> Formula:
        """Join gates for one debtor; for whom it has ended, or never was, they never open."""
        if self._shut(subject, debtor):
            return EXCLUDED
        each = subject.owing_with(debtor)
        return every(self._owed(gate, subject, one) for gate in gates for one in each)

    def owing(self, subject: Undertaking) -> tuple[Id, ...]:
        """Give the debtors for whom a commitment is, or can still come, in force."""
        return tuple(debtor for debtor in subject.debtors if not self._shut(subject, debtor))

    def _shut(self, subject: Undertaking, debtor: Id) -> bool:
        course = self.lifecycle.course(subject.id, debtor)
        return subject.excludes(debtor) or standing(course, self.day).state in _ENDED

    def exclusions(self) -> list[Exclusion]:
        """Give the pairs of matters that are declared incompatible."""
        hung_on = self.rules.atoms
        return [
            Exclusion(pair, every(self._holding(matter, hung_on) for matter in pair))
            for pair in self.lifecycle.world.model.exclusive
        ]

    def _holding(self, matter: Id, hung_on: frozenset[Atom]) -> Formula:
        """Say what it takes that a matter holds.

        What a commitment brings about holds by its being in force for one debtor, and in no other
        way unless something hangs on it.
        """
        bringing = [
            formula
            for each in self.lifecycle.world.model.undertakings.values()
            if matter in each.brings_about and each.kind is UndertakingKind.COMMITMENT
            for formula in (
                self._commitment(each),
                *(self.in_force(each, debtor) for debtor in each.debtors),
            )
        ]
        itself = self._matter(matter)
        by_others = bringing and isinstance(itself, Atom) and itself not in hung_on
        return either(bringing if by_others else (itself, *bringing))

    def _commitment(self, subject: Undertaking) -> Formula:
        """Say that a commitment is in force once it binds and is activated for its debtors."""
        in_force, binds = Atom(subject.id, Sort.IN_FORCE), Atom(subject.id, Sort.BINDS)
        if in_force not in self._needs:
            # Entered before its gates are read: one of them may lead back to it.
            self._needs[in_force] = self._needs[binds] = EXCLUDED
            left = self.owing(subject)
            self._needs[binds] = self._gate(subject, Gate.ESTABLISHED, left)
            self._needs[in_force] = every((binds, self._gate(subject, Gate.ACTIVATED, left)))
        return in_force

    def _gate(self, subject: Undertaking, gate: Gate, left: Sequence[Id]) -> Formula:
        if not subject.debtors:
            return self._node(subject.gates[gate], None) if gate in subject.gates else GIVEN
        if not left:
            return EXCLUDED
        each = subject.bound if subject.structure is Structure.JOINT else left
        return every(dict.fromkeys(self._owed(gate, subject, one) for one in each))

    def _owed(self, gate: Gate, subject: Undertaking, debtor: Id) -> Formula:
        """Leave out what is met for a debtor, and exclude what can no longer come about."""
        node = subject.gates_for(debtor).get(gate)
        if node is None:
            return GIVEN
        value = self.lifecycle.timeline(node, subject.id, debtor).at(self.day)
        if value.truth is Truth.TRUE:
            return GIVEN
        return EXCLUDED if value == RULED_OUT else self._node(node, debtor)

    def _node(self, node: Condition, debtor: Id | None) -> Formula:
        """Read a condition, unless the scenario says what becomes of it."""
        assumed = self.lifecycle.world.assumption(node.id, self.day)
        match assumed and assumed.truth:
            case Truth.TRUE:
                return GIVEN
            case Truth.FALSE:
                return EXCLUDED
        return self._operator(node, debtor)

    def _operator(self, node: Condition, debtor: Id | None) -> Formula:
        match node:
            case AllOf():
                return every(self._each(node.operands, debtor))
            case AnyOf():
                return either(self._each(node.operands, debtor))
            case AtLeast():
                return AtLeastOf(node.minimum, tuple(self._each(node.operands, debtor)))
            case After():
                return every(self._each((node.anchor, node.operand), debtor))
            case Before() | Within():
                return self._node(node.operand, debtor)
            case Elapsed():
                return self._node(node.anchor, debtor)
        return self._leaf(node, debtor)

    def _each(self, nodes: Iterable[Condition], debtor: Id | None) -> list[Formula]:
        return [self._node(node, debtor) for node in nodes]

    def _leaf(self, node: Condition, debtor: Id | None) -> Formula:
        """Read a leaf; what no rule covers is an act that somebody is free to do."""
        world = self.lifecycle.world
        match node:
            case Occurs():
                cases = world.occurrences.get(node.event, ())
                return either(self._matter(event) for event in (node.event, *cases))
            case Holds():
                return self._matter(node.state_of_affairs)
            case Determined():
                return every((self._matter(node.matter), Atom(node.id, Sort.ACT)))
            case Approved():
                return self._approval(node, debtor)
            case DateReached():
                return GIVEN
            case Consents():
                return self._consent(node)
            case InState():
                return self._in_state(node, debtor)
        return Atom(node.id, Sort.ACT)

    def _approval(self, node: Approved, debtor: Id | None) -> Formula:
        world = self.lifecycle.world
        if debtor is not None and not node.applies(debtor, world.model.members.get(debtor, ())):
            return GIVEN
        found = [self._matter(matter) for matter in world.approving(node, debtor)]
        return either(found) if found else Atom(node.id, Sort.ACT)

    def _matter(self, iri: Id) -> Formula:
        """Say that a matter needs what enables it; without that it is somebody's free act."""
        world, atom = self.lifecycle.world, Atom(iri, Sort.MATTER)
        if self.lifecycle.matter(iri).at(self.day).truth is Truth.TRUE:
            return GIVEN
        assumed = world.assumption(iri, self.day)
        if assumed is not None and assumed.truth is Truth.FALSE:
            return EXCLUDED
        matter = world.model.matters.get(iri)
        if matter is not None and matter.enabled_when and atom not in self._needs:
            self._needs[atom] = EXCLUDED
            self._needs[atom] = every(self._each(matter.enabled_when, None))
        return atom

    def _consent(self, node: Consents) -> Formula:
        """Say that a consent needs what it hangs on, whichever debtor waits for it."""
        atom = Atom(node.id, Sort.CONSENT)
        tree = node.when or self.lifecycle.world.model.consents.get(node.id)
        if tree is not None and atom not in self._needs:
            self._needs[atom] = EXCLUDED
            self._needs[atom] = self._node(tree, None)
        return atom

    def _in_state(self, node: InState, debtor: Id | None) -> Formula:
        """Read being in force, or binding at least; any other state is an act of its own.

        Who looks from outside asks about every debtor, those included who excluded it.
        """
        other = self.lifecycle.world.model.undertakings[node.commitment]
        if other.kind is not UndertakingKind.COMMITMENT or not node.states <= _BINDING:
            return Atom(node.id, Sort.ACT)
        asked = (debtor,) if debtor in other.debtors else other.debtors
        if debtor is not None and any(other.excludes(one) for one in asked if one):
            return EXCLUDED
        in_force = self._commitment(other)
        return Atom(other.id, Sort.BINDS) if State.CONDITIONAL in node.states else in_force
