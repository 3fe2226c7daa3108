"""A model written as arrays: one row for each step that gives a slot its course."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from graph.model import Id
from graph.timeline import NEVER
from graph.vectorised.codes import Marks, Places
from graph.vectorised.groups import Evidences, Groups, Spans

NONE: Final = -1
"""Stands where a step has no slot, no floor or no group of claims."""

FAR: Final = 2 * NEVER
"""Beyond every day and every comparison of days: numbers of days are cut off there."""


class Step(IntEnum):
    """How a slot gets its course. What `left`, `right`, `number` and `limit` mean is said here."""

    CONSTANT = 0  # left: code
    SPOKEN = 1  # left: group of claims; floor
    COUNTED = 2  # left: first place among the operands, right: how many, number: minimum
    NEGATED = 3  # left: slot
    NEVER_SURE = 4  # left: slot
    UNRECORDED = 5  # left: slot of the event
    DATE = 6  # number: day
    LATCHED = 7  # left: slot
    LATER = 8  # left: slot; floor
    IF_EVER = 9  # left: slot; floor: met where that never comes
    BEFORE = 10  # left: operand, right: anchor
    ELAPSED = 11  # left: anchor, number: days
    WINDOW = 12  # left: operand, number: opening day, limit: closing day
    FOLLOWING = 13  # left: operand, right: anchor, number: days
    ASSUMED = 14  # left: slot, number: day; limit: code of what is assumed
    ASSUMED_LATER = 15  # as ASSUMED; right: slot of the whole course; floor


STEP_COLUMNS: Final = ("level", "step", "left", "right", "floor", "number", "limit")
FLOOR_COLUMNS: Final = ("level", "parent", "anchor", "days", "day")


@dataclass
class Uses:
    """Tells which undertakings look at a matter or contain a condition."""

    about: list[Id] = field(default_factory=list)
    by: list[Id] = field(default_factory=list)

    def add(self, about: Id, undertaking: Id) -> None:
        """Note that an undertaking looks at something."""
        self.about.append(about)
        self.by.append(undertaking)

    def of(self, about: frozenset[Id]) -> set[Id]:
        """Give the undertakings that look at any of some things."""
        if not about:
            return set()
        return {user for one, user in zip(self.about, self.by, strict=True) if one in about}


@dataclass(frozen=True)
class Program:
    """What is computed for a model, in which order, and for whom.

    `steps` and `floors` have a row for each of their columns, `gates` a row for each pair and a
    column for each gate in the order of `Gate`. `scalar` are the places in `pairs` that are left
    to the scalar evaluator.
    """

    steps: Places
    operands: Places
    floors: Places
    evidence: Evidences
    groups: Groups
    pairs: list[tuple[Id, Id]]
    made: Spans
    committed: Marks
    gates: Places
    scalar: frozenset[int]
    uses: Uses
