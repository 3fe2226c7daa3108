"""Finds things by words of their labels, in every language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from api.asked import InvalidValue
from api.identifiers import short
from api.jobs.facets import counted
from api.jobs.job import Job
from api.jobs.pages import Page, named
from api.jobs.things import thing_json
from api.situation import Json, Situation
from graph.errors import InvalidRequest
from graph.label_search import Found
from graph.model import Id
from graph.namespaces import ID, SV

_NO_LANGUAGE: Final = "none"
_FIRST: Final = (
    *("commitment", "intention", "possibility", "actor", "instrument", "component"),
    *("event", "state-of-affairs", "approval", "measure", "statement", "obstacle", "source"),
)
_LAST: Final = ("condition", "evidence", "mention", "dataset", "other", "vocabulary")


@dataclass(frozen=True)
class Search(Job):
    """Which things have a label with words that begin like those of `q`, best first.

    Best are labels that have no other words, then undertakings, actors, texts and what happens,
    last what describes them; among those of one kind, the labels that fit best.
    Those of some `kinds` alone, if any are given, and found in a label in one language, if it is.
    """

    q: str
    kinds: tuple[str, ...]
    language: str | None
    page: Page

    def answer(self, situation: Situation) -> Json:
        """Answer with each thing once, by the label that fits best."""
        self._check_kinds(situation)
        found = [
            each
            for each in self._best(situation)
            if not self.kinds or kind(each.thing) in self.kinds
        ]
        shown, counts = self.page.of(found, named(situation, self.q, self.kinds, self.language))
        languages = ([each.language or _NO_LANGUAGE] for each in found)
        return {
            "q": self.q,
            **counts,
            "items": [_item(situation, each) for each in shown],
            "facets": {
                "kind": counted(([kind(each.thing)] for each in found), str),
                "language": counted(languages, str),
            },
            "near": [] if found else situation.snapshot.labels.near(self.q),
        }

    def _best(self, situation: Situation) -> Iterator[Found]:
        try:
            found = situation.snapshot.labels.search(self.q, language=self.language)
        except InvalidRequest as error:
            raise InvalidValue(error.message, hint=error.hint, parameter="language") from None
        seen = set[Id]()
        for each in sorted(found, key=_rank):
            if each.thing not in seen:
                seen.add(each.thing)
                yield each

    def _check_kinds(self, situation: Situation) -> None:
        if not self.kinds:
            return
        known = _kinds(situation.snapshot.labels.things)
        for each in self.kinds:
            if each not in known:
                raise InvalidValue(
                    f"there is no kind `{each}`",
                    hint="there is " + (", ".join(f"`{one}`" for one in known) or "none"),
                    parameter="kind",
                )


def _kinds(things: Iterable[Id]) -> list[str]:
    return sorted({kind(each) for each in things})


def kind(thing: Id) -> str:
    """Give what stands before the name in the identifier of a thing, such as `actor`."""
    if thing.startswith(ID):
        return short(thing).partition("/")[0]
    return "vocabulary" if thing.startswith(SV) else "other"


def place(kind: str) -> int:
    """Give where a kind comes among those that are found."""
    if kind in _FIRST:
        return _FIRST.index(kind)
    return len(_FIRST) + (_LAST.index(kind) + 1 if kind in _LAST else 0)


def _rank(found: Found) -> tuple[bool, int]:
    """Give what sorts the found, beside how well the words fit, in which order they come."""
    return not found.whole, place(kind(found.thing))


def _item(situation: Situation, found: Found) -> Json:
    return {
        **thing_json(situation, found.thing),
        "kind": kind(found.thing),
        "match": {
            "label": found.label,
            "language": found.language or None,
            "parts": [part._asdict() for part in found.parts],
        },
        "score": -found.rank,
    }
