"""Where an undertaking stands for one debtor on one day: the ordered rules of the life cycle.

Rules: docs/semantics.md, "Life cycle"; the first that fits decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Final

from graph.model import Gate, Id, State, Undertaking, UndertakingKind
from graph.timeline import (
    BEGINNING,
    NEVER,
    Day,
    Span,
    Timeline,
    combined,
    constant,
    from_span,
    sampled,
)
from graph.truth import (
    DISPUTED,
    HOLDING,
    MET,
    RULED_OUT,
    UNKNOWN,
    WAITING,
    Truth,
    Value,
    conjunction,
)


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


@dataclass(frozen=True)
class Course:
    """Everything the rules look at for one undertaking, or one obligation, and one debtor.

    `trigger` is the occurrence that made the obligation of a repeatable commitment.
    """

    undertaking: Undertaking
    debtor: Id
    gates: dict[Gate, Timeline]
    released: Timeline
    withdrawn: Timeline
    repudiated: Timeline
    terminated: Timeline
    suspended: Timeline
    trigger: Id | None = None

    @cached_property
    def began(self) -> Span:
        """Give the day since which it is owed: made, binding and due."""
        gates = (Gate.ESTABLISHED, Gate.ACTIVATED)
        owed = [from_span(self.undertaking.made)]
        owed += [self.gates[gate] for gate in gates if gate in self.gates]
        return combined(conjunction, owed).occurrence()

    @cached_property
    def due(self) -> Span:
        """Give the day by which it must be kept; never, if no gate says."""
        return self._occurrence(Gate.DUE)

    @cached_property
    def kept(self) -> Span:
        """Give the day on which it was kept."""
        return self._occurrence(Gate.DISCHARGED)

    def _occurrence(self, gate: Gate) -> Span:
        timeline = self.gates.get(gate)
        return Span(NEVER, NEVER) if timeline is None else timeline.occurrence()

    def value(self, gate: Gate, day: Day, default: Value) -> Value:
        """Give what a gate comes to on a day; the default where the undertaking has none."""
        timeline = self.gates.get(gate)
        return default if timeline is None else timeline.at(day)

    def was_met(self, gate: Gate, day: Day) -> bool:
        """Tell whether a gate was surely met on an earlier day."""
        timeline = self.gates.get(gate)
        return timeline is not None and timeline.occurrence().latest < day

    def makes_none(self) -> bool:
        """Tell whether no obligation comes of it: it never begins, or not for this debtor."""
        day = self.began.earliest
        if day >= NEVER or self.undertaking.excludes(self.debtor):
            return True
        return _given_up(self, day) is not None or _over(self, day)

    def outlasting(self) -> Course:
        """Leave out that it was left or brought to an end, where it surely began before that."""
        day = self.began.latest
        if day >= NEVER or self.undertaking.obligations_lapse:
            return self

        def unless_later(end: Timeline) -> Timeline:
            return _NEVER_ENDED if end.at(day).truth is Truth.FALSE else end

        gates = self.gates
        if Gate.ENDS in gates:
            gates = {**gates, Gate.ENDS: unless_later(gates[Gate.ENDS])}
        return replace(
            self,
            gates=gates,
            withdrawn=unless_later(self.withdrawn),
            terminated=unless_later(self.terminated),
        )

    def turning_days(self) -> Iterable[Day]:
        """Give every day on which the standing may change."""
        made = self.undertaking.made
        yield from (made.earliest, made.latest, self.due.earliest + 1, self.due.latest + 1)
        acts = (self.released, self.withdrawn, self.repudiated, self.terminated, self.suspended)
        for timeline in (*self.gates.values(), *acts):
            yield from timeline.starts


_NEVER_ENDED: Final = constant(WAITING)


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
        over = _over(course, day)
        found = Standing(State.EXPIRED, Gate.ENDS) if over else Standing(State.IN_FORCE)
    return replace(found, flags=found.flags.union(_beside(course, day)))


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
    if course.released.at(day).truth is Truth.TRUE:
        return Standing(State.RELEASED)
    if course.withdrawn.at(day).truth is Truth.TRUE:
        return Standing(State.WITHDRAWN)
    return None


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
    if _over(course, day):
        return Standing(State.LAPSED, Gate.ENDS)
    return Standing(State.PROPOSED, Gate.ESTABLISHED)


def _activated(course: Course, day: Day) -> Standing | None:
    value = course.value(Gate.ACTIVATED, day, MET)
    if value.truth is Truth.TRUE:
        return None
    if value == RULED_OUT:
        return Standing(State.EXPIRED, Gate.ACTIVATED, frozenset({Flag.IMPOSSIBLE}))
    if _over(course, day):
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


def _over(course: Course, day: Day) -> bool:
    ended = course.value(Gate.ENDS, day, WAITING).truth is Truth.TRUE
    return ended or course.terminated.at(day).truth is Truth.TRUE


def _clash(value: Value) -> frozenset[Flag]:
    return frozenset({Flag.DISPUTED} if value.disputed else ())
