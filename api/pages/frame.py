"""What every page says of its question, and the links that keep it; it answers nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Depends, Request

from api.asked import Asked
from api.identifiers import short
from api.rendering import href
from api.situation import Json, Situation
from api.state import base, snapshot
from api.v1.answering import located
from api.v1.parameters import takes
from graph.clock import today
from graph.model import Id, MatterKind
from graph.namespaces import ID

VIEW: Final = ("asOf", "knownAt", "policy", "sources", "set", "lang", "reading")
"""The parameters that say what is asked; every link to a page that takes them keeps them."""

_POLICIES: Final = (
    ("sceptical", "claims that clash count as unknown"),
    ("ranked", "the better source counts"),
    ("credulous", "what any source says counts"),
)
_LANGUAGES: Final = (("en", "English"), ("fr", "français"), ("uk", "українська"))
_MOST_OFFERED: Final = 400

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """The nearest day before or after the day asked about on which something changes."""

    rel: str
    title: str
    day: date
    href: str


@dataclass(frozen=True)
class Frame:
    """The question of a page: its address, the parameters given, and the situation asked about."""

    path: str
    given: tuple[tuple[str, str], ...]
    base: str
    asked: Asked
    situation: Situation

    # What is asked

    @property
    def as_of(self) -> date:
        """Give the day asked about."""
        return self.asked.as_of

    @property
    def known_at(self) -> date:
        """Give the day of knowledge."""
        return self.asked.known_at

    @property
    def today(self) -> date:
        """Give the day on which the page is read."""
        return today()

    @property
    def policy(self) -> str:
        """Name the source policy."""
        return self.asked.rule

    @property
    def policies(self) -> tuple[tuple[str, str], ...]:
        """Give the source policies with their meaning."""
        return _POLICIES

    @property
    def language(self) -> str:
        """Give the language of labels."""
        return self.asked.language

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """Give the languages of labels that are offered, and the one asked for."""
        known = dict(_LANGUAGES)
        return tuple({**known, self.language: self.language_name}.items())

    @property
    def language_name(self) -> str:
        """Name the language of labels."""
        return dict(_LANGUAGES).get(self.language, self.language)

    @cached_property
    def _depends_on(self) -> Json:
        return self.situation.depends_on()

    @property
    def sources(self) -> list[Id] | None:
        """Give the sources that alone count; None is all of them."""
        found: list[Id] | None = self._depends_on["sources"]
        return found

    @property
    def assumptions(self) -> list[Json]:
        """Give what the scenario assumes."""
        found: list[Json] = self._depends_on["scenario"]
        return found

    # Links

    def link(self, path: str, **own: object) -> str:
        """Give an address with what is asked, as it was given, and with parameters of its own."""
        return _address(path, [*self.view, *_pairs(own)])

    def api(self, path: str, *, without: Sequence[str] = (), **own: object) -> str:
        """Give the address of the same answer for programs; few take a reading."""
        view = [each for each in self.view if each[0] not in {"reading", *without}]
        return _address(f"/api/v1/{path}", [*view, *_pairs(own)])

    def downloads(self, **own: object) -> list[dict[str, str]]:
        """Give the addresses of a list of undertakings as files for programs."""
        return [
            {"name": name, "href": self.api("commitments", without=(), format=format_, **own)}
            for name, format_ in (("JSON", None), ("CSV", "csv"), ("Excel", "xlsx"))
        ]

    def to(self, iri: Id) -> str | None:
        """Give the address of a thing's page; only pages about things are asked as of a day."""
        if iri.startswith(ID):
            return self.link(f"/doc/{quote(short(iri))}")
        return href(iri)

    def address(self, source: Id) -> str | None:
        """Give where the text of a source is to be read, if anyone may follow that."""
        address = self.situation.triples.text(source, "address")
        return None if address is None else href(address)

    def here(self, **changed: object) -> str:
        """Give this page's address with some parameters set anew; None takes one away."""
        return _address(self.path, [*self.kept(*changed), *_pairs(changed)])

    def kept(self, *but: str) -> Pairs:
        """Give the parameters of this page, for a form that sets some of them anew."""
        return [each for each in self.given if each[0] not in but]

    def without(self, place: int) -> str:
        """Give this page's address without one of the assumptions."""
        assumed = [value for name, value in self.given if name == "set"]
        return self.here(set=[*assumed[:place], *assumed[place + 1 :]])

    @property
    def actual(self) -> str:
        """Give this page's address without a scenario."""
        return self.here(set=None)

    @property
    def fresh(self) -> str:
        """Give this page's address as of today, by all that is known."""
        return self.here(asOf=None, knownAt=None)

    @property
    def permanent(self) -> str:
        """Give the whole address with both days in it, so that it means the same tomorrow."""
        pinned = self.here(asOf=self.as_of.isoformat(), knownAt=self.known_at.isoformat())
        return self.base + pinned.removeprefix("/")

    @property
    def view(self) -> Pairs:
        """Give the parameters that say what is asked, as they were given."""
        return [each for each in self.given if each[0] in VIEW]

    # Days on which something changes

    @cached_property
    def turning_days(self) -> Sequence[date]:
        """Give the days on which anything changes, by all that is recorded."""
        return self.situation.snapshot.turning_days(self.policy)

    @property
    def earlier(self) -> Step | None:
        """Give the last day before this one on which something changes."""
        days = [day for day in self.turning_days if day < self.as_of]
        return self._step("prev", "earlier change", days[-1]) if days else None

    @property
    def later(self) -> Step | None:
        """Give the next day after this one on which something changes."""
        days = [day for day in self.turning_days if day > self.as_of]
        return self._step("next", "later change", days[0]) if days else None

    def _step(self, rel: str, title: str, day: date) -> Step:
        return Step(rel, title, day, self.here(asOf=day.isoformat()))

    # Things

    def language_of(self, iri: Id, label: str) -> str | None:
        """Give the language of a label where it is not that of the page."""
        english = self.situation.snapshot.names("en").get(iri)
        return None if english in (None, label) else self.language

    @cached_property
    def matters(self) -> list[tuple[str, list[Json]]]:
        """Give what a scenario can assume, by kind; nothing where it is too much to read."""
        found = self.situation.model.matters.values()
        if len(found) > _MOST_OFFERED:
            return []
        named = {
            kind: sorted(
                (
                    {"short": short(each.id), "label": self.situation.name(each.id)}
                    for each in found
                    if each.kind is kind
                ),
                key=lambda each: each["label"].casefold(),
            )
            for kind in MatterKind
        }
        return [(kind.value, these) for kind, these in named.items() if these]


def shows(*once: str, repeated: tuple[str, ...] = ()) -> list[Any]:
    """Give the check of a page's parameters: its own, and those that say what is asked."""
    return [Depends(takes(*once, repeated=("reading", *repeated)))]


def framed(request: Request, asked: Asked) -> Frame:
    """Frame the page of a request.

    Raises InvalidParameter for a value that the graph does not know, UnreadableGraph where what is
    recorded cannot be judged.
    """
    situation = located(request, lambda: Situation.of(snapshot(request), asked))
    return Frame(
        path=request.url.path,
        given=tuple(request.query_params.multi_items()),
        base=base(request),
        asked=asked,
        situation=situation,
    )


def _pairs(parameters: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Give parameters one by one; a name may end in `_` where it is a word of Python."""
    for name, value in parameters.items():
        several = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        for each in several:
            if each is not None:
                yield name.rstrip("_"), str(each)


def _address(path: str, parameters: Pairs) -> str:
    return f"{path}?{urlencode(parameters, safe='/:@=')}" if parameters else path
