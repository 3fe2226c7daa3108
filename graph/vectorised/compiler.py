"""Writes a model as a program: what is computed for which debtor, and in which order.

What looks at other commitments, at quantities or at acts, what joint debtors owe and what a debtor
made a reservation to is left to the scalar evaluator.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from graph.model import (
    After,
    AllOf,
    AnyOf,
    Approved,
    AtLeast,
    Before,
    Condition,
    DateReached,
    Determined,
    Elapsed,
    Gate,
    Holds,
    Id,
    Matter,
    MatterKind,
    Mode,
    Model,
    Not,
    Occurs,
    Structure,
    Undertaking,
    UndertakingKind,
    Within,
    operands,
)
from graph.timeline import NEVER, Span
from graph.triggers import triggers
from graph.truth import HOLDING, MET, UNKNOWN, WAITING, Truth, Value
from graph.vectorised.codes import CODE
from graph.vectorised.courses import MOST_OPERANDS
from graph.vectorised.groups import Evidences, Grouping, Spans
from graph.vectorised.program import NONE, Program, Step, Uses
from graph.vectorised.rows import NotVectorised, Rows, cut
from graph.world import Assumption

_COLUMN: Final = {gate: column for column, gate in enumerate(Gate)}


def compiled(model: Model, scenario: Iterable[Assumption] = ()) -> Program:
    """Write a model as arrays, with what a scenario assumes laid over it."""
    return _Compiler(model, scenario).program()


class _Compiler:
    def __init__(self, model: Model, scenario: Iterable[Assumption]) -> None:
        self.model = model
        self.assumed: dict[Id, list[Assumption]] = {}
        for assumption in sorted(scenario, key=lambda assumption: assumption.since):
            self.assumed.setdefault(assumption.about, []).append(assumption)
        self.rows = Rows()
        self.uses = Uses()
        self.user: Id = ""
        self.groups = Grouping(model)
        self.cases: dict[Id, list[Id]] = {}
        self.approvals: dict[Id, list[Matter]] = {}
        for matter in model.matters.values():
            if matter.occurrence_of:
                self.cases.setdefault(matter.occurrence_of, []).append(matter.id)
            if matter.measure:
                self.approvals.setdefault(matter.measure, []).append(matter)
        self.acted = {act.undertaking for act in model.acts}

    def program(self) -> Program:
        pairs: list[tuple[Id, Id]] = []
        made: list[Span] = []
        committed: list[bool] = []
        gates = array("i")
        scalar: set[int] = set()
        for subject in self.model.undertakings.values():
            try:
                rows = self._gates(subject)
            except NotVectorised:
                rows = [[NONE] * len(Gate)] * len(subject.debtors)
                scalar.update(range(len(pairs), len(pairs) + len(rows)))
            for debtor, row in zip(subject.debtors, rows, strict=True):
                pairs.append((subject.id, debtor))
                made.append(subject.made)
                committed.append(subject.kind is UndertakingKind.COMMITMENT)
                gates.extend(row)
        return Program(
            self.rows.steps(),
            self.rows.operands(),
            self.rows.floors(),
            Evidences.of(self.model),
            self.groups.arrays(),
            pairs,
            Spans.of(made),
            np.array(committed, dtype=np.bool_),
            np.array(gates, dtype=np.int64).reshape(-1, len(Gate)),
            frozenset(scalar),
            self.uses,
        )

    def _supported(self, subject: Undertaking) -> bool:
        joint = subject.structure is Structure.JOINT and len(subject.debtors) > 1
        return subject.id not in self.acted and not joint and not subject.reservations

    def _gates(self, subject: Undertaking) -> list[list[int]]:
        """Give the slots of the gates for each debtor; they share what is the same for all."""
        if not self._supported(subject):
            raise NotVectorised
        self.user = subject.id
        rows = [[NONE] * len(Gate) for _ in subject.debtors]
        repeats = bool(triggers(subject))
        for gate, node in subject.gates.items():
            if repeats and gate in {Gate.DISCHARGED, Gate.DUE}:
                continue  # that is judged for each obligation
            column = _COLUMN[gate]
            slot, personal = NONE, len(rows) > 1 and _personal(node)
            for row, debtor in zip(rows, subject.debtors, strict=True):
                if slot == NONE or personal:
                    slot = self._slot(node, debtor, NONE)
                row[column] = slot
        return rows

    # Conditions

    def _slot(self, node: Condition, debtor: Id, floor: int) -> int:
        self.uses.add(node.id, self.user)
        if node.id in self.assumed:
            slot = self._assumed(node.id, lambda start: self._judged(node, debtor, start), floor)
        else:
            slot = self._judged(node, debtor, floor)
        once = node.mode is Mode.ONCE or (node.mode is None and isinstance(node, Approved))
        return self.rows.latched(slot) if once else slot

    def _judged(self, node: Condition, debtor: Id, floor: int) -> int:
        match node:
            case AllOf() | AnyOf() | AtLeast():
                return self._operator(node, debtor, floor)
            case Within():
                return self._within(node, debtor, floor)
            case After():
                return self._after(node, debtor, floor)
            case Occurs():
                return self._occurs(node, floor)
            case Holds():
                return self._matter(node.state_of_affairs, floor)
            case Approved():
                return self._approved(node, debtor, floor)
            case Determined():
                return self._determined(node, floor)
        whole = self._unfloored(node, debtor)
        return whole if floor == NONE else self.rows.over(Step.LATER, whole, floor)

    def _operator(self, node: AllOf | AnyOf | AtLeast, debtor: Id, floor: int) -> int:
        slots = [self._slot(operand, debtor, floor) for operand in node.operands]
        match node:
            case AllOf():
                return self.rows.counted(len(slots), slots)
            case AnyOf():
                return self.rows.counted(1, slots)
            case AtLeast():
                return self.rows.counted(node.minimum, slots)

    def _unfloored(self, node: Condition, debtor: Id) -> int:
        match node:
            case Not():
                return self.rows.over(Step.NEGATED, self._slot(node.operand, debtor, NONE))
            case Before():
                operand = self._slot(node.operand, debtor, NONE)
                anchor = self._slot(node.anchor, debtor, NONE)
                return self.rows.add(Step.BEFORE, operand, anchor, above=(operand, anchor))
            case DateReached():
                return self.rows.shared(Step.DATE, NONE, cut(node.day))
            case Elapsed():
                anchor = self.rows.latched(self._slot(node.anchor, debtor, NONE))
                return self.rows.add(Step.ELAPSED, anchor, number=cut(node.days), above=(anchor,))
        raise NotVectorised

    def _after(self, node: After, debtor: Id, floor: int) -> int:
        anchor = self.rows.latched(self._slot(node.anchor, debtor, floor))
        start = self.rows.floor(NONE, anchor, node.days)
        operand = self._slot(node.operand, debtor, start)
        return self.rows.counted(2, [anchor, self.rows.over(Step.IF_EVER, operand, start)])

    def _within(self, node: Within, debtor: Id, floor: int) -> int:
        if node.anchor is None:
            operand = self._slot(node.operand, debtor, self._opened(node, floor))
            return self._window(operand, node)
        anchor = self.rows.latched(self._slot(node.anchor, debtor, floor))
        operand = self._slot(node.operand, debtor, self.rows.floor(NONE, anchor, -1))
        came = self.rows.add(
            Step.FOLLOWING,
            operand,
            anchor,
            number=cut((node.days or 0) + 1),
            above=(operand, anchor),
        )
        return self.rows.counted(2, [anchor, came])

    def _opened(self, node: Within | Occurs, floor: int) -> int:
        return floor if node.since is None else self.rows.floor(floor, NONE, 0, node.since - 1)

    def _window(self, operand: int, node: Within | Occurs) -> int:
        opened = 0 if node.since is None else node.since
        closed = NEVER if node.until is None else node.until
        return self.rows.add(
            Step.WINDOW, operand, number=cut(opened), limit=cut(closed), above=(operand,)
        )

    # Leaves that claims decide

    def _spoken(self, group: int, floor: int) -> int:
        if floor == NONE:
            return self.rows.shared(Step.SPOKEN, group)
        return self.rows.add(Step.SPOKEN, group, floor=floor)

    def _matter(self, matter: Id, floor: int) -> int:
        self.uses.add(matter, self.user)
        group = self.groups.of(matter, None)
        if matter not in self.assumed:
            return self._spoken(group, floor)
        return self._assumed(matter, lambda start: self._spoken(group, start), floor)

    def _occurs(self, node: Occurs, floor: int) -> int:
        if node.since is None and node.until is None:
            return self._happened(node, floor)
        return self._window(self._happened(node, self._opened(node, floor)), node)

    def _happened(self, node: Occurs, floor: int) -> int:
        cases = () if node.alone else self.cases.get(node.event, ())
        slots = [self._matter(event, floor) for event in (node.event, *cases)]
        if node.count > 1:
            kind = self.model.matters.get(node.event)
            if kind is not None and kind.monitored:
                unrecorded = self.rows.constant(CODE[WAITING])
            else:
                unrecorded = self.rows.over(Step.UNRECORDED, slots[0])
            slots += [unrecorded] * min(node.count - 1, MOST_OPERANDS)
        return self.rows.counted(node.count, slots)

    def _approved(self, node: Approved, debtor: Id, floor: int) -> int:
        concerned = {debtor, *self.model.members.get(debtor, ())}
        if node.applies_to is not None and node.applies_to not in concerned:
            return self.rows.constant(CODE[MET])
        found = [
            self._matter(matter.id, floor)
            for matter in self.approvals.get(node.measure, ())
            if (not node.each_debtor or matter.debtor == debtor)
            and (node.body is None or matter.body == node.body)
        ]
        return self.rows.counted(1, found) if found else self.rows.constant(CODE[UNKNOWN])

    def _determined(self, node: Determined, floor: int) -> int:
        if node.authority is None:
            return self.rows.over(Step.NEVER_SURE, self._matter(node.matter, floor))
        return self._spoken(self.groups.of(node.matter, node.authority), floor)

    # What a scenario assumes

    def _assumed(self, about: Id, course: Callable[[int], int], floor: int) -> int:
        """Lay assumptions over a course: see `World.assumed`."""
        whole, later = course(NONE), NONE if floor == NONE else course(floor)
        for one in self.assumed[about]:
            code = CODE[self._taken_for(one)]
            if later != NONE:
                later = self.rows.assumed_later(later, whole, floor, one.since, code)
            whole = self.rows.assumed(whole, one.since, code)
        return whole if later == NONE else later

    def _taken_for(self, assumption: Assumption) -> Value:
        if assumption.truth is not Truth.TRUE:
            return WAITING if assumption.truth is Truth.FALSE else UNKNOWN
        matter = self.model.matters.get(assumption.about)
        event = matter is not None and matter.kind is MatterKind.EVENT
        return MET if event else HOLDING


def _personal(root: Condition) -> bool:
    """Tell whether a condition can differ from debtor to debtor."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, Approved) and (node.each_debtor or node.applies_to is not None):
            return True
        nodes += operands(node)
    return False
