"""Many timelines in one place: the days on which each changes, and the value from then on.

The rules are those of `graph.timeline` and `graph.truth`, each applied to all timelines at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from graph.timeline import NEVER, Timeline
from graph.vectorised.codes import (
    C_DISPUTED,
    C_HOLDING,
    C_MET,
    C_RULED_OUT,
    C_UNKNOWN,
    C_WAITING,
    VALUES,
    Codes,
    Days,
    Marks,
    Numbers,
    Places,
    false,
    true,
    unknown,
)

_DAY_BITS: Final = 22
"""Enough for every day until NEVER, so that a place and a day sort as one number."""

_COUNT_BITS: Final = 12
MOST_OPERANDS: Final = (1 << _COUNT_BITS) - 1
"""Counts of operands by kind of value share one 64-bit number of five fields."""

_TRUE, _POSSIBLE, _MET, _RULED_OUT, _DISPUTED = (1 << _COUNT_BITS * field for field in range(5))
_TALLIED: Final = np.array(
    [
        _TRUE + _POSSIBLE + _MET,
        _TRUE + _POSSIBLE,
        0,
        _RULED_OUT,
        _POSSIBLE,
        _POSSIBLE + _DISPUTED,
    ],
    dtype=np.int64,
)


@dataclass(frozen=True)
class Courses:
    """Timelines one after another; that of place p has the entries from bounds[p] to bounds[p + 1].

    As in `graph.timeline` each begins on day 0, its days ascend and neighbouring values differ.
    """

    bounds: Places
    days: Days
    codes: Codes

    def __len__(self) -> int:
        """Count the courses."""
        return len(self.bounds) - 1

    @cached_property
    def owner(self) -> Places:
        """Give the place to which each entry belongs."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.bounds))

    def timeline(self, place: int) -> Timeline:
        """Give one course as the scalar evaluator has it."""
        entries = slice(self.bounds[place], self.bounds[place + 1])
        values = tuple(VALUES[code] for code in self.codes[entries])
        return Timeline(tuple(self.days[entries].tolist()), values)

    def at(self, days: Days) -> Codes:
        """Give the value of every course on some days: a row of days for each, or one for all."""
        sought = _keys(np.arange(len(self), dtype=np.int64)[:, None], days)
        found = np.searchsorted(_keys(self.owner, self.days), sought, side="right")
        return self.codes[found - 1]

    @cached_property
    def earliest(self) -> Days:
        """Give the first day that is not false, or NEVER."""
        return self._first(~false(self.codes))

    @cached_property
    def latest(self) -> Days:
        """Give the first day that is true, or NEVER."""
        return self._first(true(self.codes))

    @cached_property
    def ruled_out_from(self) -> Days:
        """Give the first day on which it can no longer come about, or NEVER."""
        return self._first(self.codes == C_RULED_OUT)

    @cached_property
    def doubt(self) -> Codes:
        """Give what it is while nobody can tell if it came about: disputed where sources clash."""
        clash = self._first(self.codes == C_DISPUTED)
        return np.where(clash < self.latest, C_DISPUTED, C_UNKNOWN)

    def _first(self, fits: Marks) -> Days:
        days = np.where(fits, self.days, np.int32(NEVER))
        return np.minimum.reduceat(days, self.bounds[:-1])

    def latched(self) -> Courses:
        """Keep what was once true, as met, and what may have been true, as unknown."""
        doubtful = self._first(unknown(self.codes))
        clashing = self._first(self.codes == C_DISPUTED)
        codes = np.where(self.days >= doubtful[self.owner], C_UNKNOWN, self.codes)
        codes[self.days >= clashing[self.owner]] = C_DISPUTED
        codes[self.days >= self.latest[self.owner]] = C_MET
        return joined(self.owner, self.days, codes, len(self))

    def mapped(self, tables: Codes) -> Courses:
        """Replace every value by what the table of its course (a row of six codes) says."""
        return joined(self.owner, self.days, tables[self.owner, self.codes], len(self))

    def changed(self, since: Days, tables: Codes) -> Courses:
        """Replace every value from a day on by what the table of its course says."""
        turn = np.where((since < 0) | (since >= NEVER), 0, since).astype(np.int32)
        places = np.arange(len(self), dtype=np.int64)
        keys = np.concatenate([_keys(self.owner, self.days), _keys(places, turn)])
        codes = np.concatenate([self.codes, self.at(turn[:, None])[:, 0]])
        order = np.argsort(keys, kind="stable")
        owner, days, codes = keys[order] >> _DAY_BITS, _day_of(keys[order]), codes[order]
        codes = np.where(days >= since[owner], tables[owner, codes], codes)
        return joined(owner, days, codes, len(self))


def _keys(places: Places, days: Days) -> Places:
    return (places << _DAY_BITS) | days


def _day_of(keys: Places) -> Days:
    return (keys & ((1 << _DAY_BITS) - 1)).astype(np.int32)


def joined(owner: Places, days: Days, codes: Codes, count: int) -> Courses:
    """Build courses from entries ordered by place and day, joining equal neighbours."""
    kept = np.ones(len(owner), dtype=np.bool_)
    kept[1:] = (owner[1:] != owner[:-1]) | (codes[1:] != codes[:-1])
    bounds = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner[kept], minlength=count), out=bounds[1:])
    return Courses(bounds, days[kept], codes[kept])


def constants(codes: Codes) -> Courses:
    """Give courses that have the same value on every day."""
    bounds = np.arange(len(codes) + 1, dtype=np.int64)
    return Courses(bounds, np.zeros(len(codes), dtype=np.int32), codes)


def sampled(days: Days, value_at: Callable[[Days], Codes]) -> Courses:
    """Give the courses of functions that change on none but the given days, a row for each."""
    turns = np.zeros((days.shape[0], days.shape[1] + 1), dtype=np.int32)
    turns[:, 1:] = np.where((days < 0) | (days >= NEVER), 0, days)
    turns.sort(axis=1)
    owner = np.repeat(np.arange(len(turns), dtype=np.int64), turns.shape[1])
    return joined(owner, turns.ravel(), value_at(turns).ravel(), len(turns))


def from_spans(earliest: Days, latest: Days, never: Days, doubt: Codes) -> Courses:
    """Give the courses of what comes about within spans and then stays: see `from_span`."""

    def value_at(days: Days) -> Codes:
        codes = np.where(days >= never[:, None], C_RULED_OUT, C_WAITING)
        codes = np.where(days >= earliest[:, None], doubt[:, None], codes)
        return np.where(days >= latest[:, None], C_MET, codes)

    return sampled(np.stack([earliest, latest, never], axis=1), value_at)


def at_least(minimum: Places, operands: Courses, node: Places, count: Places) -> Courses:
    """Count operands by kind of value on every day: `truth.at_least` for many nodes at once.

    `node` gives the node of each operand and `count` how many operands each node has, none of
    them 0 or more than MOST_OPERANDS.
    """
    tallied = _TALLIED[operands.codes]
    change = tallied.copy()
    change[1:] -= tallied[:-1]
    begins = operands.bounds[:-1]
    change[begins] = tallied[begins]
    keys = _keys(node[operands.owner], operands.days)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    # Sums over all nodes overflow their fields; the difference to a node's beginning does not.
    totals = np.cumsum(change[order])
    last = np.ones(len(keys), dtype=np.bool_)
    last[:-1] = keys[1:] != keys[:-1]
    keys, totals = keys[last], totals[last]
    owner = keys >> _DAY_BITS
    ends = np.searchsorted(owner, np.arange(len(minimum)), side="right") - 1
    before = np.concatenate([np.zeros(1, dtype=np.int64), totals[ends][:-1]])
    codes = _judged(totals - before[owner], minimum[owner], count[owner])
    return joined(owner, _day_of(keys), codes, len(minimum))


def _judged(tallies: Places, minimum: Places, count: Places) -> Codes:
    is_true, possible, met, ruled_out, disputed = (
        (tallies >> _COUNT_BITS * field) & MOST_OPERANDS for field in range(5)
    )
    codes = np.where(disputed > 0, C_DISPUTED, C_UNKNOWN)
    unreachable = count - ruled_out < minimum
    codes = np.where(possible < minimum, np.where(unreachable, C_RULED_OUT, C_WAITING), codes)
    return np.where(is_true >= minimum, np.where(met >= minimum, C_MET, C_HOLDING), codes)


@dataclass
class Shelf:
    """Holds the courses of numbered slots, put there in any order."""

    first: Places
    length: Numbers
    days: Days
    codes: Codes
    used: int = 0

    @classmethod
    def of(cls, slots: int) -> Shelf:
        """Make room for so many slots; it grows by itself."""
        room = max(16, 4 * slots)
        return cls(
            np.zeros(slots, dtype=np.int64),
            np.zeros(slots, dtype=np.int32),
            np.empty(room, dtype=np.int32),
            np.empty(room, dtype=np.int8),
        )

    def put(self, slots: Places | Numbers, courses: Courses) -> None:
        """Keep a course for each of the slots."""
        end = self.used + len(courses.days)
        if end > len(self.days):
            room = max(end, 2 * len(self.days)) - self.used
            self.days = np.concatenate([self.days[: self.used], np.empty(room, dtype=np.int32)])
            self.codes = np.concatenate([self.codes[: self.used], np.empty(room, dtype=np.int8)])
        self.days[self.used : end] = courses.days
        self.codes[self.used : end] = courses.codes
        self.first[slots] = courses.bounds[:-1] + self.used
        self.length[slots] = np.diff(courses.bounds)
        self.used = end

    def get(self, slots: Places | Numbers) -> Courses:
        """Give the courses of slots, in their order."""
        bounds = np.zeros(len(slots) + 1, dtype=np.int64)
        length = self.length[slots]
        np.cumsum(length, out=bounds[1:])
        shift = np.repeat(self.first[slots] - bounds[:-1], length)
        entries = shift + np.arange(bounds[-1])
        return Courses(bounds, self.days[entries], self.codes[entries])
