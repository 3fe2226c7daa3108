"""What the standings of a day hang on: single matters, single claims, the source policy."""

from __future__ import annotations

from dataclasses import dataclass

from api.jobs.job import Job
from api.situation import Json, Situation
from graph.claims import Rule
from graph.model import Id
from graph.sensitivity import Change, by_rule, leverage, support
from graph.sentences import remarks
from graph.standing import Standing


@dataclass(frozen=True)
class EachMatter(Job):
    """What would stand otherwise if one matter alone were so, or were not; for each matter."""

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
                for each in leverage(situation.world, situation.as_of)
            ],
        }


@dataclass(frozen=True)
class EachClaim(Job):
    """What would stand otherwise if a claim, and it alone, had not been made; for each claim."""

    def answer(self, situation: Situation) -> Json:
        """Answer with every claim that counts, those first that change most."""
        return {
            "hypothetical": True,
            "readings": [situation.thing(reading) for reading in situation.readings],
            "claims": [
                {
                    "evidence": each.claim.id,
                    "label": situation.name(each.claim.id),
                    "matter": each.claim.matter,
                    "matterLabel": situation.name(each.claim.matter),
                    "holds": each.claim.holds,
                    "sources": [situation.thing(source) for source in each.claim.sources],
                    "disputed": each.disputed,
                    "changes": [_change(situation, one) for one in each.changes],
                }
                for each in support(situation.world, situation.as_of)
            ],
        }


@dataclass(frozen=True)
class Policies(Job):
    """Which states differ between the source policies on one day."""

    def answer(self, situation: Situation) -> Json:
        """Answer for every debtor of every undertaking that one of the policies sets apart."""
        return {
            "differing": [
                {
                    **_whose(situation, *whose),
                    "policies": {rule.value: _standing(found[rule]) for rule in Rule},
                }
                for whose, found in by_rule(situation.world, situation.as_of).items()
            ]
        }


def _change(situation: Situation, change: Change) -> Json:
    return {
        **_whose(situation, change.undertaking, change.debtor),
        "before": _standing(change.before),
        "after": _standing(change.after),
    }


def _whose(situation: Situation, undertaking: Id, debtor: Id) -> Json:
    return {
        "undertaking": undertaking,
        "label": situation.name(undertaking),
        "debtor": debtor,
        "debtorLabel": situation.name(debtor),
    }


def _standing(standing: Standing) -> Json:
    return {"state": standing.state.value, "remarks": remarks(standing)}
