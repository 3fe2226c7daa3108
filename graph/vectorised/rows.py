"""Writes the rows of a program, each with the level at which all it depends on is known."""

from __future__ import annotations

from array import array

import numpy as np

from graph.truth import MET, RULED_OUT
from graph.vectorised.codes import CODE, Places
from graph.vectorised.courses import MOST_OPERANDS
from graph.vectorised.program import FAR, FLOOR_COLUMNS, NONE, STEP_COLUMNS, Step


def cut(days: int) -> int:
    """Cut off a number of days where it makes no difference any more."""
    return max(-FAR, min(FAR, days))


class NotVectorised(Exception):
    """What is to be written has no step: it is left to the scalar evaluator."""


class Rows:
    """Steps, their operands, and floors, as they are written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._steps = array("i")
        self._floors = array("i")
        self._operands = array("i")
        self._levels = array("i")
        self._floor_levels = array("i")
        self._plain: dict[tuple[int, ...], int] = {}

    def steps(self) -> Places:
        """Give the steps: an array for each of STEP_COLUMNS, a place for each slot."""
        return _table(self._steps, len(STEP_COLUMNS))

    def floors(self) -> Places:
        """Give the floors: an array for each of FLOOR_COLUMNS, a place for each floor."""
        return _table(self._floors, len(FLOOR_COLUMNS))

    def operands(self) -> Places:
        """Give the operands of all counted steps, one after another."""
        return np.array(self._operands, dtype=np.int64)

    def add(
        self,
        step: Step,
        left: int,
        right: int = NONE,
        floor: int = NONE,
        number: int = 0,
        limit: int = 0,
        above: tuple[int, ...] = (),
    ) -> int:
        """Write a step that takes its course from the slots `above`, and give its slot."""
        level = 0 if floor == NONE else self._floor_levels[floor]
        for slot in above:
            if self._levels[slot] >= level:
                level = self._levels[slot] + 1
        self._steps.extend((level, step, left, right, floor, number, limit))
        self._levels.append(level)
        return len(self._levels) - 1

    def shared(self, step: Step, left: int, number: int = 0) -> int:
        """Give the one slot of a step that depends on no other slot."""
        key = (step, left, number)
        if key not in self._plain:
            self._plain[key] = self.add(step, left, number=number)
        return self._plain[key]

    def floor(self, parent: int, anchor: int, days: int, day: int = -FAR) -> int:
        """Write a floor: some days after an anchor, or a day, no earlier than a parent."""
        level = 0 if anchor == NONE else self._levels[anchor] + 1
        if parent != NONE:
            level = max(level, self._floor_levels[parent] + 1)
        self._floors.extend((level, parent, anchor, cut(days), cut(day)))
        self._floor_levels.append(level)
        return len(self._floor_levels) - 1

    def over(self, step: Step, slot: int, floor: int = NONE) -> int:
        """Write a step over one slot."""
        return self.add(step, slot, floor=floor, above=(slot,))

    def constant(self, code: int) -> int:
        """Give the slot of a value that never changes."""
        return self.shared(Step.CONSTANT, code)

    def latched(self, slot: int) -> int:
        """Give the slot that keeps what was once true in another."""
        latched = self._steps[slot * len(STEP_COLUMNS) + 1] == Step.LATCHED
        return slot if latched else self.over(Step.LATCHED, slot)

    def assumed(self, slot: int, since: int, code: int) -> int:
        """Give the slot that takes on a value from a day on, unless it is as true anyway."""
        return self.add(Step.ASSUMED, slot, number=cut(since), limit=code, above=(slot,))

    def assumed_later(self, slot: int, whole: int, floor: int, since: int, code: int) -> int:
        """Do so where what is assumed to come about is later than a floor."""
        return self.add(
            Step.ASSUMED_LATER, slot, whole, floor, cut(since), code, above=(slot, whole)
        )

    def counted(self, minimum: int, slots: list[int]) -> int:
        """Give the slot of a condition that is met when `minimum` of some slots are."""
        if not slots:
            return self.constant(CODE[MET if minimum <= 0 else RULED_OUT])
        if minimum == 1 == len(slots):
            return slots[0]
        if len(slots) > MOST_OPERANDS:
            raise NotVectorised
        first = len(self._operands)
        self._operands.extend(slots)
        return self.add(Step.COUNTED, first, len(slots), number=cut(minimum), above=tuple(slots))


def _table(numbers: array[int], columns: int) -> Places:
    return np.ascontiguousarray(np.array(numbers, dtype=np.int64).reshape(-1, columns).T)
