"""Where conditions wait for each other in a circle, and what would bring a commitment in force."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any

from api.jobs.fractions import fraction_json
from api.jobs.job import Job
from api.jobs.waiting import Waiting
from api.situation import Json, Situation, chosen
from graph.circularity import AtLeastOf, Atom, Circle, Formula, Sort
from graph.errors import InvalidRequest
from graph.model import Id, Undertaking, UndertakingKind
from graph.power import Power, of_actors, of_acts
from graph.unlocking import Unlocking, unlocking


@dataclass(frozen=True)
class Deadlocks(Job):
    """Which conditions wait for each other in a circle, and who holds each."""

    def answer(self, situation: Situation) -> Json:
        """Answer with the circles, each link with how it can come about."""
        waiting = Waiting(situation)
        circles = [_circle(waiting, each) for each in waiting.rules.circles()]
        return {"readings": waiting.readings(), "circles": circles}


def _circle(waiting: Waiting, circle: Circle) -> Json:
    waits = [{**waiting.atom(atom), "way": waiting.rules.way(atom).value} for atom in circle.atoms]
    return {"hard": circle.hard, "waits": waits}


@dataclass(frozen=True)
class _Opening(Job):
    """What asks about a commitment coming in force: for one debtor, for some number, or for all."""

    id: str
    debtor: str | None = None
    at_least: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer with what is to come about, how it can, and what was asked of that."""
        waiting = Waiting(situation)
        subject = _commitment(situation, self.id)
        debtor = None if self.debtor is None else self._debtor(situation, subject, self.debtor)
        target = self._target(waiting, subject, debtor)
        return {
            "readings": waiting.readings(),
            "commitment": subject.id,
            "debtor": debtor,
            "atLeast": self.at_least,
            "way": waiting.rules.way(target).value,
            **self.told(waiting, target),
        }

    @abstractmethod
    def told(self, waiting: Waiting, target: Formula) -> Json:
        """Tell about what is to come about."""

    def _debtor(self, situation: Situation, subject: Undertaking, text: str) -> Id:
        if self.at_least is not None:
            raise InvalidRequest(
                "one debtor is named, and some number of them is counted",
                hint="give one of the two",
            )
        labels = situation.snapshot.labelled()
        return chosen(text, subject.debtors, "debtor of this commitment", "debtor", labels)

    def _target(self, waiting: Waiting, subject: Undertaking, debtor: Id | None) -> Formula:
        if debtor is not None:
            return waiting.dependencies.in_force(subject, debtor)
        if self.at_least is None:
            return Atom(subject.id, Sort.IN_FORCE)
        if not 1 <= self.at_least <= len(subject.debtors):
            raise InvalidRequest(
                f"it names {len(subject.debtors)} debtors, and not {self.at_least}",
                hint="count one of them or more, and no more than it names",
            )
        each = (waiting.dependencies.in_force(subject, debtor) for debtor in subject.debtors)
        return AtLeastOf(self.at_least, tuple(each))


@dataclass(frozen=True)
class Unlock(_Opening):
    """Which smallest sets of acts would bring a commitment in force, and which of them clash."""

    def told(self, waiting: Waiting, target: Formula) -> Json:
        """Give the sets, consistent ones first."""
        found = unlocking(waiting.rules, target, waiting.dependencies.exclusions())
        return {"sets": [_set(waiting, each) for each in found]}


@dataclass(frozen=True)
class PowerOver(_Opening):
    """How much power each act and each actor has over whether a commitment comes in force."""

    def told(self, waiting: Waiting, target: Formula) -> Json:
        """Give acts and actors, the most powerful first."""
        rules = waiting.rules.with_waivers()
        acts, actors = of_acts(rules, target), of_actors(rules, target, waiting.holder)
        return {
            "acts": [{**waiting.atom(each.player), **_figures(each)} for each in acts],
            "actors": [{**_player(waiting, each.player), **_figures(each)} for each in actors],
        }


def _player(waiting: Waiting, player: Id | Atom) -> Json:
    """Give an actor; an act that nobody holds plays for itself."""
    if isinstance(player, Atom):
        act = waiting.atom(player)
        return {"id": player.iri, "label": f"{act['heldBy']}: {act['label']}"}
    return waiting.situation.thing(player)


def _figures(power: Power[Any]) -> Json:
    return {
        "swings": power.swings,
        "banzhaf": fraction_json(power.banzhaf),
        "shapleyShubik": fraction_json(power.shapley_shubik),
    }


def _commitment(situation: Situation, text: str) -> Undertaking:
    subject = situation.undertaking(text)
    if subject.kind is not UndertakingKind.COMMITMENT:
        raise InvalidRequest(
            f"`{text}` is no commitment: it is declared and never in force",
            hint="ask about a commitment",
        )
    return subject


def _set(waiting: Waiting, unlocking: Unlocking) -> Json:
    return {
        "acts": [waiting.atom(act) for act in unlocking.acts],
        "conflicts": [
            [waiting.situation.thing(each) for each in pair] for pair in unlocking.conflicts
        ],
    }
