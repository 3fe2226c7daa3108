"""Where an undertaking stands for one debtor on one day: the ordered rules of the life cycle.

Rules: docs/semantics.md, "Life cycle"; the first that fits decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from graph.course import Course
from graph.model import Gate, State, UndertakingKind
from graph.timeline import BEGINNING, NEVER, Day, Timeline, sampled
from graph.truth import DISPUTED, HOLDING, MET, RULED_OUT, UNKNOWN, WAITING, Truth, Value


class Flag(Enum):
    """A remark beside a state that changes how it is read."""

    UNKNOWN = "whether it is due is unknown"
    DISPUTED = "sources clash"
    REPUDIATED = "its debtor announced leaving without the power to"
    TIMING_UNKNOWN = "whether it was kept in time is unknown"
    IMPOSSIBLE = "what it waited for can no longer come"
    RESERVED = "excluded by a reservation of its debtor"
    IMPERMISSIBLE = "its debtor made a reservation that the text does not permit"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state with the gate that decided it, if one did, and remarks."""

    state: State
    gate: Gate | None = None
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of days with one standing: from `start` until before `end`."""

    standing: Standing
    start: Day
    end: Day


def phases(course: Course, start: Day = BEGINNING) -> list[Phase]:
    """Give the phases that a course goes through from a day on."""
    days = sorted({start} | {day for day in course.turning_days() if start < day < NEVER})
    found: list[Phase] = []
    for day in days:
        here = standing(course, day)
        if found and found[-1].standing == here:
            continue
        if found:
            found[-1] = replace(found[-1], end=day)
        found.append(Phase(here, day, NEVER))
    return found


def standing(course: Course, day: Day) -> Standing:
    """Apply the rules in order; the first that fits decides."""
    found = _excluded(course) or _made(course, day) or _given_up(course, day)
    if found is not None:
        return found
    for rule in (_established, _activated, _discharged, _resting, _overdue):
        found = rule(course, day)
        if found is not None:
            break
    else:
        over = course.over(day)
        found = Standing(State.EXPIRED, Gate.ENDS) if over else Standing(State.IN_FORCE)
    beside = frozenset(_beside(course, day))
    return replace(found, flags=found.flags | beside) if beside else found


def being_in(found: Standing, states: frozenset[State]) -> Value:
    """Judge whether a standing is one of some states: unknown where the standing is in doubt."""
    if Flag.TIMING_UNKNOWN in found.flags and len(_KEPT & states) == 1:
        return UNKNOWN
    if found.state in states:
        return HOLDING
    if Flag.DISPUTED in found.flags:
        return DISPUTED
    doubtful = found.state in _DOUBTFUL or Flag.UNKNOWN in found.flags
    return UNKNOWN if doubtful else WAITING


def in_states(course: Course, states: frozenset[State], start: Day = BEGINNING) -> Timeline:
    """Judge on every day whether a course is in one of some states; not before a day."""

    def value_at(day: Day) -> Value:
        return WAITING if day < start else being_in(standing(course, day), states)

    return sampled((start, *course.turning_days()), value_at)


OF_OBLIGATIONS: Final = frozenset(State) - {
    State.NOT_MADE,
    State.DECLARED,
    State.LAPSED,
    State.PROPOSED,
    State.UNDETERMINED,
    State.CONDITIONAL,
}
"""The states of what is owed; the others are those of a promise that is not due."""

_KEPT: Final = frozenset({State.FULFILLED, State.FULFILLED_LATE})
_DOUBTFUL: Final = frozenset({State.UNDETERMINED, State.OVERDUE})


def _beside(course: Course, day: Day) -> Iterator[Flag]:
    """Give the remarks that change no state."""
    if course.repudiated.at(day).truth is Truth.TRUE:
        yield Flag.REPUDIATED
    reservations = course.undertaking.reservations
    if any(each.debtor == course.debtor and not each.permitted for each in reservations):
        yield Flag.IMPERMISSIBLE


def _excluded(course: Course) -> Standing | None:
    if course.undertaking.excludes(course.debtor):
        return Standing(State.NOT_MADE, flags=frozenset({Flag.RESERVED}))
    return None


def _made(course: Course, day: Day) -> Standing | None:
    made = course.undertaking.made
    if day < made.earliest:
        return Standing(State.NOT_MADE)
    if day < made.latest:
        return Standing(State.UNDETERMINED)
    if course.undertaking.kind is not UndertakingKind.COMMITMENT:
        return Standing(State.DECLARED)
    return None


def _given_up(course: Course, day: Day) -> Standing | None:
    state = course.given_up(day)
    return None if state is None else Standing(state)


def _established(course: Course, day: Day) -> Standing | None:
    value = course.value(Gate.ESTABLISHED, day, MET)
    if value.truth is Truth.TRUE:
        return None
    if value.truth is Truth.UNKNOWN:
        return Standing(State.UNDETERMINED, Gate.ESTABLISHED, _clash(value))
    if value == RULED_OUT:
        return Standing(State.LAPSED, Gate.ESTABLISHED)
    if course.was_met(Gate.ESTABLISHED, day):
        return Standing(State.SUSPENDED, Gate.ESTABLISHED)
    if course.over(day):
        return Standing(State.LAPSED, Gate.ENDS)
    return Standing(State.PROPOSED, Gate.ESTABLISHED)


def _activated(course: Course, day: Day) -> Standing | None:
    value = course.value(Gate.ACTIVATED, day, MET)
    if value.truth is Truth.TRUE:
        return None
    if value == RULED_OUT:
        return Standing(State.EXPIRED, Gate.ACTIVATED, frozenset({Flag.IMPOSSIBLE}))
    if course.over(day):
        return Standing(State.EXPIRED, Gate.ENDS)
    if value.truth is Truth.UNKNOWN:
        flags = _clash(value) or frozenset({Flag.UNKNOWN})
        return Standing(State.CONDITIONAL, Gate.ACTIVATED, flags)
    if course.was_met(Gate.ACTIVATED, day):
        return Standing(State.SUSPENDED, Gate.ACTIVATED)
    return Standing(State.CONDITIONAL, Gate.ACTIVATED)


def _discharged(course: Course, day: Day) -> Standing | None:
    if course.value(Gate.DISCHARGED, day, WAITING).truth is not Truth.TRUE:
        return None
    if course.kept.earliest > course.due.latest:
        return Standing(State.FULFILLED_LATE, Gate.DISCHARGED)
    in_time = course.kept.latest <= course.due.earliest
    flags = frozenset[Flag]() if in_time else frozenset({Flag.TIMING_UNKNOWN})
    return Standing(State.FULFILLED, Gate.DISCHARGED, flags)


def _resting(course: Course, day: Day) -> Standing | None:
    if course.value(Gate.SUSPENDED, day, WAITING).truth is Truth.TRUE:
        return Standing(State.SUSPENDED, Gate.SUSPENDED)
    if course.suspended.at(day).truth is Truth.TRUE:
        return Standing(State.SUSPENDED)
    return None


def _overdue(course: Course, day: Day) -> Standing | None:
    """Judge what is past due: unkept is violated, and unknown is overdue and never violated."""
    if day <= course.due.latest:
        return None
    value = course.value(Gate.DISCHARGED, day, UNKNOWN)
    if value.truth is Truth.FALSE:
        return Standing(State.VIOLATED, Gate.DUE)
    return Standing(State.OVERDUE, Gate.DUE, _clash(value))


def _clash(value: Value) -> frozenset[Flag]:
    return frozenset({Flag.DISPUTED} if value.disputed else ())
