"""Values over time: what holds from which day on, and when something first came about.

A day is the proleptic Gregorian ordinal of `datetime.date.toordinal`: the grain of the model.
Nothing here knows of evidence or conditions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.truth import DISPUTED, MET, RULED_OUT, UNKNOWN, WAITING, Truth, Value

Day = int

BEGINNING: Final[Day] = 0
"""Before every day that data can name (1 January of the year 1 is day 1)."""

NEVER: Final[Day] = 4_000_000
"""After every day that data can name (31 December 9999 is day 3,652,059)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A day that is known as some day from `earliest` to `latest`, both included."""

    earliest: Day
    latest: Day

    def plus(self, days: int) -> Span:
        """Give the span that many days later; never stays never."""
        return Span(*(day if day >= NEVER else day + days for day in (self.earliest, self.latest)))


@dataclass(frozen=True, slots=True)
class Timeline:
    """A value for every day: `values[i]` holds from `starts[i]` until before `starts[i + 1]`.

    `starts` ascends from BEGINNING, and neighbours differ, so that equal courses are equal.
    """

    starts: tuple[Day, ...]
    values: tuple[Value, ...]

    def at(self, day: Day) -> Value:
        """Give the value on one day."""
        return self.values[bisect_right(self.starts, day) - 1]

    def occurrence(self) -> Span:
        """Tell when it first came about: the first day not false to the first day true.

        NEVER stands at either end where there is no such day.
        """
        return Span(
            self._first(lambda value: value.truth is not Truth.FALSE),
            self._first(lambda value: value.truth is Truth.TRUE),
        )

    def doubt(self) -> Value:
        """Give what it is while nobody can tell if it came about: disputed where sources clash."""
        for value in self.values:
            if value.truth is Truth.TRUE:
                break
            if value.disputed:
                return DISPUTED
        return UNKNOWN

    def ruled_out_from(self) -> Day:
        """Give the first day on which it can no longer come about, or NEVER."""
        return self._first(lambda value: value == RULED_OUT)

    def _first(self, fits: Callable[[Value], bool]) -> Day:
        for start, value in zip(self.starts, self.values, strict=True):
            if fits(value):
                return start
        return NEVER

    def latched(self) -> Timeline:
        """Keep what was once true: true and settled from its first satisfaction on.

        What may have been satisfied stays unknown until it surely is.
        """
        values: list[Value] = []
        maybe: Value | None = None
        for value in self.values:
            if value.truth is Truth.TRUE or (values and values[-1] == MET):
                values.append(MET)
            elif value.truth is Truth.UNKNOWN:
                maybe = DISPUTED if maybe == DISPUTED else value
                values.append(maybe)
            else:
                values.append(maybe or value)
        return course(self.starts, values)


def course(starts: Iterable[Day], values: Iterable[Value]) -> Timeline:
    """Build a timeline from ascending days and their values, joining equal neighbours."""
    days: list[Day] = []
    kept: list[Value] = []
    for start, value in zip(starts, values, strict=True):
        if not kept or kept[-1] != value:
            days.append(start)
            kept.append(value)
    return Timeline(tuple(days), tuple(kept))


def constant(value: Value) -> Timeline:
    """Give the same value on every day."""
    return Timeline((BEGINNING,), (value,))


def sampled(days: Iterable[Day], value_at: Callable[[Day], Value]) -> Timeline:
    """Give the course of a function that changes on none but the given days."""
    starts = sorted({BEGINNING} | {day for day in days if BEGINNING < day < NEVER})
    return course(starts, [value_at(day) for day in starts])


def combined(function: Callable[[Sequence[Value]], Value], parts: Sequence[Timeline]) -> Timeline:
    """Apply a function of values on every day."""
    days = {day for part in parts for day in part.starts}
    return sampled(days, lambda day: function([part.at(day) for part in parts]))


def from_span(span: Span, *, never: Day = NEVER, doubt: Value = UNKNOWN) -> Timeline:
    """Give the course of something that comes about within a span and then stays.

    It is awaited before, in doubt within, met from the latest day on, and ruled out from `never`
    on unless it may have come about earlier.
    """

    def value_at(day: Day) -> Value:
        if day >= span.latest:
            return MET
        if day >= span.earliest:
            return doubt
        return RULED_OUT if day >= never else WAITING

    return sampled((span.earliest, span.latest, never), value_at)


# Comparisons of times


def later_of(floor: Span | None, other: Span) -> Span:
    """Give the later of two spans, end by end."""
    if floor is None:
        return other
    return Span(max(floor.earliest, other.earliest), max(floor.latest, other.latest))


def later_than(floor: Span | None, whole: Timeline) -> Timeline:
    """Keep a course if it came about later than a floor.

    What came about earlier is awaited; what is settled by then cannot come about again.
    """
    if floor is None:
        return whole
    came = whole.occurrence()
    if came.earliest > floor.latest:
        return whole
    if came.latest <= floor.earliest:
        return combined(too_early, [whole])
    return combined(never_sure, [whole])


def too_early(values: Sequence[Value]) -> Value:
    """Judge what came about too early to count: what is settled is ruled out."""
    return RULED_OUT if values[0].settled else WAITING


def never_sure(values: Sequence[Value]) -> Value:
    """Take what is true for unknown: it is so, and nobody can tell whether it counts."""
    return UNKNOWN if values[0].truth is Truth.TRUE else values[0]


def inside(course: Timeline, opened: Day, closed: Span) -> Timeline:
    """Judge what counts only if it comes about from `opened` on and before a window closes."""
    came = course.occurrence()
    if came.earliest >= closed.latest:
        return from_span(Span(NEVER, NEVER), never=min(closed.latest, course.ruled_out_from()))
    latest = came.latest if came.latest < closed.earliest else NEVER
    came_inside = Span(max(came.earliest, opened), max(latest, opened))
    return from_span(came_inside, never=closed.latest, doubt=course.doubt())
