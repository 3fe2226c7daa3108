"""Strong Kleene truth with an outlook: what is so, what nobody knows, and whether it can change.

Rules: S. C. Kleene, Introduction to Metamathematics (1952), section 64, for true, false and
unknown; docs/semantics.md, "Truth and outlook", for open and settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final


class Truth(Enum):
    """Whether something is so; unknown: nobody knows or sources clash. It is never "not yet"."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"


class Verdict(Enum):
    """Truth and outlook in one word, as people are shown it."""

    MET = "met"
    HOLDING = "holding"
    WAITING = "waiting"
    RULED_OUT = "ruled out"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Value:
    """A truth, whether it is settled (can no longer change), and whether sources clash over it.

    Only an unknown value is disputed, and an unknown value is never settled.
    """

    truth: Truth
    settled: bool = False
    disputed: bool = False

    @property
    def verdict(self) -> Verdict:
        """Give the word for this value."""
        if self.truth is Truth.TRUE:
            return Verdict.MET if self.settled else Verdict.HOLDING
        if self.truth is Truth.FALSE:
            return Verdict.RULED_OUT if self.settled else Verdict.WAITING
        return Verdict.DISPUTED if self.disputed else Verdict.UNKNOWN


MET: Final = Value(Truth.TRUE, settled=True)
HOLDING: Final = Value(Truth.TRUE)
WAITING: Final = Value(Truth.FALSE)
RULED_OUT: Final = Value(Truth.FALSE, settled=True)
UNKNOWN: Final = Value(Truth.UNKNOWN)
DISPUTED: Final = Value(Truth.UNKNOWN, disputed=True)

_NEGATED: Final = {
    MET: RULED_OUT,
    RULED_OUT: MET,
    HOLDING: WAITING,
    WAITING: HOLDING,
    UNKNOWN: UNKNOWN,
    DISPUTED: DISPUTED,
}


def negation(value: Value) -> Value:
    """Swap true and false; the outlook stays."""
    return _NEGATED[value]


def conjunction(values: Sequence[Value]) -> Value:
    """Give false if any is false, else unknown if any is, else true; of nothing, met."""
    return at_least(len(values), values)


def disjunction(values: Sequence[Value]) -> Value:
    """Give true if any is true, else unknown if any is, else false; of nothing, ruled out."""
    return at_least(1, values)


def at_least(minimum: int, values: Sequence[Value]) -> Value:
    """Give true when `minimum` are true, false when too few are left to be, else unknown.

    Settled as true when that many are settled as true; as false when too few are not settled as
    false. Conjunction and disjunction are its two ends, so that one rule serves all three.
    """
    true = sum(value.truth is Truth.TRUE for value in values)
    possible = sum(value.truth is not Truth.FALSE for value in values)
    if true >= minimum:
        return MET if sum(value == MET for value in values) >= minimum else HOLDING
    if possible < minimum:
        reachable = sum(value != RULED_OUT for value in values)
        return RULED_OUT if reachable < minimum else WAITING
    return DISPUTED if any(value.disputed for value in values) else UNKNOWN
