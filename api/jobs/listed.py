"""An undertaking with what a list of them looks at: to filter, to count, to sort and to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from api.identifiers import short
from api.jobs.overviews import components, domains, states
from api.jobs.pages import by_label
from api.situation import Json, Situation, shown_day
from graph.lifecycle import Phase
from graph.model import Id, State, Undertaking
from graph.timeline import BEGINNING, Day


@dataclass(frozen=True)
class Listed:
    """An undertaking in a situation; it is judged when its states are looked at, and only then."""

    situation: Situation
    of: Undertaking

    @cached_property
    def phases(self) -> Mapping[Id, Phase]:
        """Give the phase in which it is for each named debtor."""
        lifecycle, day = self.situation.lifecycle, self.situation.as_of
        return {debtor: lifecycle.phase(self.of.id, debtor, day) for debtor in self.of.debtors}

    @property
    def states(self) -> dict[Id, State]:
        """Give its state for each named debtor."""
        return states(self.situation, self.of)

    @property
    def since(self) -> Day:
        """Give the day on which its state last changed for any debtor."""
        return max((phase.start for phase in self.phases.values()), default=BEGINNING)

    @property
    def debtors(self) -> tuple[Id, ...]:
        """Give the named debtors, and the coalitions they stand for."""
        return (*self.of.debtors, *self.situation.triples.ids(self.of.id, "debtor"))

    @property
    def first_debtor(self) -> tuple[bool, tuple[str, Id]]:
        """Give what sorts it by its first debtor in the order of labels; without one it is last."""
        labels = [by_label(self.situation, each) for each in self.of.debtors]
        return not labels, min(labels, default=("", ""))

    @property
    def instruments(self) -> tuple[Id, ...]:
        """Give the texts that record it."""
        return self.situation.triples.ids(self.of.id, "recordedIn")

    @property
    def domains(self) -> tuple[Id, ...]:
        """Give the domains of its components and its content."""
        return tuple(dict.fromkeys(domains(self.situation, self.of.id)))

    @property
    def components(self) -> tuple[Id, ...]:
        """Give the parts of a framework that it belongs to."""
        return components(self.situation, self.of.id)

    @cached_property
    def forces(self) -> tuple[Id, ...]:
        """Give the kinds of duty that its texts lay on its debtors.

        What the adherence of a debtor says goes before what the text says for all.
        """
        of_each = (self.forces_for(debtor) for debtor in self.debtors or ("",))
        return tuple(sorted({force for forces in of_each for force in forces}))

    def forces_for(self, debtor: Id) -> tuple[Id, ...]:
        """Give the kinds of duty that its texts lay on one debtor."""
        adherences = self.situation.snapshot.adherences
        of = self.situation.triples
        found: set[Id] = set()
        for text in self.instruments:
            own = (of.id(each, "bindingForce") for each in adherences.get((text, debtor), ()))
            found.update([each for each in own if each] or of.ids(text, "bindingForce"))
        return tuple(sorted(found))

    def head(self) -> Json:
        """Give the undertaking as one that something else is linked to."""
        of = self.of
        return {
            **self.situation.thing(of.id),
            "kind": of.kind.value,
            "href": f"/api/v1/commitments/{quote(short(of.id))}",
            "distribution": self.situation.sentences.distribution(self.states.values(), of.unnamed),
        }

    def named_as(self, debtor: Id) -> set[Id]:
        """Give a named debtor with the coalitions of this undertaking that stand for it."""
        of = self.situation.triples
        return {debtor, *(set(of.ids(self.of.id, "debtor")) & set(of.ids(debtor, "memberOf")))}

    def json(self, matches: Callable[[Listed, Id], bool]) -> Json:
        """Give the undertaking as an item of a list; `matches` tells the debtors asked for."""
        thing, of = self.situation.thing, self.of
        return {
            **self.head(),
            "unnamed": of.unnamed,
            "debtors": [
                {
                    **thing(debtor),
                    "state": phase.standing.state.value,
                    "since": shown_day(phase.start),
                    "matches": matches(self, debtor),
                }
                for debtor, phase in self.phases.items()
            ],
            "creditors": [thing(each) for each in of.creditors],
            "instruments": [thing(each) for each in self.instruments],
            "domains": [thing(each) for each in self.domains],
            "binding": [thing(each) for each in self.forces],
        }
