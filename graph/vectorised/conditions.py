"""Writes conditions as steps: for one debtor at a time, and in one scenario at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from typing import ClassVar, Final

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
    Holds,
    Id,
    InState,
    Matter,
    Mode,
    Model,
    Not,
    Occurs,
    QuantityReached,
    Within,
    operands,
)
from graph.timeline import NEVER
from graph.truth import HOLDING, MET, UNKNOWN, WAITING, Truth, Value
from graph.vectorised.codes import CODE
from graph.vectorised.courses import MOST_OPERANDS
from graph.vectorised.groups import Grouping
from graph.vectorised.program import NONE, Reason, Step
from graph.vectorised.rows import NotVectorised, Rows, cut
from graph.world import Assumption

_ONCE: Final = Mode.ONCE


class Conditions:
    """Knows what conditions look at, and writes their steps."""

    def __init__(self, rows: Rows, grouping: Grouping) -> None:
        """Begin with nothing known and nothing assumed."""
        self._rows = rows
        self._grouping = grouping
        self._members: dict[Id, frozenset[Id]] = {}
        self._cases: dict[Id, list[Id]] = {}
        self._approvals: dict[Id, list[Matter]] = {}
        self._assumed: dict[Id, list[Assumption]] = {}
        self._reached: Set[Id] | None = None
        self._kept: dict[tuple[Id, Id, Id], int] = {}
        self._undertaking: Id = ""
        self._debtor: Id = ""

    def learn(self, part: Model) -> None:
        """Take in who belongs to what, cases of kinds of events, and approvals of measures."""
        self._members.update(part.members)
        for matter in part.matters.values():
            if matter.occurrence_of:
                self._cases.setdefault(matter.occurrence_of, []).append(matter.id)
            if matter.measure:
                self._approvals.setdefault(matter.measure, []).append(matter)

    def assume(self, scenario: Iterable[Assumption], reached: Set[Id] | None) -> None:
        """Lay this scenario, and no other, over what is written from now on.

        If it is told what that reaches, all else is written once for all scenarios.
        """
        self._assumed, self._reached = {}, reached
        for assumption in sorted(scenario, key=lambda assumption: assumption.since):
            self._assumed.setdefault(assumption.about, []).append(assumption)

    def slot(self, node: Condition, undertaking: Id, debtor: Id) -> int:
        """Write a condition of an undertaking for a debtor, and give its slot."""
        self._undertaking, self._debtor = undertaking, debtor
        return self._slot(node, NONE)

    def _slot(self, node: Condition, floor: int) -> int:
        if self._reached is None or floor != NONE or node.id in self._reached:
            return self._written(node, floor)
        key = (node.id, self._undertaking, self._debtor)
        if key not in self._kept:
            self._kept[key] = self._written(node, floor)
        return self._kept[key]

    def _written(self, node: Condition, floor: int) -> int:
        if node.id in self._assumed:
            slot = self._laid_over(node.id, partial(self._judged, node), floor)
        else:
            slot = self._judged(node, floor)
        mode = node.mode
        if mode is _ONCE or (mode is None and type(node) is Approved):
            return self._rows.latched(slot)
        return slot

    def _judged(self, node: Condition, floor: int) -> int:
        kind = type(node)
        rule = self._FROM_A_FLOOR.get(kind)
        if rule is not None:
            return rule(self, node, floor)
        if kind in self._LEFT:
            raise NotVectorised(self._LEFT[kind])
        whole = self._WHOLE[kind](self, node)
        return whole if floor == NONE else self._rows.over(Step.LATER, whole, floor)

    def _all_of(self, node: AllOf, floor: int) -> int:
        return self._counted(len(node.operands), node.operands, floor)

    def _any_of(self, node: AnyOf, floor: int) -> int:
        return self._counted(1, node.operands, floor)

    def _at_least(self, node: AtLeast, floor: int) -> int:
        return self._counted(node.minimum, node.operands, floor)

    def _counted(self, minimum: int, operands: Sequence[Condition], floor: int) -> int:
        return self._rows.counted(minimum, [self._slot(operand, floor) for operand in operands])

    def _not(self, node: Not) -> int:
        return self._rows.over(Step.NEGATED, self._slot(node.operand, NONE))

    def _before(self, node: Before) -> int:
        operand, anchor = self._slot(node.operand, NONE), self._slot(node.anchor, NONE)
        return self._rows.over_both(Step.BEFORE, operand, anchor)

    def _date_reached(self, node: DateReached) -> int:
        return self._rows.date(node.day)

    def _elapsed(self, node: Elapsed) -> int:
        anchor = self._rows.latched(self._slot(node.anchor, NONE))
        return self._rows.over(Step.ELAPSED, anchor, number=cut(node.days))

    def _after(self, node: After, floor: int) -> int:
        rows = self._rows
        anchor = rows.latched(self._slot(node.anchor, floor))
        start = rows.floor(NONE, anchor, node.days)
        operand = rows.over(Step.IF_EVER, self._slot(node.operand, start), start)
        return rows.counted(2, (anchor, operand))

    def _within(self, node: Within, floor: int) -> int:
        rows = self._rows
        if node.anchor is None:
            return self._window(self._slot(node.operand, self._opened(node, floor)), node)
        anchor = rows.latched(self._slot(node.anchor, floor))
        operand = self._slot(node.operand, rows.floor(NONE, anchor, -1))
        days = cut((node.days or 0) + 1)
        return rows.counted(
            2, (anchor, rows.over_both(Step.FOLLOWING, operand, anchor, number=days))
        )

    def _opened(self, node: Within | Occurs, floor: int) -> int:
        return floor if node.since is None else self._rows.floor(floor, NONE, 0, node.since - 1)

    def _window(self, operand: int, node: Within | Occurs) -> int:
        opened = 0 if node.since is None else node.since
        closed = NEVER if node.until is None else node.until
        return self._rows.over(Step.WINDOW, operand, number=cut(opened), limit=cut(closed))

    # Leaves that claims decide

    def _matter(self, matter: Id, floor: int) -> int:
        group = self._grouping.of(matter)
        if matter in self._assumed:
            return self._laid_over(matter, partial(self._rows.spoken, group), floor)
        return self._rows.spoken(group, floor)

    def _holds(self, node: Holds, floor: int) -> int:
        return self._matter(node.state_of_affairs, floor)

    def _occurs(self, node: Occurs, floor: int) -> int:
        if node.since is None and node.until is None:
            return self._happened(node, floor)
        return self._window(self._happened(node, self._opened(node, floor)), node)

    def _happened(self, node: Occurs, floor: int) -> int:
        cases = self._cases.get(node.event, ())
        if node.count == 1 and not cases:
            return self._matter(node.event, floor)
        slots = [self._matter(event, floor) for event in (node.event, *cases)]
        if node.count > 1:
            if self._grouping.monitored(node.event):
                unrecorded = self._rows.constant(CODE[WAITING])
            else:
                unrecorded = self._rows.over(Step.UNRECORDED, slots[0])
            slots += [unrecorded] * min(node.count - 1, MOST_OPERANDS)
        return self._rows.counted(node.count, slots)

    def _approved(self, node: Approved, floor: int) -> int:
        debtor = self._debtor
        if node.applies_to not in {None, debtor, *self._members.get(debtor, ())}:
            return self._rows.constant(CODE[MET])
        found = [
            self._matter(matter.id, floor)
            for matter in self._approvals.get(node.measure, ())
            if (not node.each_debtor or matter.debtor == debtor)
            and (node.body is None or matter.body == node.body)
        ]
        return self._rows.counted(1, found) if found else self._rows.constant(CODE[UNKNOWN])

    def _determined(self, node: Determined, floor: int) -> int:
        if node.authority is None:
            return self._rows.over(Step.NEVER_SURE, self._matter(node.matter, floor))
        return self._rows.spoken(self._grouping.word(node.matter, node.authority), floor)

    # A rule of its own for each kind: those that look for what came about later than a floor,
    # those whose occurrence as a whole is compared with it, and those that are not written.

    _FROM_A_FLOOR: ClassVar[Mapping[type[Condition], Callable[..., int]]] = {
        AllOf: _all_of,
        AnyOf: _any_of,
        AtLeast: _at_least,
        Within: _within,
        After: _after,
        Occurs: _occurs,
        Holds: _holds,
        Approved: _approved,
        Determined: _determined,
    }
    _WHOLE: ClassVar[Mapping[type[Condition], Callable[..., int]]] = {
        Not: _not,
        Before: _before,
        DateReached: _date_reached,
        Elapsed: _elapsed,
    }
    _LEFT: ClassVar[Mapping[type[Condition], Reason]] = {
        InState: Reason.STATES,
        Consents: Reason.CONSENTS,
        QuantityReached: Reason.QUANTITIES,
    }

    # What a scenario assumes

    def _laid_over(self, about: Id, course: Callable[[int], int], floor: int) -> int:
        """Lay assumptions over a course: see `World.assumed`."""
        rows = self._rows
        whole, later = course(NONE), NONE if floor == NONE else course(floor)
        for one in self._assumed[about]:
            code, since = CODE[self._taken_for(one)], cut(one.since)
            if later != NONE:
                later = rows.over_both(
                    Step.ASSUMED_LATER, later, whole, floor, number=since, limit=code
                )
            whole = rows.over(Step.ASSUMED, whole, number=since, limit=code)
        return whole if later == NONE else later

    def _taken_for(self, assumption: Assumption) -> Value:
        if assumption.truth is not Truth.TRUE:
            return WAITING if assumption.truth is Truth.FALSE else UNKNOWN
        return MET if self._grouping.is_event(assumption.about) else HOLDING


def personal(root: Condition) -> bool:
    """Tell whether a condition can differ from debtor to debtor."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, Approved) and (node.each_debtor or node.applies_to is not None):
            return True
        nodes += operands(node)
    return False
