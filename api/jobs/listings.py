"""The list of undertakings: filtered, sorted, counted by facets, page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from api.jobs.facets import facets
from api.jobs.job import Job
from api.jobs.listed import Listed
from api.jobs.pages import Page, by_label, has_words, named
from api.jobs.things import ACTORS, INSTRUMENTS
from api.situation import Json, Situation, chosen
from graph.model import Id
from graph.namespaces import SV

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
    binding: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    q: str = ""


FILTERS: Final = tuple(field.name for field in fields(Filters) if field.name != "q")
"""The filters that can be repeated."""


class Sort(StrEnum):
    """What undertakings are sorted by; with a minus, from the end."""

    label = "label"
    label_down = "-label"
    since = "since"
    since_down = "-since"
    debtor = "debtor"
    debtor_down = "-debtor"


@dataclass(frozen=True)
class Undertakings(Job):
    """Which undertakings are there, and in which state is each for its debtors."""

    filters: Filters
    page: Page
    sort: str = Sort.label.value
    facets: tuple[str, ...] = ()

    def answer(self, situation: Situation) -> Json:
        """Answer; only what is shown, or filtered, sorted or counted by state, is judged."""
        rows = [Listed(situation, each) for each in situation.model.undertakings.values()]
        matches = _matching(self.filters, rows)
        for keep in _kept(self.filters, rows):
            rows = [row for row in rows if keep(row)]
        rows.sort(key=lambda row: by_label(situation, row.of.id))
        by = self.sort.removeprefix("-")
        rows.sort(key=_KEYS[by], reverse=by != self.sort)
        shown, counts = self.page.of(rows, named(situation, self.filters, self.sort))
        return {
            **counts,
            "items": [row.json(matches) for row in shown],
            "facets": facets(situation, rows, self.facets),
        }


_KEYS: Final[Mapping[str, Callable[[Listed], Any]]] = {
    Sort.label: lambda row: by_label(row.situation, row.of.id),
    Sort.since: lambda row: row.since,
    Sort.debtor: lambda row: row.first_debtor,
}
_LINKED: Final[Mapping[str, tuple[Callable[[Listed], Collection[Id]], Collection[str]]]] = {
    "debtor": (lambda row: row.debtors, ACTORS),
    "creditor": (lambda row: row.of.creditors, ACTORS),
    "domain": (lambda row: row.domains, ("Domain",)),
    "component": (lambda row: row.components, ("Component",)),
    "instrument": (lambda row: row.instruments, INSTRUMENTS),
    "binding": (lambda row: row.forces, ("BindingForce",)),
}
"""By filter: what an undertaking is linked to, and the classes of what it could be linked to."""


def _kept(filters: Filters, rows: Sequence[Listed]) -> list[Callable[[Listed], bool]]:
    """Give a test for each filter, that by state last: it alone needs a judgement."""
    tests = [_linked(name, getattr(filters, name), rows) for name in _LINKED]
    tests.append(lambda row: not filters.kind or row.of.kind.value in filters.kind)
    tests.append(lambda row: has_words(row.situation, row.of.id, filters.q))
    if filters.state:
        tests.append(lambda row: any(s.value in filters.state for s in row.states.values()))
    return tests


def _linked(name: str, texts: Sequence[str], rows: Sequence[Listed]) -> Callable[[Listed], bool]:
    if not texts or not rows:
        return lambda row: True
    links, _ = _LINKED[name]
    wanted = _wanted(name, texts, rows)
    or_none = _NOTHING in texts
    return lambda row: not wanted.isdisjoint(links(row)) or (or_none and not links(row))


def _wanted(name: str, texts: Sequence[str], rows: Sequence[Listed]) -> set[Id]:
    """Find what the values of a filter name."""
    links, classes = _LINKED[name]
    known = {*rows[0].situation.triples.a(*classes), *(each for row in rows for each in links(row))}
    return {_meant(text, known, name) for text in texts if text != _NOTHING}


def _matching(filters: Filters, rows: Sequence[Listed]) -> Callable[[Listed, Id], bool]:
    """Tell the debtors whom the filters by debtor and by state both fit; all, without them."""
    wanted = _wanted("debtor", filters.debtor, rows) if rows else set()

    def matches(row: Listed, debtor: Id) -> bool:
        is_wanted = not filters.debtor or not wanted.isdisjoint(row.named_as(debtor))
        return is_wanted and (not filters.state or row.states[debtor].value in filters.state)

    return matches


def _meant(text: str, known: Collection[Id], name: str) -> Id:
    """Find what a filter names: an individual of the ontology, or a thing."""
    term = SV + text.removeprefix("sv:")
    return term if term in known else chosen(text, known, name, name)
