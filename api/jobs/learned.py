"""What stands otherwise because more was known, or was recorded, and because of which claims."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from api.asked import Asked, InvalidValue
from api.jobs.job import Job
from api.jobs.sensitivity import claim_json, standing_json, whose_json
from api.situation import Json, Situation
from api.snapshot import Snapshot
from graph.errors import Busy
from graph.history import difference
from graph.journal import Journal
from graph.learned import Learned, learned
from graph.memory_store import MemoryStore
from graph.rdf import nquads, read_nquads
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


@dataclass(frozen=True)
class RecordedSince(Job):
    """Which states of a day differ by what was recorded at an earlier version, and by which claims.

    `came` and `went` are N-Quads: what has come since that version up to the later one, and what
    has gone. `most` is how many judgements it may take.
    """

    from_version: int
    to_version: int
    came: str
    went: str
    most: int | None = None

    @classmethod
    def of(
        cls, asked: Asked, journal: Journal, versions: tuple[int, int], most: int | None = None
    ) -> Self:
        """Ask about two versions; raises NotFound for one that is not there."""
        start, end = versions
        change = difference(journal, start, end)
        return cls(asked, start, end, nquads(change.adds), nquads(change.removes), most)

    def answer(self, situation: Situation) -> Json:
        """Answer for every debtor of every undertaking whose state or remarks differ.

        Raises Busy where the graph is at another version than the later one.
        """
        present = situation.snapshot.version
        if present != self.to_version:
            raise Busy(
                f"version {self.to_version} was to answer, and the graph is read at {present}",
                hint="ask again, or name the later version with `to`",
            )
        quads = set(situation.snapshot.store.quads()) - {*read_nquads(self.came)}
        store = MemoryStore.of(quads | {*read_nquads(self.went)}, self.from_version)
        # What is asked need not be known yet at the earlier version.
        plain = Situation.of(Snapshot.of(store), replace(self.asked, sources=None, scenario=()))
        now = situation.world
        then = replace(plain.world, policy=now.policy, scenario=now.scenario)
        before = replace(plain, world=then)
        return {"fromVersion": self.from_version, **_changes(before, situation, self.most)}


def check_versions(journal: Journal, start: int, end: int) -> None:
    """Raise InvalidValue for a version that is not there, and for two that are the wrong way."""
    for name, version in (("from", start), ("to", end)):
        if version > journal.head:
            raise InvalidValue(
                f"there is no version {version}",
                hint=f"the last one is {journal.head}",
                parameter=name,
            )
    if end < start:
        raise InvalidValue(
            f"version {start} is later than {end}",
            hint="swap the two versions",
            parameter="from",
        )


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
