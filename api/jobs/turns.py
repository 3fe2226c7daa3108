"""Every change of a state in the world by a day: when, from what to what, why, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from api.situation import Situation, shown_day
from graph.difference import Cause, View, causes
from graph.explain import Explainer
from graph.lifecycle import Phase
from graph.model import Evidence, Id, State, Undertaking
from graph.namespaces import SV
from graph.timeline import Day
from graph.trees import STATES

_NAMES = {state: name for name, state in STATES.items()}


@dataclass(frozen=True)
class Turn:
    """The state of an undertaking turned into another one for a debtor on a day."""

    situation: Situation
    undertaking: Undertaking
    debtor: Id
    before: State
    after: State
    day: Day

    @property
    def key(self) -> str:
        """Tell it from every other, in every version of the graph."""
        parts = (
            *(self.undertaking.id, self.debtor, str(shown_day(self.day))),
            *(_NAMES[self.before], _NAMES[self.after]),
        )
        return sha256("\n".join(parts).encode()).hexdigest()[:24]

    @property
    def state(self) -> Id:
        """Give the term of the ontology for the state it came to."""
        return SV + _NAMES[self.after]

    def causes(self) -> tuple[Cause, ...]:
        """Give what made the difference to the day before."""
        before, after = self._view(self.day - 1), self._view(self.day)
        return causes(self.undertaking, self.debtor, before, after)

    def claims(self) -> tuple[Evidence, ...]:
        """Give the claims that decide what made the difference, on that day or the day before."""
        found: dict[Id, Evidence] = {}
        for cause in self.causes():
            for day in (self.day - 1, self.day):
                found |= {claim.id: claim for claim in self._grounds(cause, day)}
        return tuple(found.values())

    def concerns(self) -> set[Id]:
        """Give the actors between whom it is, with the coalition a debtor stands in for."""
        coalitions = self.situation.triples.ids(self.undertaking.id, "debtor")
        return {self.debtor, *self.undertaking.creditors, *coalitions}

    def instruments(self) -> tuple[Id, ...]:
        """Give the texts that record the undertaking."""
        return self.situation.triples.ids(self.undertaking.id, "recordedIn")

    def _grounds(self, cause: Cause, day: Day) -> Iterable[Evidence]:
        if cause.condition is None:
            ground = self.situation.world.ground(cause.about, day)
            return (*ground.supporting, *ground.opposing)
        explainer = Explainer(self.situation.lifecycle, self.undertaking.id, self.debtor, day)
        leaves = explainer.tree(cause.condition).leaves()
        return [claim for leaf in leaves for claim in (*leaf.supporting, *leaf.opposing)]

    def _view(self, day: Day) -> View:
        return View(self.situation.lifecycle, day)


def turns(situation: Situation) -> Iterator[Turn]:
    """Give every change of a state up to the day asked about."""
    for undertaking in situation.model.undertakings.values():
        for debtor in undertaking.debtors:
            phases = situation.lifecycle.phases(undertaking.id, debtor)
            for before, after in pairwise(phases):
                if _is_turn(before, after) and after.start <= situation.as_of:
                    states = before.standing.state, after.standing.state
                    yield Turn(situation, undertaking, debtor, *states, after.start)


def _is_turn(before: Phase, after: Phase) -> bool:
    return before.standing.state is not after.standing.state
