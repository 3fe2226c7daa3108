"""Writes the rows of a program, each with the level at which all it depends on is known."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

import numpy as np

from graph.truth import MET, RULED_OUT
from graph.vectorised.codes import CODE, Codes, Numbers
from graph.vectorised.courses import MOST_OPERANDS
from graph.vectorised.program import FAR, FLOOR_COLUMNS, NONE, STEP_COLUMNS, Reason, Step

_PENDING: Final = 1 << 16
"""How many numbers may wait in lists, which take ten times the room of arrays."""


def cut(days: int) -> int:
    """Cut off a number of days where it makes no difference any more."""
    return days if -FAR < days < FAR else max(-FAR, min(FAR, days))


class NotVectorised(Exception):
    """What is to be written has no step: it is left to the scalar evaluator, for a reason."""

    def __init__(self, reason: Reason) -> None:
        """Say why."""
        super().__init__(reason.value)
        self.reason = reason


class Rows:
    """Steps, their operands, and floors, as they are written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kinds = bytearray()
        self._levels = array("i")
        self._floor_levels = array("i")
        self._steps, self._floors, self._operands = array("i"), array("i"), array("i")
        # Lists grow much faster than arrays: what is pending is moved from time to time.
        self._pending_steps = list[int]()
        self._pending_floors = list[int]()
        self._pending_operands = list[int]()
        self._spoken: dict[int, int] = {}
        self._dates: dict[int, int] = {}
        self._constants: dict[int, int] = {}

    def tidy(self) -> None:
        """Move what is pending to where it takes less room, if it is much."""
        if len(self._pending_steps) > _PENDING:
            self._move()

    def _move(self) -> None:
        for pending, written in (
            (self._pending_steps, self._steps),
            (self._pending_floors, self._floors),
            (self._pending_operands, self._operands),
        ):
            written.fromlist(pending)
            pending.clear()

    def written(self) -> tuple[Codes, Numbers, Numbers, Numbers, Numbers]:
        """Give kinds, levels and columns of the steps, their operands, and the floors.

        Nothing can be written afterwards.
        """
        self._move()
        return (
            np.frombuffer(self._kinds, dtype=np.int8),
            table(self._levels, 1)[:, 0],
            table(self._steps, len(STEP_COLUMNS)),
            table(self._operands, 1)[:, 0],
            table(self._floors, len(FLOOR_COLUMNS)),
        )

    def add(
        self,
        level: int,
        step: Step,
        left: int,
        right: int = NONE,
        floor: int = NONE,
        number: int = 0,
        limit: int = 0,
    ) -> int:
        """Write a step whose slots are all below a level, and give its slot."""
        if floor != NONE and self._floor_levels[floor] > level:
            level = self._floor_levels[floor]
        self._pending_steps.extend((left, right, floor, number, limit))
        self._levels.append(level)
        self._kinds.append(step)
        return len(self._kinds) - 1

    def spoken(self, group: int, floor: int) -> int:
        """Give the slot of a group of claims, seen from a floor; without one there is one slot."""
        if floor != NONE:
            return self.add(0, Step.SPOKEN, group, floor=floor)
        slot = self._spoken.get(group)
        if slot is None:
            slot = self._spoken[group] = self.add(0, Step.SPOKEN, group)
        return slot

    def date(self, day: int) -> int:
        """Give the one slot of a day."""
        slot = self._dates.get(day)
        if slot is None:
            slot = self._dates[day] = self.add(0, Step.DATE, NONE, number=cut(day))
        return slot

    def constant(self, code: int) -> int:
        """Give the one slot of a value that never changes."""
        if code not in self._constants:
            self._constants[code] = self.add(0, Step.CONSTANT, code)
        return self._constants[code]

    def floor(self, parent: int, anchor: int, days: int, day: int = -FAR) -> int:
        """Write a floor: some days after an anchor, or a day, no earlier than a parent."""
        level = 0 if anchor == NONE else self._levels[anchor] + 1
        if parent != NONE:
            level = max(level, self._floor_levels[parent] + 1)
        self._pending_floors.extend((level, parent, anchor, cut(days), cut(day)))
        self._floor_levels.append(level)
        return len(self._floor_levels) - 1

    def over(
        self, step: Step, slot: int, floor: int = NONE, *, number: int = 0, limit: int = 0
    ) -> int:
        """Write a step over one slot."""
        level = self._levels[slot] + 1
        return self.add(level, step, slot, floor=floor, number=number, limit=limit)

    def over_both(
        self,
        step: Step,
        left: int,
        right: int,
        floor: int = NONE,
        *,
        number: int = 0,
        limit: int = 0,
    ) -> int:
        """Write a step over two slots."""
        level = max(self._levels[left], self._levels[right]) + 1
        return self.add(level, step, left, right, floor, number, limit)

    def latched(self, slot: int) -> int:
        """Give the slot that keeps what was once true in another."""
        return slot if self._kinds[slot] == Step.LATCHED else self.over(Step.LATCHED, slot)

    def counted(self, minimum: int, slots: Sequence[int]) -> int:
        """Give the slot of a condition that is met when `minimum` of some slots are."""
        if not slots:
            return self.constant(CODE[MET if minimum <= 0 else RULED_OUT])
        if minimum == 1 == len(slots):
            return slots[0]
        if len(slots) > MOST_OPERANDS:
            raise NotVectorised(Reason.MANY_OPERANDS)
        first = len(self._operands) + len(self._pending_operands)
        self._pending_operands.extend(slots)
        levels, level = self._levels, 0
        for slot in slots:
            if levels[slot] > level:
                level = levels[slot]
        return self.add(level + 1, Step.COUNTED, first, len(slots), number=cut(minimum))


def table(numbers: array[int], columns: int) -> Numbers:
    """Give what was written as an array, without a copy: nothing can be written afterwards."""
    return np.frombuffer(numbers, dtype=np.int32).reshape(-1, columns)
