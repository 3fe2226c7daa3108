"""What one thing that is no undertaking says, and what is linked to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from api.identifiers import ended
from api.jobs.job import Job
from api.jobs.linked import decided_by, hanging_on, members, pointing
from api.jobs.listed import Listed
from api.jobs.things import Kind, item, things, verdict
from api.situation import Json, Situation, shown_day
from graph.model import Id
from graph.namespaces import SV

_NOUNS: Final[Mapping[Kind, str]] = {
    Kind.actors: "actor",
    Kind.instruments: "text",
    Kind.events: "event",
    Kind.domains: "domain",
    Kind.evidence: "claim",
    Kind.statements: "statement",
    Kind.sources: "source",
}


@dataclass(frozen=True)
class About(Job):
    """What is a thing of a kind, and what is linked to it."""

    kind: Kind
    id: str

    def answer(self, situation: Situation) -> Json:
        """Answer with all that the list of its kind says of it, and with its links."""
        thing = _found(self.id, things(situation, self.kind), _NOUNS[self.kind])
        linked = _LINKED.get(self.kind)
        links = linked(situation, thing) if linked else {}
        return {**item(situation, self.kind, thing), **links}


def _found(text: str, known: Collection[Id], noun: str) -> Id:
    """Find an individual of the ontology, or a thing; raises NotFound with the nearest."""
    term = SV + text.removeprefix("sv:")
    return term if term in known else ended(text, known, noun)


def _actor(situation: Situation, actor: Id) -> Json:
    listed = _all(situation)
    return {
        "memberOf": _named(situation, situation.triples.ids(actor, "memberOf")),
        "members": _named(situation, members(situation, actor)),
        "owes": [_of_debtor(each, actor) for each in listed if actor in each.debtors],
        "owed": [each.head() for each in listed if actor in each.of.creditors],
        "decides": [
            {**situation.thing(each), "verdict": verdict(situation, each)}
            for each in decided_by(situation, actor)
        ],
    }


def _all(situation: Situation) -> list[Listed]:
    return [Listed(situation, each) for each in situation.model.undertakings.values()]


def _of_debtor(listed: Listed, debtor: Id) -> Json:
    """Give an undertaking with the state for a debtor; a coalition has none, its members have."""
    state = listed.states.get(debtor)
    return {**listed.head(), "state": state and state.value}


def _instrument(situation: Situation, text: Id) -> Json:
    return {
        "records": [each.head() for each in _all(situation) if text in each.instruments],
        "adherences": [
            _adherence(situation, each)
            for each in pointing(situation, "adheresTo", text, "Adherence")
        ],
    }


def _adherence(situation: Situation, adherence: Id) -> Json:
    of = situation.triples
    day = of.span(adherence, "stageDate")
    return {
        **situation.thing(adherence),
        "parties": _named(situation, of.ids(adherence, "party")),
        "stage": of.word(adherence, "stage"),
        "bindingForce": of.word(adherence, "bindingForce"),
        "by": None if day is None else shown_day(day.latest),
    }


def _event(situation: Situation, event: Id) -> Json:
    matter = situation.model.matters[event]
    claims = [each for each in situation.model.evidence if each.matter == event]
    return {
        "claims": [
            {**situation.thing(each.id), "holds": each.holds, "counts": _counts(situation, each.id)}
            for each in claims
        ],
        "awaitedBy": [Listed(situation, each).head() for each in hanging_on(situation, matter)],
    }


def _domain(situation: Situation, domain: Id) -> Json:
    within = (each for each in _all(situation) if domain in each.domains)
    return {"undertakings": [each.head() for each in within]}


def _evidence(situation: Situation, evidence: Id) -> Json:
    return {"counts": _counts(situation, evidence)}


def _counts(situation: Situation, evidence: Id) -> bool:
    """Tell whether a claim was public by the day of knowledge and a source of it counts."""
    return situation.world.heard(situation.snapshot.claims[evidence]) is not None


def _source(situation: Situation, source: Id) -> Json:
    return {
        "claims": _named(situation, pointing(situation, "source", source, "Evidence")),
        "statements": _named(situation, pointing(situation, "source", source, "Statement")),
    }


def _named(situation: Situation, of: Iterable[Id]) -> list[Json]:
    return [situation.thing(each) for each in of]


_LINKED: Final[Mapping[Kind, Callable[[Situation, Id], Json]]] = {
    Kind.actors: _actor,
    Kind.instruments: _instrument,
    Kind.events: _event,
    Kind.domains: _domain,
    Kind.evidence: _evidence,
    Kind.sources: _source,
}
