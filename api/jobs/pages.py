"""What all lists share: the words they are narrowed by, their order, and their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from api.asked import InvalidValue
from api.identifiers import short
from api.numbers import whole_number
from api.situation import Json, Situation
from graph.model import Id

T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """At most `limit` items, from where the cursor of an earlier answer points."""

    limit: int
    cursor: str | None = None

    def of(self, found: Sequence[T], listing: str) -> tuple[Sequence[T], Json]:
        """Give the items of this page and, as JSON, how many there are in all and how to go on.

        A cursor is bound to what `listing` names, the version of the graph among it: from page to
        page of a list that has changed items would be missed or come twice.
        """
        key = sha256(listing.encode()).hexdigest()[:16]
        start = self._start(key)
        end = start + self.limit
        more = f"{key}-{end}" if end < len(found) else None
        return found[start:end], {"total": len(found), "limit": self.limit, "next": more}

    def _start(self, key: str) -> int:
        if self.cursor is None:
            return 0
        of, _, place = self.cursor.partition("-")
        start = whole_number(place)
        if of == key and start is not None:
            return start
        raise InvalidValue(
            f"the cursor `{self.cursor}` belongs to another list or to another version of it",
            hint="ask for the list without a cursor, and then go on with what `next` gives",
            parameter="cursor",
        )


def named(situation: Situation, *choice: object) -> str:
    """Name a list by all that decides which items it has, and in which order."""
    return repr((situation.depends_on(), situation.language, choice))


def by_label(situation: Situation, thing: Id) -> tuple[str, Id]:
    """Give what things are sorted by."""
    return situation.name(thing).casefold(), thing


def has_words(situation: Situation, thing: Id, q: str) -> bool:
    """Tell whether each word stands in the label or the identifier of a thing."""
    said = f"{situation.name(thing)} {short(thing)}".casefold()
    return all(word in said for word in q.casefold().split())
