"""The rules of the life cycle that look at gates, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from graph import model as m
from graph.truth import Truth, Value
from tests.graph.naive.courses import (
    DAYS,
    DISPUTED,
    HOLDING,
    MET,
    NEVER,
    RULED_OUT,
    UNKNOWN,
    WAITING,
    Course,
    Days,
    occurrence,
)

Gates: TypeAlias = dict[m.Gate, Course | None]


@dataclass(frozen=True)
class Where:
    """A state with its remarks, as names."""

    state: m.State
    remarks: frozenset[str] = frozenset()


def established(gate: Course | None, day: int, over: bool) -> Where | None:
    if gate is None or gate[day].truth is Truth.TRUE:
        return None
    if gate[day].truth is Truth.UNKNOWN:
        return Where(m.State.UNDETERMINED, clash(gate[day]))
    if gate[day] == RULED_OUT:
        return Where(m.State.LAPSED)
    was = any(value.truth is Truth.TRUE for value in gate[:day])
    if was:
        return Where(m.State.SUSPENDED)
    return Where(m.State.LAPSED if over else m.State.PROPOSED)


def activated(gate: Course | None, day: int, over: bool) -> Where | None:
    if gate is None or gate[day].truth is Truth.TRUE:
        return None
    if gate[day] == RULED_OUT:
        return Where(m.State.EXPIRED, frozenset({"IMPOSSIBLE"}))
    if over:
        return Where(m.State.EXPIRED)
    if gate[day].truth is Truth.UNKNOWN:
        return Where(m.State.CONDITIONAL, clash(gate[day]) or frozenset({"UNKNOWN"}))
    was = any(value.truth is Truth.TRUE for value in gate[:day])
    return Where(m.State.SUSPENDED if was else m.State.CONDITIONAL)


def kept(gate: Course | None, due: Course | None, day: int) -> Where | None:
    if gate is None or gate[day].truth is not Truth.TRUE:
        return None
    due_first, due_last = (NEVER, NEVER) if due is None else occurrence(due)
    first, last = occurrence(gate)
    if first > due_last:
        return Where(m.State.FULFILLED_LATE)
    return Where(m.State.FULFILLED, frozenset(() if last <= due_first else {"TIMING_UNKNOWN"}))


def unkept(gate: Course | None, due: Course | None, day: int) -> Where | None:
    if due is None or day <= occurrence(due)[1]:
        return None
    if gate is None:
        return Where(m.State.OVERDUE)
    if gate[day].truth is Truth.FALSE:
        return Where(m.State.VIOLATED)
    return Where(m.State.OVERDUE, clash(gate[day]))


def being_in(where: Where, states: frozenset[m.State]) -> Value:
    either = {m.State.FULFILLED, m.State.FULFILLED_LATE}
    if "TIMING_UNKNOWN" in where.remarks and len(either & states) == 1:
        return UNKNOWN
    if where.state in states:
        return HOLDING
    if "DISPUTED" in where.remarks:
        return DISPUTED
    doubtful = where.state in (m.State.UNDETERMINED, m.State.OVERDUE)
    return UNKNOWN if doubtful or "UNKNOWN" in where.remarks else WAITING


NOT_DUE: Final = frozenset(
    {
        m.State.NOT_MADE,
        m.State.DECLARED,
        m.State.PROPOSED,
        m.State.LAPSED,
        m.State.UNDETERMINED,
        m.State.CONDITIONAL,
    }
)
"""What a promise may be in and an obligation may not."""


@dataclass(frozen=True)
class Duty:
    """An obligation: by which event, since and until which days, and where it stands from then."""

    trigger: str | None
    since: Days
    due: Days
    states: dict[int, Where]

    def being_in(self, states: frozenset[m.State]) -> Course:
        return tuple(
            being_in(self.states[day], states) if day in self.states else WAITING for day in DAYS
        )

    def missed(self) -> bool:
        late = (m.State.VIOLATED, m.State.OVERDUE, m.State.FULFILLED_LATE)
        return any(where.state in late for where in self.states.values())


def reserved(subject: m.Undertaking, debtor: str) -> bool:
    return any(
        one.debtor == debtor and one.permitted and one.only_when is None
        for one in subject.reservations
    )


def conditions(subject: m.Undertaking, debtor: str, gate: m.Gate) -> list[m.Condition]:
    found = [subject.gates[gate]] if gate in subject.gates else []
    if gate is not m.Gate.ACTIVATED:
        return found
    return found + [
        one.only_when
        for one in subject.reservations
        if one.debtor == debtor and one.permitted and one.only_when is not None
    ]


def made_on(subject: m.Undertaking, day: int) -> Value:
    if day < subject.made.earliest:
        return WAITING
    return UNKNOWN if day < subject.made.latest else MET


def clash(value: Value) -> frozenset[str]:
    return frozenset({"DISPUTED"} if value == DISPUTED else ())
