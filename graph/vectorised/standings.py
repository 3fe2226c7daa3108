"""Where all undertakings stand on many days: the ordered rules of `graph.standing`, vectorised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.lifecycle import Lifecycle
from graph.model import Gate, Id, State
from graph.standing import Flag
from graph.standing import standing as scalar_standing
from graph.timeline import NEVER, Day
from graph.vectorised.codes import (
    C_DISPUTED,
    C_MET,
    C_RULED_OUT,
    C_UNKNOWN,
    C_WAITING,
    Codes,
    Days,
    Marks,
    Numbers,
    Places,
    false,
    true,
)
from graph.vectorised.evaluation import Evaluation
from graph.vectorised.groups import Spans
from graph.vectorised.program import NONE, Program, Reason
from graph.world import World

Cells: TypeAlias = NDArray[np.int16]
"""A state in the lower byte, its remarks as bits above."""

_STATES: Final = tuple(State)
_FLAGS: Final = tuple(Flag)
_STATE: Final = {state: np.int16(place) for place, state in enumerate(_STATES)}
_REMARK: Final = {flag: np.int16(1 << 8 + place) for place, flag in enumerate(_FLAGS)}
_CELLS: Final = 1_000_000
"""How many pairs times days are judged at once: it bounds the memory used."""


@dataclass(frozen=True)
class Standings:
    """The state and the remarks of each pair of undertaking and debtor, on each day.

    `cells` has a row for each pair and a column for each day. `scalar` are the rows that the
    scalar evaluator answered, and why.
    """

    pairs: Sequence[tuple[Id, Id]]
    days: tuple[Day, ...]
    cells: Cells
    scalar: Mapping[int, Reason]

    def state(self, row: int, column: int) -> State:
        """Give the state of a pair on a day."""
        return _STATES[int(self.cells[row, column]) & 0xFF]

    def flags(self, row: int, column: int) -> frozenset[Flag]:
        """Give the remarks beside the state."""
        cell = int(self.cells[row, column])
        return frozenset(flag for flag in _FLAGS if cell & int(_REMARK[flag]))

    def count(self, state: State) -> Places:
        """Count the pairs in a state, on each day."""
        return np.asarray(np.count_nonzero(self.cells & 0xFF == _STATE[state], axis=0))

    def left(self) -> Counter[Reason]:
        """Count the pairs that were left to the scalar evaluator, for each reason."""
        return Counter(self.scalar.values())


def cells_of(program: Program, world: World, days: Sequence[Day]) -> Cells:
    """Derive the cells of a program; those left to the scalar evaluator say nothing."""
    evaluation = Evaluation(program, world.known_at, world.policy)
    cells = np.empty((len(program.pairs), len(days)), dtype=np.int16)
    asked = np.array(days, dtype=np.int32)
    size = max(1, _CELLS // max(1, len(days)))
    for start in range(0, len(cells), size):
        rows = slice(start, start + size)
        cells[rows] = _judged(_Gates(program, evaluation, rows, asked))
    return cells


def fill(
    cells: Cells,
    program: Program,
    world: World,
    days: Sequence[Day],
    rows: Iterable[int],
) -> None:
    """Ask the scalar evaluator for the cells of some rows."""
    lifecycle = Lifecycle(world)
    for row in rows:
        course = lifecycle.course(*program.pairs[row])
        for column, day in enumerate(days):
            found = scalar_standing(course, day)
            remarks = sum(int(_REMARK[flag]) for flag in found.flags)
            cells[row, column] = int(_STATE[found.state]) + remarks


class _Gates:
    """What the rules look at: the gates of some pairs on some days."""

    def __init__(self, program: Program, evaluation: Evaluation, rows: slice, days: Days) -> None:
        """Look up every gate."""
        self.made = program.made[rows]
        self.committed = program.committed[rows]
        self.days = days
        self._values: dict[Gate, Codes] = {}
        self._spans: dict[Gate, Spans] = {}
        for gate, slots in zip(Gate, program.gates[rows].T, strict=True):
            self._look_up(evaluation, gate, slots)

    def _look_up(self, evaluation: Evaluation, gate: Gate, slots: Numbers) -> None:
        values = np.full((len(slots), len(self.days)), _MISSING[gate])
        never = np.full((2, len(slots), 1), NEVER, dtype=np.int32)
        there = np.flatnonzero(slots != NONE)
        if len(there):
            courses = evaluation.courses(slots[there])
            values[there] = courses.at(self.days[None, :])
            never[:, there, 0] = courses.earliest, courses.latest
        self._values[gate] = values
        self._spans[gate] = Spans(never[0], never[1])

    def value(self, gate: Gate) -> Codes:
        """Give what a gate comes to; what stands for it where an undertaking has none."""
        return self._values[gate]

    @property
    def due(self) -> Spans:
        """Give the day by which each must be kept, in a column."""
        return self._spans[Gate.DUE]

    @property
    def kept(self) -> Spans:
        """Give the day on which each was kept, in a column."""
        return self._spans[Gate.DISCHARGED]

    def was_met(self, gate: Gate) -> Marks:
        """Mark where a gate was surely met on an earlier day."""
        return self._spans[gate].latest < self.days


_MISSING: Final = {
    Gate.ESTABLISHED: C_MET,
    Gate.ACTIVATED: C_MET,
    Gate.DISCHARGED: C_UNKNOWN,
    Gate.SUSPENDED: C_WAITING,
    Gate.ENDS: C_WAITING,
    Gate.DUE: C_WAITING,
}


_Rule: TypeAlias = tuple[Marks, np.int16]


def _cell(state: State, *flags: Flag) -> np.int16:
    return np.int16(_STATE[state] + sum(_REMARK[flag] for flag in flags))


def _judged(gates: _Gates) -> Cells:
    """Apply the rules in order; the first that fits decides."""
    rules = [*_made(gates), *_established(gates), *_activated(gates), *_afterwards(gates)]
    fits, cells = zip(*rules, strict=True)
    return np.select(fits, cells, default=_cell(State.IN_FORCE))


def _made(gates: _Gates) -> Iterator[_Rule]:
    made, days = gates.made, gates.days
    yield days < made.earliest[:, None], _cell(State.NOT_MADE)
    yield days < made.latest[:, None], _cell(State.UNDETERMINED)
    yield ~gates.committed[:, None], _cell(State.DECLARED)


def _established(gates: _Gates) -> Iterator[_Rule]:
    value, over = gates.value(Gate.ESTABLISHED), true(gates.value(Gate.ENDS))
    yield value == C_DISPUTED, _cell(State.UNDETERMINED, Flag.DISPUTED)
    yield value == C_UNKNOWN, _cell(State.UNDETERMINED)
    yield value == C_RULED_OUT, _cell(State.LAPSED)
    yield (value == C_WAITING) & gates.was_met(Gate.ESTABLISHED), _cell(State.SUSPENDED)
    yield (value == C_WAITING) & over, _cell(State.LAPSED)
    yield value == C_WAITING, _cell(State.PROPOSED)


def _activated(gates: _Gates) -> Iterator[_Rule]:
    value, over = gates.value(Gate.ACTIVATED), true(gates.value(Gate.ENDS))
    yield value == C_RULED_OUT, _cell(State.EXPIRED, Flag.IMPOSSIBLE)
    yield ~true(value) & over, _cell(State.EXPIRED)
    yield value == C_DISPUTED, _cell(State.CONDITIONAL, Flag.DISPUTED)
    yield value == C_UNKNOWN, _cell(State.CONDITIONAL, Flag.UNKNOWN)
    yield (value == C_WAITING) & gates.was_met(Gate.ACTIVATED), _cell(State.SUSPENDED)
    yield value == C_WAITING, _cell(State.CONDITIONAL)


def _afterwards(gates: _Gates) -> Iterator[_Rule]:
    value, due, kept = gates.value(Gate.DISCHARGED), gates.due, gates.kept
    done, past = true(value), gates.days > due.latest
    yield done & (kept.earliest > due.latest), _cell(State.FULFILLED_LATE)
    yield done & (kept.latest <= due.earliest), _cell(State.FULFILLED)
    yield done, _cell(State.FULFILLED, Flag.TIMING_UNKNOWN)
    yield true(gates.value(Gate.SUSPENDED)), _cell(State.SUSPENDED)
    yield past & false(value), _cell(State.VIOLATED)
    yield past & (value == C_DISPUTED), _cell(State.OVERDUE, Flag.DISPUTED)
    yield past, _cell(State.OVERDUE)
    yield true(gates.value(Gate.ENDS)), _cell(State.EXPIRED)
