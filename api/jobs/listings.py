"""Lists of undertakings, actors, instruments and events, page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final
from urllib.parse import quote

from api.identifiers import short
from api.jobs.job import Job
from api.jobs.overviews import components, domains, states
from api.jobs.pages import Page
from api.situation import Json, Situation, chosen
from graph.model import Id, MatterKind, State, Undertaking
from graph.namespaces import ID, SV
from graph.trees import Trees

ACTORS: Final = (
    *("ArmedForce", "Coalition", "GovernmentBody", "Group", "InternationalOrganisation"),
    *("Legislature", "MultinationalForce", "Person", "State"),
)
"""The classes under sv:Actor, for a graph in which the ontology may or may not stand."""
INSTRUMENTS: Final = ("Agreement", "Declaration", "Instrument", "Treaty")
"""sv:Instrument and the classes under it."""


_NOTHING: Final = "none"


@dataclass(frozen=True)
class Filters:
    """Which undertakings are listed: those that have one value of every filter that is given.

    Of what an undertaking is linked to, `none` takes those that are linked to nothing. `q` holds
    words that all stand in the label or the identifier.
    """

    debtor: tuple[str, ...] = ()
    creditor: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    component: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    q: str = ""


@dataclass(frozen=True)
class Undertakings(Job):
    """Which undertakings are there, and in which state is each for its debtors."""

    filters: Filters
    page: Page

    def answer(self, situation: Situation) -> Json:
        """Answer in the order of labels; only what is shown or filtered by state is judged."""
        rows = [_Row(situation, each) for each in situation.model.undertakings.values()]
        for keep in _kept(self.filters, rows):
            rows = [row for row in rows if keep(row)]
        rows.sort(key=lambda row: _by_label(situation, row.of.id))
        shown, counts = self.page.of(rows, _named(situation, self.filters))
        return {**counts, "items": [row.json() for row in shown]}


@dataclass(frozen=True)
class _Row:
    """An undertaking with what filters look at."""

    situation: Situation
    of: Undertaking

    @cached_property
    def states(self) -> Mapping[Id, State]:
        return states(self.situation, self.of)

    @property
    def debtors(self) -> tuple[Id, ...]:
        """Give the named debtors, and the coalitions they stand for."""
        return (*self.of.debtors, *self.situation.triples.ids(self.of.id, "debtor"))

    @property
    def instruments(self) -> tuple[Id, ...]:
        return self.situation.triples.ids(self.of.id, "recordedIn")

    @property
    def domains(self) -> tuple[Id, ...]:
        return tuple(dict.fromkeys(domains(self.situation, self.of.id)))

    @property
    def components(self) -> tuple[Id, ...]:
        return components(self.situation, self.of.id)

    def json(self) -> Json:
        """Give the undertaking as an item of a list."""
        thing, of = self.situation.thing, self.of
        found = self.states
        return {
            **thing(of.id),
            "kind": of.kind.value,
            "href": f"/api/v1/commitments/{quote(short(of.id))}",
            "distribution": self.situation.sentences.distribution(found.values(), of.unnamed),
            "unnamed": of.unnamed,
            "debtors": [{**thing(debtor), "state": found[debtor].value} for debtor in found],
            "creditors": [thing(each) for each in of.creditors],
            "instruments": [thing(each) for each in self.instruments],
            "domains": [thing(each) for each in self.domains],
        }


_LINKED: Final[Mapping[str, tuple[Callable[[_Row], Collection[Id]], Collection[str]]]] = {
    "debtor": (lambda row: row.debtors, ACTORS),
    "creditor": (lambda row: row.of.creditors, ACTORS),
    "domain": (lambda row: row.domains, ("Domain",)),
    "component": (lambda row: row.components, ("Component",)),
    "instrument": (lambda row: row.instruments, INSTRUMENTS),
}
"""By filter: what an undertaking is linked to, and the classes of what it could be linked to."""


def _kept(filters: Filters, rows: Sequence[_Row]) -> list[Callable[[_Row], bool]]:
    """Give a test for each filter, that by state last: it alone needs a judgement."""
    tests = [_linked(name, getattr(filters, name), rows) for name in _LINKED]
    tests.append(lambda row: not filters.kind or row.of.kind.value in filters.kind)
    tests.append(lambda row: _has_words(row.situation, row.of.id, filters.q))
    if filters.state:
        tests.append(lambda row: any(s.value in filters.state for s in row.states.values()))
    return tests


def _linked(name: str, texts: Sequence[str], rows: Sequence[_Row]) -> Callable[[_Row], bool]:
    if not texts or not rows:
        return lambda row: True
    links, classes = _LINKED[name]
    known = {*rows[0].situation.triples.a(*classes), *(each for row in rows for each in links(row))}
    wanted = {_meant(text, known, name) for text in texts if text != _NOTHING}
    or_none = _NOTHING in texts
    return lambda row: not wanted.isdisjoint(links(row)) or (or_none and not links(row))


def _meant(text: str, known: Collection[Id], name: str) -> Id:
    """Find what a filter names: an individual of the ontology, or a thing."""
    term = SV + text.removeprefix("sv:")
    return term if term in known else chosen(text, known, name, name)


def _named(situation: Situation, *choice: object) -> str:
    """Name a list by all that decides which items it has, and in which order."""
    return repr((situation.depends_on(), situation.language, choice))


def _by_label(situation: Situation, thing: Id) -> tuple[str, Id]:
    return situation.name(thing).casefold(), thing


def _has_words(situation: Situation, thing: Id, q: str) -> bool:
    said = f"{situation.name(thing)} {short(thing)}".casefold()
    return all(word in said for word in q.casefold().split())


class Kind(StrEnum):
    """What a list of things is of."""

    actors = "actors"
    instruments = "instruments"
    events = "events"
    conditions = "conditions"


@dataclass(frozen=True)
class Things(Job):
    """Which actors, instruments, events or conditions are there, and which events happened."""

    kind: Kind
    q: str
    page: Page

    def answer(self, situation: Situation) -> Json:
        """Answer in the order of labels."""
        found = [
            each for each in _things(situation, self.kind) if _has_words(situation, each, self.q)
        ]
        found.sort(key=lambda each: _by_label(situation, each))
        shown, counts = self.page.of(found, _named(situation, self.kind, self.q))
        return {**counts, "items": [_thing(situation, each, self.kind) for each in shown]}


def _things(situation: Situation, kind: Kind) -> list[Id]:
    match kind:
        case Kind.actors:
            return situation.triples.a(*ACTORS)
        case Kind.instruments:
            return situation.triples.a(*INSTRUMENTS)
        case Kind.events:
            matters = situation.model.matters.values()
            return [each.id for each in matters if each.kind is MatterKind.EVENT]
        case Kind.conditions:
            return sorted(Trees(situation.triples).known())


def _thing(situation: Situation, thing: Id, kind: Kind) -> Json:
    found = {
        **situation.thing(thing),
        "types": sorted(situation.triples.types.get(thing, ())),
        "href": f"/doc/{quote(short(thing))}" if thing.startswith(ID) else None,
    }
    if kind is Kind.events:
        value = situation.world.timeline(thing).at(situation.as_of)
        found["verdict"] = value.verdict.value
    return found
