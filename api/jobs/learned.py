"""What stands otherwise because more was known, or was recorded, and because of which claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from api.asked import Asked, InvalidValue
from api.jobs.job import Job
from api.jobs.sensitivity import claim_json, standing_json, whose_json
from api.situation import Json, Situation
from api.snapshot import Snapshot
from graph.learned import Learned, learned
from graph.standing import Standing


@dataclass(frozen=True)
class KnownSince(Job):
    """Which states of a day differ by what was known earlier, and because of which claims.

    `most` is how many judgements it may take.
    """

    known_from: date
    most: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer for every debtor of every undertaking whose state or remarks differ."""
        start, end = self.known_from, self.asked.known_at
        if end < start:
            raise InvalidValue(
                f"`{start}` is later than `{end}`", hint="swap the two days", parameter="knownFrom"
            )
        before = replace(situation, world=replace(situation.world, known_at=start.toordinal()))
        return {"knownFrom": start.isoformat(), **_changes(before, situation, self.most)}


def recorded_since(before: Snapshot, after: Snapshot, asked: Asked) -> Json:
    """Say which states of a day differ between two versions, and because of which claims."""
    was, now = (Situation.of(snapshot, asked) for snapshot in (before, after))
    return {**now.depends_on(), "fromVersion": before.version, **_changes(was, now, None)}


def _changes(before: Situation, after: Situation, most: int | None) -> Json:
    found = learned(before.world, after.world, after.as_of, most)
    return {"changes": [_change(before, after, each) for each in found]}


def _change(before: Situation, after: Situation, found: Learned) -> Json:
    known = before if found.after is None else after
    return {
        **whose_json(known, found.undertaking, found.debtor),
        "before": _standing(found.before),
        "after": _standing(found.after),
        "came": [claim_json(after, claim) for claim in found.came],
        "went": [claim_json(before, claim) for claim in found.went],
    }


def _standing(standing: Standing | None) -> Json | None:
    return None if standing is None else standing_json(standing)
