"""Lists of things that are no undertakings: actors, texts, events, claims and more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from api.identifiers import short
from api.jobs.job import Job
from api.jobs.overviews import domains
from api.jobs.pages import Page, by_label, has_words, named
from api.situation import Json, Situation, shown_day
from graph.model import Id, MatterKind
from graph.namespaces import ID
from graph.trees import Trees

ACTORS: Final = (
    *("ArmedForce", "Coalition", "GovernmentBody", "Group", "InternationalOrganisation"),
    *("Legislature", "MultinationalForce", "Person", "State"),
)
"""The classes under sv:Actor, for a graph in which the ontology may or may not stand."""
INSTRUMENTS: Final = ("Agreement", "Declaration", "Instrument", "Treaty")
"""sv:Instrument and the classes under it."""


class Kind(StrEnum):
    """What a list of things is of."""

    actors = "actors"
    instruments = "instruments"
    events = "events"
    conditions = "conditions"
    domains = "domains"
    evidence = "evidence"
    statements = "statements"
    sources = "sources"


@dataclass(frozen=True)
class Things(Job):
    """Which things of a kind are there, and what does each say."""

    kind: Kind
    q: str
    page: Page

    def answer(self, situation: Situation) -> Json:
        """Answer in the order of labels."""
        known = things(situation, self.kind)
        found = [each for each in known if has_words(situation, each, self.q)]
        found.sort(key=lambda each: by_label(situation, each))
        shown, counts = self.page.of(found, named(situation, self.kind, self.q))
        return {**counts, "items": [item(situation, self.kind, each) for each in shown]}


def item(situation: Situation, kind: Kind, thing: Id) -> Json:
    """Give a thing as an item of the list of its kind."""
    more = _MORE.get(kind)
    said = more(situation, thing) if more else {}
    return {**thing_json(situation, thing), **said}


def things(situation: Situation, kind: Kind) -> list[Id]:
    """Give the things of a kind."""
    match kind:
        case Kind.events:
            matters = situation.model.matters.values()
            return [each.id for each in matters if each.kind is MatterKind.EVENT]
        case Kind.conditions:
            return sorted(Trees(situation.triples).known())
        case Kind.domains:
            # What a graph without the ontology has of them is what is in them.
            within = (
                each for one in situation.model.undertakings for each in domains(situation, one)
            )
            return sorted({*situation.triples.a("Domain"), *within})
        case Kind.evidence:
            return [claim.id for claim in situation.model.evidence]
    return situation.triples.a(*_CLASSES[kind])


_CLASSES: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.actors: ACTORS,
    Kind.instruments: INSTRUMENTS,
    Kind.statements: ("Statement",),
    Kind.sources: ("Source",),
}


def thing_json(situation: Situation, thing: Id) -> Json:
    """Give a thing with its classes and the address of the document about it."""
    return {
        **situation.thing(thing),
        "types": sorted(situation.triples.types.get(thing, ())),
        "href": f"/doc/{quote(short(thing))}" if thing.startswith(ID) else None,
    }


def _event(situation: Situation, event: Id) -> Json:
    return {"verdict": verdict(situation, event)}


def verdict(situation: Situation, matter: Id) -> str:
    """Say whether a matter is so on the day asked about."""
    return situation.world.timeline(matter).at(situation.as_of).verdict.value


def _evidence(situation: Situation, evidence: Id) -> Json:
    claim = situation.snapshot.claims[evidence]
    return {
        "matter": situation.thing(claim.matter),
        "holds": claim.holds,
        "since": shown_day(claim.since.earliest),
        "published": shown_day(claim.published.latest),
        **_said(situation, evidence),
    }


def _statement(situation: Situation, statement: Id) -> Json:
    of = situation.triples
    return {
        "about": [situation.thing(each) for each in of.ids(statement, "about")],
        "modality": of.word(statement, "modality"),
        **_said(situation, statement),
    }


def _said(situation: Situation, claim: Id) -> Json:
    """Give who says something, where, and in which words."""
    of = situation.triples
    return {
        "speakers": [situation.thing(each) for each in of.ids(claim, "speaker")],
        "saidIn": [situation.thing(each) for each in of.ids(claim, "source")],
        "quotations": of.texts(claim, "quotation"),
    }


def _source(situation: Situation, source: Id) -> Json:
    of = situation.triples
    published = of.span(source, "publishedOn", "publicationPrecision")
    return {
        "title": of.text(source, "title"),
        "published": None if published is None else shown_day(published.latest),
        "address": of.text(source, "address"),
    }


_MORE: Final[Mapping[Kind, Callable[[Situation, Id], Json]]] = {
    Kind.events: _event,
    Kind.evidence: _evidence,
    Kind.statements: _statement,
    Kind.sources: _source,
}
