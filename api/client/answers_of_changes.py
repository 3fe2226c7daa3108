"""Answers about what differs or would differ, or what would bring it about; values and tables."""

from __future__ import annotations

from collections.abc import Iterable

from api.client.tables import Answer, Row
from api.v1 import schemas_of_changes as schemas


class Diff(schemas.Diff, Answer):
    """Which states differ between two days."""

    def rows(self) -> list[Row]:
        """Give a row for each change."""
        return [_change(each) for each in self.changes]


class WhatIf(schemas.WhatIf, Answer):
    """What would stand otherwise if a scenario were so."""

    def rows(self) -> list[Row]:
        """Give a row for each change."""
        return [_change(each) for each in self.changes]


def _change(of: schemas.Change) -> Row:
    return {
        "commitment": of.label,
        "debtor": of.debtor_label,
        "before": of.before.state.value,
        "after": of.after.state.value,
        "sentence": of.after.sentence,
    }


class KnownSince(schemas.KnownSince, Answer):
    """Which states of a day differ by what was known on two days."""

    def rows(self) -> list[Row]:
        """Give a row for each change."""
        return _learned(self.changes)


class RecordedSince(schemas.RecordedSince, Answer):
    """Which states of a day differ between two versions of the graph."""

    def rows(self) -> list[Row]:
        """Give a row for each change."""
        return _learned(self.changes)


def _learned(changes: Iterable[schemas.Learned]) -> list[Row]:
    return [
        {
            "commitment": each.label,
            "debtor": each.debtor_label,
            "before": each.before and each.before.state.value,
            "after": each.after and each.after.state.value,
            "came": "; ".join(claim.label for claim in each.came),
            "went": "; ".join(claim.label for claim in each.went),
        }
        for each in changes
    ]


class Policies(schemas.Policies, Answer):
    """Which states of a day differ between source policies."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor of an undertaking, with its state under each policy."""
        return [
            {
                "commitment": each.label,
                "debtor": each.debtor_label,
                **{policy: standing.state.value for policy, standing in each.policies.items()},
            }
            for each in self.differing
        ]


class EachMatter(schemas.EachMatter, Answer):
    """What each matter, alone, would change."""

    def rows(self) -> list[Row]:
        """Give a row for each assumption, with how many states it would change."""
        return [
            {"matter": each.label, "assumed": each.truth.value, "changes": len(each.changes)}
            for each in self.matters
        ]


class EachClaim(schemas.EachClaim, Answer):
    """What hangs on each claim, alone."""

    def rows(self) -> list[Row]:
        """Give a row for each claim, with how many states would be otherwise without it."""
        return [
            {
                "claim": each.label,
                "matter": each.matter_label,
                "holds": each.holds,
                "disputed": each.disputed,
                "changes": len(each.changes),
            }
            for each in self.claims
        ]


class WithoutApprovals(schemas.WithoutApprovals, Answer):
    """What binds even if no further approval is given."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor of each commitment."""
        return [
            {
                "commitment": each.label,
                "debtor": each.debtor_label,
                "state": each.state.value,
                "binds": str(each.binds),
                "in force": str(each.in_force),
            }
            for each in self.commitments
        ]


class Unlocking(schemas.Unlocking, Answer):
    """What would bring a commitment in force."""

    def rows(self) -> list[Row]:
        """Give a row for each act; `set` counts from 1."""
        return [
            {
                "set": number,
                "act": act.label,
                "held by": act.held_by,
                "conflicts": len(each.conflicts),
            }
            for number, each in enumerate(self.sets, start=1)
            for act in each.acts
        ]


class PowerOver(schemas.PowerOver, Answer):
    """Who has how much power over whether a commitment comes in force."""

    def rows(self) -> list[Row]:
        """Give a row for each act, and then for each actor with all acts it holds."""
        acts = [_power("act", each, each.label) for each in self.acts]
        return acts + [_power("actor", each, each.label) for each in self.actors]


def _power(sort: str, power: schemas.Power, player: str) -> Row:
    return {
        "player": player,
        "sort": sort,
        "banzhaf": power.banzhaf.value,
        "shapley-shubik": power.shapley_shubik.value,
    }


class HowLikely(schemas.HowLikely, Answer):
    """How likely each commitment is to come in force."""

    def rows(self) -> list[Row]:
        """Give a row for each commitment, for all its debtors, and one for each of them."""
        return [
            {"commitment": each.label, "debtor": debtor, **_odds(odds)}
            for each in self.commitments
            for debtor, odds in [
                (None, each),
                *((of.debtor_label, of) for of in each.debtors),
            ]
        ]


def _odds(odds: schemas.Odds) -> Row:
    return {
        "probability": odds.probability and odds.probability.value,
        "missing": "; ".join(each.label for each in odds.missing),
    }
