"""A model written as arrays: one row for each step that gives a slot its course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final

from graph.model import Id
from graph.timeline import NEVER
from graph.vectorised.codes import Codes, Marks, Numbers
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


class Reason(Enum):
    """Why an undertaking is left to the scalar evaluator."""

    ACTS = "acts may have changed it"
    RESERVATIONS = "its debtors made reservations"
    STATES = "it looks at the states of commitments"
    CONSENTS = "it looks at consents"
    QUANTITIES = "it looks at quantities"
    MANY_OPERANDS = "one of its conditions has too many operands"


STEP_COLUMNS: Final = ("left", "right", "floor", "number", "limit")
FLOOR_COLUMNS: Final = ("level", "parent", "anchor", "days", "day")


@dataclass(frozen=True)
class Program:
    """What is computed for a model, in which order, and for whom.

    `kinds` gives the Step of each slot, `levels` a number: a slot depends on none but those of
    lower levels. `steps` and `floors` have a column for each of STEP_COLUMNS and FLOOR_COLUMNS,
    `gates` one for each gate in the order of `Gate` and a row for each pair. `scalar` are the
    places in `pairs` that are left to the scalar evaluator, and why.
    """

    kinds: Codes
    levels: Numbers
    steps: Numbers
    operands: Numbers
    floors: Numbers
    evidence: Evidences
    groups: Groups
    pairs: list[tuple[Id, Id]]
    made: Spans
    committed: Marks
    gates: Numbers
    scalar: Mapping[int, Reason]
