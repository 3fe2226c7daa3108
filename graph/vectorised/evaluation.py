"""Runs a program in one world, level by level: the rules of `graph.condition` for all nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Final

import numpy as np

from graph.claims import Policy
from graph.timeline import NEVER, never_sure, too_early
from graph.truth import MET, UNKNOWN, WAITING, Truth, Value, negation
from graph.vectorised.codes import (
    C_DISPUTED,
    C_MET,
    C_RULED_OUT,
    C_UNKNOWN,
    C_WAITING,
    CODE,
    VALUES,
    Codes,
    Days,
    Numbers,
    true,
)
from graph.vectorised.courses import Courses, Shelf, at_least, constants, from_spans, sampled
from graph.vectorised.evidence import Heard
from graph.vectorised.groups import Spans
from graph.vectorised.program import FAR, FLOOR_COLUMNS, NONE, STEP_COLUMNS, Program, Step

_NEVER: Final = np.int32(NEVER)
_AT_ONCE: Final = 1 << 16
"""How many steps are taken at once: their arrays fit a processor's cache."""


def _table(rule: Callable[[Value], Value]) -> Codes:
    return np.array([CODE[rule(value)] for value in VALUES], dtype=np.int8)


_NEGATED: Final = _table(negation)
_NEVER_SURE: Final = _table(lambda value: never_sure([value]))
_UNRECORDED: Final = _table(lambda value: WAITING if value.truth is Truth.FALSE else UNKNOWN)
_SAME: Final = _table(lambda value: value)
_TOO_EARLY: Final = _table(lambda value: too_early([value]))
_MET: Final = _table(lambda _: MET)
_MAYBE_LATER: Final = _table(lambda value: value if value.truth is Truth.TRUE else UNKNOWN)


def _unless_as_true(assumed: Value) -> Codes:
    return _table(lambda value: value if value.truth is assumed.truth else assumed)


_ASSUMED: Final = np.stack([_unless_as_true(value) for value in VALUES])


class Evaluation:
    """The courses of all slots of a program for one day of knowledge and one policy."""

    def __init__(self, program: Program, known_at: int, policy: Policy) -> None:
        """Run the program."""
        self._operands = program.operands
        self._heard = Heard(program.evidence, program.groups, known_at, policy)
        self._kinds, self._levels = program.kinds, program.levels
        self._steps = dict(zip(STEP_COLUMNS, program.steps.T, strict=True))
        self._floors = dict(zip(FLOOR_COLUMNS, program.floors.T, strict=True))
        # One place more, at the end: that is where the number of no floor, -1, leads.
        before = np.full((2, len(program.floors) + 1), -FAR, dtype=np.int32)
        self._floor = Spans(before[0], before[1])
        self._shelf = Shelf.of(len(program.steps))
        self._run()

    def courses(self, slots: Numbers) -> Courses:
        """Give the courses of some slots."""
        return self._shelf.get(slots)

    def _run(self) -> None:
        floors = np.argsort(self._floors["level"], kind="stable").astype(np.int32)
        floor_levels = self._floors["level"][floors]
        reached = NONE
        for slots in _runs(self._levels * len(Step) + self._kinds):
            while reached < self._levels[slots[0]]:
                reached += 1
                first, end = np.searchsorted(floor_levels, [reached, reached + 1])
                self._set_floors(floors[first:end])
            self._take(Step(self._kinds[slots[0]]), slots)

    def _take(self, step: Step, slots: Numbers) -> None:
        if step is not Step.SPOKEN:
            self._shelf.put(slots, self._RULES[step](self, slots))
            return
        floors = self._floor[self._steps["floor"][slots]]
        for part, courses in self._heard.courses(self._steps["left"][slots], floors):
            self._shelf.put(slots[part], courses)

    def _set_floors(self, floors: Numbers) -> None:
        anchored = floors[self._floors["anchor"][floors] != NONE]
        if len(anchored):
            anchor = self._shelf.get(self._floors["anchor"][anchored])
            days = self._floors["days"][anchored]
            self._floor.earliest[anchored] = _plus(anchor.earliest, days)
            self._floor.latest[anchored] = _plus(anchor.latest, days)
        fixed = floors[self._floors["anchor"][floors] == NONE]
        parent = self._floor[self._floors["parent"][fixed]]
        day = self._floors["day"][fixed]
        self._floor.earliest[fixed] = np.maximum(parent.earliest, day)
        self._floor.latest[fixed] = np.maximum(parent.latest, day)

    def _left(self, slots: Numbers) -> Courses:
        return self._shelf.get(self._steps["left"][slots])

    def _right(self, slots: Numbers) -> Courses:
        return self._shelf.get(self._steps["right"][slots])

    # One rule for each step

    def _constant(self, slots: Numbers) -> Courses:
        return constants(self._steps["left"][slots].astype(np.int8))

    def _counted(self, slots: Numbers) -> Courses:
        count = self._steps["right"][slots]
        node = np.repeat(np.arange(len(slots)), count)
        begin = np.cumsum(count) - count
        places = np.repeat(self._steps["left"][slots] - begin, count) + np.arange(len(node))
        operands = self._shelf.get(self._operands[places])
        return at_least(self._steps["number"][slots], operands, node, count)

    def _negated(self, slots: Numbers) -> Courses:
        return self._left(slots).mapped(_each(_NEGATED, slots))

    def _never_sure(self, slots: Numbers) -> Courses:
        return self._left(slots).mapped(_each(_NEVER_SURE, slots))

    def _unrecorded(self, slots: Numbers) -> Courses:
        return self._left(slots).mapped(_each(_UNRECORDED, slots))

    def _date(self, slots: Numbers) -> Courses:
        day = self._steps["number"][slots].astype(np.int32)
        doubt = np.full(len(slots), C_UNKNOWN)
        return from_spans(day, day, np.full(len(slots), _NEVER), doubt)

    def _latched(self, slots: Numbers) -> Courses:
        return self._left(slots).latched()

    def _later(self, slots: Numbers) -> Courses:
        """Keep what came about later than a floor: see `timeline.later_than`."""
        whole, floor = self._left(slots), self._floor[self._steps["floor"][slots]]
        tables = _each(_NEVER_SURE, slots)
        tables[whole.latest <= floor.earliest] = _TOO_EARLY
        tables[whole.earliest > floor.latest] = _SAME
        return whole.mapped(tables)

    def _if_ever(self, slots: Numbers) -> Courses:
        """Leave the decision to the anchor where the anchor never comes."""
        tables = _each(_SAME, slots)
        tables[self._floor[self._steps["floor"][slots]].earliest >= NEVER] = _MET
        return self._left(slots).mapped(tables)

    def _before(self, slots: Numbers) -> Courses:
        first, then = self._left(slots), self._right(slots)
        never = first.ruled_out_from
        clash = (first.doubt == C_DISPUTED) | (then.doubt == C_DISPUTED)
        doubt = np.where(clash, C_DISPUTED, C_UNKNOWN)[:, None]
        over = np.minimum(then.latest, never)[:, None]
        came_first = (then.latest <= first.earliest)[:, None]
        surely = (first.latest < then.earliest)[:, None]

        def value_at(days: Days) -> Codes:
            codes = np.where(surely & (first.latest[:, None] <= days), C_MET, doubt)
            codes = np.where(came_first, C_RULED_OUT, codes)
            awaited = np.where(days >= over, C_RULED_OUT, C_WAITING)
            return np.where(days < first.earliest[:, None], awaited, codes)

        turns = np.stack([first.earliest, first.latest, then.latest, never], axis=1)
        return sampled(turns, value_at)

    def _elapsed(self, slots: Numbers) -> Courses:
        anchor, days = self._left(slots), self._steps["number"][slots]
        return from_spans(
            _plus(anchor.earliest, days),
            _plus(anchor.latest, days),
            anchor.ruled_out_from,
            anchor.doubt,
        )

    def _window(self, slots: Numbers) -> Courses:
        opened = self._steps["number"][slots].astype(np.int32)
        closed = self._steps["limit"][slots].astype(np.int32)
        return _inside(self._left(slots), opened, Spans(closed, closed))

    def _following(self, slots: Numbers) -> Courses:
        anchor, days = self._right(slots), self._steps["number"][slots]
        closed = Spans(_plus(anchor.earliest, days), _plus(anchor.latest, days))
        came = _inside(self._left(slots), anchor.earliest, closed)
        tables = _each(_SAME, slots)
        tables[anchor.earliest >= NEVER] = _MET
        return came.mapped(tables)

    def _assumed(self, slots: Numbers) -> Courses:
        """Lay assumptions over actual courses: see `Assumption.over`."""
        since = self._steps["number"][slots].astype(np.int32)
        return self._left(slots).changed(since, _ASSUMED[self._steps["limit"][slots]])

    def _assumed_later(self, slots: Numbers) -> Courses:
        """Do so with the courses of what came about later: see `Assumption.over_later`."""
        actual, whole = self._left(slots), self._right(slots)
        floor = self._floor[self._steps["floor"][slots]]
        since = self._steps["number"][slots].astype(np.int32)
        assumed = self._steps["limit"][slots].astype(np.int8)
        tables = _ASSUMED[assumed]
        comes = true(assumed) & ~true(actual.at(since[:, None])[:, 0])
        tables[comes & (since <= floor.latest)] = _MAYBE_LATER
        no_news = true(whole.at(since[:, None])[:, 0]) | (since <= floor.earliest)
        tables[comes & no_news] = _SAME
        return actual.changed(since, tables)

    _RULES: ClassVar[Mapping[Step, Callable[[Evaluation, Numbers], Courses]]] = {
        Step.CONSTANT: _constant,
        Step.COUNTED: _counted,
        Step.NEGATED: _negated,
        Step.NEVER_SURE: _never_sure,
        Step.UNRECORDED: _unrecorded,
        Step.DATE: _date,
        Step.LATCHED: _latched,
        Step.LATER: _later,
        Step.IF_EVER: _if_ever,
        Step.BEFORE: _before,
        Step.ELAPSED: _elapsed,
        Step.WINDOW: _window,
        Step.FOLLOWING: _following,
        Step.ASSUMED: _assumed,
        Step.ASSUMED_LATER: _assumed_later,
    }


def _runs(kinds: Numbers) -> Iterator[Numbers]:
    """Give the slots of each kind in turn, not too many at once."""
    # A stable sort of small integers is a radix sort.
    small = kinds.astype(np.min_scalar_type(kinds.max(initial=0)))
    order = np.argsort(small, kind="stable").astype(np.int32)
    sizes = np.bincount(small)
    for start, end in zip(np.cumsum(sizes) - sizes, np.cumsum(sizes), strict=True):
        for first in range(start, end, _AT_ONCE):
            yield order[first : min(end, first + _AT_ONCE)]


def _each(table: Codes, slots: Numbers) -> Codes:
    return np.tile(table, (len(slots), 1))


def _plus(days: Days, more: Numbers) -> Days:
    return np.where(days >= NEVER, days, days + more).astype(np.int32)


def _inside(courses: Courses, opened: Days, closed: Spans) -> Courses:
    """Judge what counts only if it comes about inside a window: see `timeline.inside`."""
    out = courses.earliest >= closed.latest
    latest = np.where(courses.latest < closed.earliest, courses.latest, _NEVER)
    gone = np.minimum(closed.latest, courses.ruled_out_from)
    return from_spans(
        np.where(out, _NEVER, np.maximum(courses.earliest, opened)),
        np.where(out, _NEVER, np.maximum(latest, opened)),
        np.where(out, gone, closed.latest),
        courses.doubt,
    )
