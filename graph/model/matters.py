"""Matters, which can be so or not, and the claims that sources make of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from graph.model.conditions import Condition
from graph.model.names import Id
from graph.timeline import Span


class MatterKind(Enum):
    """Whether a matter happens once and is past, or lasts and can end."""

    EVENT = "event"
    STATE = "state of affairs"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that can be so: `monitored` means that no news of it is news that it is not so.

    For an approval, `body` gives its consent to `measure` on behalf of `debtor`. An event may be
    one occurrence of a kind of event. `enabled_when` is what sources say it needs to come about;
    it bears on circles and unlocking, not on truth.
    """

    id: Id
    kind: MatterKind
    monitored: bool = False
    body: Id | None = None
    measure: Id | None = None
    debtor: Id | None = None
    occurrence_of: Id | None = None
    enabled_when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that a matter holds, or does not, from `since` until before `until`.

    Without `until` it speaks of all later days until another claim takes over; a denial of an
    event speaks of all earlier days instead. It counts for an answer known at day k once it was
    surely public by k. It counts with all of its sources and all of its speakers.
    """

    id: Id
    matter: Id
    holds: bool
    since: Span
    published: Span
    sources: tuple[Id, ...]
    until: Span | None = None
    speakers: tuple[Id, ...] = ()
