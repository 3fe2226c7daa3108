"""The shapes of answers about what differs, would differ, or would bring something about."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.v1.parameters import PolicyRule
from api.v1.schemas import (
    Answer,
    Assumption,
    Atom,
    Cause,
    PlainStanding,
    Shape,
    Standing,
    Thing,
)
from graph.circularity import Way
from graph.model import State

# Two days


class Whose(Shape):
    """An undertaking and a debtor."""

    undertaking: str
    label: str
    debtor: str
    debtor_label: str


class Change(Whose):
    """Where an undertaking stands otherwise for one debtor."""

    of_state: bool = Field(description="False where only what is waited for differs")
    before: Standing
    after: Standing
    because: list[Cause]


class Diff(Answer):
    """Which states differ between two days."""

    start: str = Field(alias="from")
    end: str = Field(alias="to")
    changes: list[Change]


class Outcome(Change):
    """A change with the assumptions it would not be without."""

    assumptions: list[Assumption]


class WhatIf(Answer):
    """What would stand otherwise if a scenario were so."""

    hypothetical: Literal[True]
    readings: list[Thing]
    changes: list[Outcome]


class PlainChange(Whose):
    """Where an undertaking stands otherwise for one debtor."""

    before: PlainStanding
    after: PlainStanding


class CountedClaim(Shape):
    """A claim that a matter is so, or is not, with where it was made."""

    evidence: str
    label: str
    matter: str
    matter_label: str
    holds: bool
    sources: list[Thing]


class Learned(Whose):
    """Where an undertaking stands otherwise by other knowledge, and by which claims."""

    before: PlainStanding | None = Field(description="Null where it was not recorded")
    after: PlainStanding | None
    came: list[CountedClaim]
    went: list[CountedClaim]


class KnownSince(Answer):
    """Which states of a day differ by what was known on two days."""

    known_from: str
    changes: list[Learned]


class RecordedSince(Answer):
    """Which states of a day differ between two versions of the graph."""

    from_version: int
    changes: list[Learned]


class DifferingPolicies(Whose):
    """Where an undertaking stands for one debtor under each source policy."""

    policies: dict[PolicyRule, PlainStanding]


class Policies(Answer):
    """Which states of a day differ between source policies."""

    differing: list[DifferingPolicies]


class Hypothetical(Answer):
    """What would be so; nothing is recorded."""

    hypothetical: Literal[True]
    readings: list[Thing]


class MatterLeverage(Assumption):
    """What would change if one matter alone were so, or were not."""

    changes: list[PlainChange]


class EachMatter(Hypothetical):
    """What each matter, alone, would change; those first that change most."""

    matters: list[MatterLeverage]


class ClaimSupport(CountedClaim):
    """What would change without one claim."""

    disputed: bool = Field(description="Whether another claim that counts says the contrary")
    changes: list[PlainChange]


class EachClaim(Hypothetical):
    """What hangs on each claim, alone; those first on which most hangs."""

    claims: list[ClaimSupport]


class UnapprovedCommitment(Shape):
    """Whether a commitment binds, and comes in force, for one debtor without approvals."""

    commitment: str
    label: str
    debtor: str
    debtor_label: str
    state: State
    binds: Way | Literal["already"]
    in_force: Way | Literal["already"]


class WithoutApprovals(Hypothetical):
    """What binds even if no further approval is given."""

    commitments: list[UnapprovedCommitment]


# What would bring a commitment about


class ActSet(Shape):
    """A smallest set of acts, with the pairs of matters that could not both hold after them."""

    acts: list[Atom]
    conflicts: list[tuple[Thing, Thing]]


class Unlocking(Answer):
    """What would bring a commitment in force."""

    readings: list[Thing]
    commitment: str
    debtor: str | None = Field(description="The debtor for whom alone it is to be in force")
    at_least: int | None = Field(description="For how many debtors; null, without one, is all")
    way: Way
    sets: list[ActSet]


class Fraction(Shape):
    """A number, as a floating point number and exactly."""

    value: float
    exact: str = Field(examples=["69/125"])


class Power(Shape):
    """How much power a player has."""

    swings: int
    banzhaf: Fraction
    shapley_shubik: Fraction


class PowerOfAct(Atom, Power):
    """The power of an act."""


class PowerOfActor(Thing, Power):
    """The power of an actor with all acts it holds."""


class PowerOver(Answer):
    """Who has how much power over whether a commitment comes in force."""

    readings: list[Thing]
    commitment: str
    debtor: str | None
    at_least: int | None
    way: Way
    acts: list[PowerOfAct]
    actors: list[PowerOfActor]


class Odds(Shape):
    """How likely something is to come in force."""

    probability: Fraction | None
    missing: list[Atom] = Field(description="The acts without a probability it hangs on")
    excluded: list[tuple[Thing, Thing]] = Field(description="Pairs that never both hold")
    aside: list[tuple[Thing, Thing]] = Field(description="Pairs left out of account")


class DebtorOdds(Odds):
    """The odds for one debtor."""

    debtor: str
    debtor_label: str


class CommitmentOdds(Odds):
    """The odds for all debtors at once, and for each."""

    commitment: str
    label: str
    debtors: list[DebtorOdds]


class HowLikely(Hypothetical):
    """How likely each commitment is to come in force."""

    commitments: list[CommitmentOdds]
