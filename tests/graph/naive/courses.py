"""Truth day by day, and comparisons of times; knows no claim and no condition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from graph.truth import Truth, Value

HORIZON: Final = 60
"""The last day looked at. What a test gives must have come to an end long before."""

NEVER: Final = HORIZON + 1
DAYS: Final = range(HORIZON + 1)

MET: Final = Value(Truth.TRUE, settled=True)
HOLDING: Final = Value(Truth.TRUE)
WAITING: Final = Value(Truth.FALSE)
RULED_OUT: Final = Value(Truth.FALSE, settled=True)
UNKNOWN: Final = Value(Truth.UNKNOWN)
DISPUTED: Final = Value(Truth.UNKNOWN, disputed=True)

Course: TypeAlias = tuple[Value, ...]
"""A value for every day up to the horizon."""

Days: TypeAlias = tuple[int, int]
"""The earliest and the latest day that one day may be."""


def at_least(minimum: int, values: Sequence[Value]) -> Value:
    true = met = not_false = not_ruled_out = 0
    for value in values:
        true += value.truth is Truth.TRUE
        met += value == MET
        not_false += value.truth is not Truth.FALSE
        not_ruled_out += value != RULED_OUT
    if true >= minimum:
        return MET if met >= minimum else HOLDING
    if not_false < minimum:
        return RULED_OUT if not_ruled_out < minimum else WAITING
    return DISPUTED if DISPUTED in values else UNKNOWN


def all_of(values: Sequence[Value]) -> Value:
    return at_least(len(values), values)


def any_of(values: Sequence[Value]) -> Value:
    return at_least(1, values)


def opposite(value: Value) -> Value:
    if value.truth is Truth.UNKNOWN:
        return value
    return Value(Truth.FALSE if value.truth is Truth.TRUE else Truth.TRUE, value.settled)


def across(rule: Callable[[Sequence[Value]], Value], parts: Sequence[Course]) -> Course:
    return tuple(rule([part[day] for part in parts]) for day in DAYS)


def occurrence(course: Course) -> Days:
    maybe = [day for day in DAYS if course[day].truth is not Truth.FALSE]
    surely = [day for day in DAYS if course[day].truth is Truth.TRUE]
    return min(maybe, default=NEVER), min(surely, default=NEVER)


def doubt(course: Course) -> Value:
    before = course[: occurrence(course)[1]]
    return DISPUTED if DISPUTED in before else UNKNOWN


def ruled_out_from(course: Course) -> int:
    return min((day for day in DAYS if course[day] == RULED_OUT), default=NEVER)


def latched(course: Course) -> Course:
    kept = []
    for day in DAYS:
        so_far = course[: day + 1]
        if any(value.truth is Truth.TRUE for value in so_far):
            kept.append(MET)
        elif DISPUTED in so_far:
            kept.append(DISPUTED)
        elif UNKNOWN in so_far:
            kept.append(UNKNOWN)
        else:
            kept.append(course[day])
    return tuple(kept)


def never_sure(value: Value) -> Value:
    return UNKNOWN if value.truth is Truth.TRUE else value


def later(by: int, span: Days) -> Days:
    first, last = span
    return (NEVER if first >= NEVER else first + by, NEVER if last >= NEVER else last + by)


def laid(course: Course, since: int, truth: Truth, value: Value) -> Course:
    return tuple(
        was if day < since or was.truth is truth else value for day, was in enumerate(course)
    )


def from_opening(since: int | None, floor: Days | None) -> Days | None:
    if since is None:
        return floor
    return (
        (since - 1, since - 1)
        if floor is None
        else (max(floor[0], since - 1), max(floor[1], since - 1))
    )


def compared(course: Course, floor: Days | None) -> Course:
    if floor is None:
        return course
    first, last = occurrence(course)
    if first > floor[1]:
        return course
    if last <= floor[0]:
        return tuple(RULED_OUT if value.settled else WAITING for value in course)
    return tuple(never_sure(value) for value in course)


def inside(course: Course, opened: int, closed: Days) -> Course:
    first, last = occurrence(course)
    values = []
    for day in DAYS:
        if first >= closed[1]:
            over = day >= min(closed[1], ruled_out_from(course))
            values.append(RULED_OUT if over else WAITING)
        elif last < closed[0] and day >= max(last, opened):
            values.append(MET)
        elif day >= max(first, opened):
            values.append(doubt(course))
        else:
            values.append(RULED_OUT if day >= closed[1] else WAITING)
    return tuple(values)


def before(operand: Course, anchor: Course) -> Course:
    first, last = occurrence(operand)
    then_first, then_last = occurrence(anchor)
    values = []
    for day in DAYS:
        anchor_came_first = then_last <= first
        if day < first:
            over = then_last <= day or any(operand[d] == RULED_OUT for d in range(day + 1))
            values.append(RULED_OUT if over else WAITING)
        elif anchor_came_first:
            values.append(RULED_OUT)
        elif last <= day and last < then_first:
            values.append(MET)
        else:
            values.append(any_of([doubt(operand), doubt(anchor)]))
    return tuple(values)
