"""Where conditions wait for each other in a circle, and what would bring a commitment in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from api.jobs.job import Job
from api.situation import Json, Situation
from graph.circularity import Atom, Circle, Rules, Sort
from graph.dependencies import Dependencies
from graph.errors import InvalidRequest
from graph.model import Id, UndertakingKind
from graph.unlocking import Unlocking, holders, unlocking


@dataclass(frozen=True)
class _Waiting:
    """A situation with its rules."""

    situation: Situation

    @cached_property
    def rules(self) -> Rules:
        """Give what needs what on the day asked about."""
        return Dependencies(self.situation.lifecycle, self.situation.as_of).rules()

    @cached_property
    def _holders(self) -> Mapping[Id, Id]:
        return holders(self.situation.model)

    def readings(self) -> list[Json]:
        """Give the chosen readings."""
        return [self.situation.thing(reading) for reading in self.situation.readings]

    def atom(self, atom: Atom) -> Json:
        """Give an atom: `holder` is who consents, finds or approves; a commitment has debtors."""
        return {
            "id": atom.iri,
            "sort": atom.sort.value,
            "label": self._named(atom),
            "holder": self._holders.get(atom.iri),
            "heldBy": self._held_by(atom),
        }

    def _held_by(self, atom: Atom) -> str:
        undertaking = self.situation.model.undertakings.get(atom.iri)
        if undertaking is not None:
            return ", ".join(self.situation.name(debtor) for debtor in undertaking.debtors)
        holder = self._holders.get(atom.iri)
        return "nobody in particular" if holder is None else self.situation.name(holder)

    def _named(self, atom: Atom) -> str:
        name = self.situation.name(atom.iri)
        match atom.sort:
            case Sort.BINDS:
                return f"{name} binds"
            case Sort.IN_FORCE:
                return f"{name} is in force"
            case Sort.WAIVER:
                return f"{name}, without its condition"
        return name


@dataclass(frozen=True)
class Deadlocks(Job):
    """Which conditions wait for each other in a circle, and who holds each."""

    def answer(self, situation: Situation) -> Json:
        """Answer with the circles, each link with how it can come about."""
        waiting = _Waiting(situation)
        circles = [_circle(waiting, each) for each in waiting.rules.circles()]
        return {"readings": waiting.readings(), "circles": circles}


def _circle(waiting: _Waiting, circle: Circle) -> Json:
    waits = [{**waiting.atom(atom), "way": waiting.rules.way(atom).value} for atom in circle.atoms]
    return {"hard": circle.hard, "waits": waits}


@dataclass(frozen=True)
class Unlock(Job):
    """Which smallest sets of acts would bring a commitment in force, and which of them clash."""

    id: str

    def answer(self, situation: Situation) -> Json:
        """Answer with the sets, consistent ones first."""
        subject = situation.undertaking(self.id)
        if subject.kind is not UndertakingKind.COMMITMENT:
            raise InvalidRequest(
                f"`{self.id}` is no commitment: it is declared and never in force",
                hint="ask about a commitment",
            )
        waiting = _Waiting(situation)
        target = Atom(subject.id, Sort.IN_FORCE)
        found = unlocking(situation.model, waiting.rules, target)
        return {
            "readings": waiting.readings(),
            "commitment": subject.id,
            "way": waiting.rules.way(target).value,
            "sets": [_set(waiting, each) for each in found],
        }


def _set(waiting: _Waiting, unlocking: Unlocking) -> Json:
    return {
        "acts": [waiting.atom(act) for act in unlocking.acts],
        "conflicts": [
            [waiting.situation.thing(each) for each in pair] for pair in unlocking.conflicts
        ],
    }
