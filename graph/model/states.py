"""The states of an undertaking."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Where an undertaking stands for one debtor on one day; derived, never asserted."""

    NOT_MADE = "not made"
    DECLARED = "declared"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    LAPSED = "lapsed"
    PROPOSED = "proposed"
    UNDETERMINED = "undetermined"
    EXPIRED = "expired"
    CONDITIONAL = "conditional"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled late"
    SUSPENDED = "suspended"
    VIOLATED = "violated"
    OVERDUE = "overdue, unverified"
    IN_FORCE = "in force"
