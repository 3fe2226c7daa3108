"""What claims come to, for many matters at once: the rules of `graph.claims` on tables.

Matters with the same number of claims are judged together: a row for each matter, a column for
each claim about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.claims import Policy, Rule
from graph.timeline import BEGINNING, NEVER
from graph.vectorised.codes import (
    C_DISPUTED,
    C_HOLDING,
    C_MET,
    C_UNKNOWN,
    C_WAITING,
    Codes,
    Days,
    Marks,
    Numbers,
    Places,
)
from graph.vectorised.courses import Courses, constants, sampled
from graph.vectorised.groups import Evidences, Groups, Spans

_NEVER: Final = np.int32(NEVER)
_LOWEST: Final = np.int64(-(2**62))
_CELLS: Final = 2_000_000
"""How many cells a table of matters by days by claims may have: it bounds the memory used."""


@dataclass(frozen=True)
class Table:
    """Claims about matters; what is not `counted` was left out, what is `unsure` may not count."""

    rule: Rule
    holds: Marks
    open: Marks
    since: Spans
    until: Spans
    rank: Places
    counted: Marks
    unsure: Marks
    monitored: Marks
    approval: Marks


class Heard:
    """The claims that count for one day of knowledge and one policy."""

    def __init__(self, evidence: Evidences, groups: Groups, known_at: int, policy: Policy) -> None:
        """Leave out what was not public by the day of knowledge and sources that do not count."""
        counting = [policy.heard(sources) for sources in evidence.sources]
        highest = [max(map(evidence.rank_of, sources), default=0) for sources in counting]
        self._rank = np.array(highest, dtype=np.int64)
        allowed = np.array([bool(sources) for sources in counting], dtype=np.bool_)
        heard = (evidence.published <= known_at) & allowed[evidence.source]
        kept = heard[groups.members]
        counts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(kept)])
        self._bounds = counts[groups.bounds]
        self._members = groups.members[kept]
        self._evidence, self._groups, self._rule = evidence, groups, policy.rule

    def courses(self, groups: Places | Numbers, floors: Spans) -> Iterator[tuple[Places, Courses]]:
        """Give the courses of groups, each seen from a floor, with their places among these.

        A floor before every day leaves nothing out.
        """
        count = np.diff(self._bounds)[groups]
        event = self._groups.event[groups]
        for width in np.unique(count):
            for happens in (True, False):
                places = np.flatnonzero((count == width) & (event == happens))
                for part in _parts(places, width * (4 * width + 1)):
                    yield part, self._judged(groups[part], floors[part], int(width), happens)

    def _judged(
        self, groups: Places | Numbers, floors: Spans, width: int, happens: bool
    ) -> Courses:
        if width == 0:
            watched = self._groups.monitored[groups]
            return constants(np.where(watched, C_WAITING, C_UNKNOWN))
        table = self._table(groups, floors, width)
        return _happened(table) if happens else _holding(table)

    def _table(self, groups: Places | Numbers, floors: Spans, width: int) -> Table:
        places = self._members[self._bounds[groups][:, None] + np.arange(width)]
        evidence = self._evidence
        holds, since = evidence.holds[places], evidence.since[places]
        counted = ~holds | (since.latest > floors.earliest[:, None])
        return Table(
            self._rule,
            holds,
            evidence.open[places],
            since,
            evidence.until[places],
            self._rank[evidence.source[places]],
            counted,
            holds & (since.earliest <= floors.latest[:, None]),
            self._groups.monitored[groups],
            self._groups.approval[groups],
        )


def _parts(places: Places, cells: int) -> Iterator[Places]:
    size = max(1, _CELLS // max(1, int(cells)))
    for start in range(0, len(places), size):
        yield places[start : start + size]


def _weighed(
    rule: Rule, opposed: Marks, supporting: Places, opposing: Places, when_true: np.int8
) -> Codes:
    """Settle clashes by the rule; the ranks are those of the weightiest on each side."""
    if rule is Rule.CREDULOUS:
        return np.full(opposed.shape, when_true)
    if rule is Rule.SCEPTICAL:
        return np.where(opposed, C_DISPUTED, when_true)
    settled = np.where(supporting < opposing, C_WAITING, C_DISPUTED)
    return np.where(opposed & (supporting <= opposing), settled, when_true)


def _weightiest(table: Table, speaks: Marks) -> Places:
    """Give the rank of the weightiest claim that speaks, where ranks matter."""
    if table.rule is not Rule.RANKED:
        return np.zeros(speaks.shape[:2], dtype=np.int64)
    ranks: Places = np.where(speaks, table.rank[:, None, :], _LOWEST).max(axis=2)
    return ranks


def _any(marks: Marks) -> Marks:
    """Mark what holds for any claim: the last axis."""
    return np.asarray(marks.any(axis=-1))


# Events


def _happened(table: Table) -> Courses:
    """Judge events: see `Claims._happened_by`."""
    denies = table.counted & ~table.holds
    reports = table.counted & table.holds
    through = np.where(table.open, table.since.earliest, table.until.earliest - 1)
    covers = denies[:, None, :] & (table.since.latest[:, :, None] <= through[:, None, :])
    against = _weightiest(table, covers)
    value = _weighed(table.rule, _any(covers), table.rank, against, C_MET)
    reports &= value != C_WAITING
    told = reports & ~table.unsure
    met = _first(told & (value == C_MET), table.since.latest)
    disputed = _first(told & (value == C_DISPUTED), table.since.latest)
    perhaps = _first(reports, _meant(table, denies, through))
    denied = np.where(denies, through, -1).max(axis=1)
    quiet = reports.any(axis=1) | table.monitored | (denies & table.open).any(axis=1)

    def value_at(days: Days) -> Codes:
        waiting = quiet[:, None] | (days <= denied[:, None])
        codes = np.where(waiting, C_WAITING, C_UNKNOWN)
        codes = np.where(days >= perhaps[:, None], C_UNKNOWN, codes)
        codes = np.where(days >= disputed[:, None], C_DISPUTED, codes)
        return np.where(days >= met[:, None], C_MET, codes)

    return sampled(np.stack([met, disputed, perhaps, denied + 1], axis=1), value_at)


def _meant(table: Table, denies: Marks, through: Days) -> Days:
    """Give the earliest day that each report may mean: those a denial covers are left out."""
    free = through[:, None, :] + 1
    from_then = denies[:, None, :] & (free <= table.since.latest[:, :, None])
    left: Days = np.where(from_then, free, np.int32(BEGINNING)).max(axis=2)
    return np.maximum(table.since.earliest, left)


def _first(chosen: Marks, days: Days) -> Days:
    first: Days = np.where(chosen, days, _NEVER).min(axis=1)
    return first


# States of affairs and approvals


def _holding(table: Table) -> Courses:
    """Judge what lasts: see `Claims._holding_on`."""
    since = Spans(table.since.earliest, np.where(table.unsure, _NEVER, table.since.latest))
    taken = _taken_over(table)
    until = Spans(
        np.where(table.open, taken, table.until.earliest),
        np.where(table.open, taken, table.until.latest),
    )
    turns = np.concatenate(
        [
            np.where(table.counted, days, 0)
            for days in (since.earliest, since.latest, until.earliest, until.latest)
        ],
        axis=1,
    )
    return sampled(turns, lambda days: _lasting(table, since, until, days))


def _taken_over(table: Table) -> Days:
    later = table.since.earliest[:, None, :] > table.since.latest[:, :, None]
    later &= table.counted[:, None, :]
    taken: Days = np.where(later, table.since.latest[:, None, :], _NEVER).min(axis=2)
    return taken


def _lasting(table: Table, since: Spans, until: Spans, days: Days) -> Codes:
    day = days[:, :, None]
    counted = table.counted[:, None, :]
    surely = counted & (since.latest[:, None, :] <= day) & (day < until.earliest[:, None, :])
    perhaps = counted & (since.earliest[:, None, :] <= day) & (day < until.latest[:, None, :])
    perhaps &= ~surely
    first = np.where(table.counted, table.since.earliest, _NEVER).min(axis=1)
    given = table.counted.any(axis=1) & table.approval
    quiet = table.monitored[:, None] | (given[:, None] & (days < first[:, None]))
    sides = _Sides.of(table, surely, quiet)
    codes = sides.spoken()
    rows = np.flatnonzero(perhaps.any(axis=(1, 2)))
    if len(rows):
        other = sides.rows(rows).joined_by(table.holds[rows], table.rank[rows])
        changed = perhaps[rows] & (other.spoken() != codes[rows][:, :, None])
        doubtful = changed.any(axis=2) & (codes[rows] != C_DISPUTED)
        codes[rows] = np.where(doubtful, C_UNKNOWN, codes[rows])
    return codes


@dataclass(frozen=True)
class _Sides:
    """Who speaks for and against matters on days, and the weightiest of each side."""

    rule: Rule
    supported: Marks
    opposed: Marks
    supporting: Places
    opposing: Places
    quiet: Marks

    @classmethod
    def of(cls, table: Table, speaks: Marks, quiet: Marks) -> _Sides:
        """Sort by side the claims that speak on each day."""
        holds = table.holds[:, None, :]
        for_it, against = speaks & holds, speaks & ~holds
        return cls(
            table.rule,
            _any(for_it),
            _any(against),
            _weightiest(table, for_it),
            _weightiest(table, against),
            quiet,
        )

    def rows(self, chosen: Places) -> _Sides:
        """Keep some of the matters."""
        return _Sides(
            self.rule,
            self.supported[chosen],
            self.opposed[chosen],
            self.supporting[chosen],
            self.opposing[chosen],
            self.quiet[chosen],
        )

    def joined_by(self, holds: Marks, rank: Places) -> _Sides:
        """Let each claim, by itself, join its side."""
        holds, rank = holds[:, None, :], rank[:, None, :]
        supporting, opposing = self.supporting[:, :, None], self.opposing[:, :, None]
        return _Sides(
            self.rule,
            self.supported[:, :, None] | holds,
            self.opposed[:, :, None] | ~holds,
            np.maximum(supporting, np.where(holds, rank, _LOWEST)),
            np.maximum(opposing, np.where(holds, _LOWEST, rank)),
            self.quiet[:, :, None],
        )

    def spoken(self) -> Codes:
        """Give the value on every day: see `Claims._spoken`."""
        weighed = _weighed(self.rule, self.opposed, self.supporting, self.opposing, C_HOLDING)
        silent = np.where(self.opposed | self.quiet, C_WAITING, C_UNKNOWN)
        return np.where(self.supported, weighed, silent)
