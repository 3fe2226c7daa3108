"""What the standings of a day hang on: single matters, single claims, the source policy."""

from __future__ import annotations

from dataclasses import dataclass

from api.jobs.job import Job
from api.situation import Json, Situation
from graph.claims import Rule
from graph.model import Evidence, Id
from graph.sensitivity import Change, by_rule, leverage, support
from graph.sentences import remarks
from graph.standing import Standing


@dataclass(frozen=True)
class EachMatter(Job):
    """What would stand otherwise if one matter alone were so, or were not; for each matter.

    `most` is how many judgements it may take.
    """

    most: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer with every assumption, those first that change most."""
        return {
            "hypothetical": True,
            "readings": [situation.thing(reading) for reading in situation.readings],
            "matters": [
                {
                    **situation.assumption(each.assumption),
                    "changes": [_change(situation, one) for one in each.changes],
                }
                for each in leverage(situation.world, situation.as_of, self.most)
            ],
        }


@dataclass(frozen=True)
class EachClaim(Job):
    """What would stand otherwise if a claim, and it alone, had not been made; for each claim.

    `most` is how many judgements it may take.
    """

    most: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer with every claim that counts, those first that change most."""
        return {
            "hypothetical": True,
            "readings": [situation.thing(reading) for reading in situation.readings],
            "claims": [
                {
                    **claim_json(situation, each.claim),
                    "disputed": each.disputed,
                    "changes": [_change(situation, one) for one in each.changes],
                }
                for each in support(situation.world, situation.as_of, self.most)
            ],
        }


@dataclass(frozen=True)
class Policies(Job):
    """Which states differ between the source policies on one day.

    `most` is how many judgements it may take.
    """

    most: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer for every debtor of every undertaking that one of the policies sets apart."""
        found = by_rule(situation.world, situation.as_of, self.most)
        return {
            "differing": [
                {
                    **whose_json(situation, *whose),
                    "policies": {rule.value: standing_json(under[rule]) for rule in Rule},
                }
                for whose, under in found.items()
            ]
        }


def _change(situation: Situation, change: Change) -> Json:
    return {
        **whose_json(situation, change.undertaking, change.debtor),
        "before": standing_json(change.before),
        "after": standing_json(change.after),
    }


def claim_json(situation: Situation, claim: Evidence) -> Json:
    """Give a claim: which matter it says to be so or not, and where."""
    return {
        "evidence": claim.id,
        "label": situation.name(claim.id),
        "matter": claim.matter,
        "matterLabel": situation.name(claim.matter),
        "holds": claim.holds,
        "sources": [situation.thing(source) for source in claim.sources],
    }


def whose_json(situation: Situation, undertaking: Id, debtor: Id) -> Json:
    """Give an undertaking and a debtor with their labels."""
    return {
        "undertaking": undertaking,
        "label": situation.name(undertaking),
        "debtor": debtor,
        "debtorLabel": situation.name(debtor),
    }


def standing_json(standing: Standing) -> Json:
    """Give a state with its remarks."""
    return {"state": standing.state.value, "remarks": remarks(standing)}
