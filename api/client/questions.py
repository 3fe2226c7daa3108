"""Reads what a caller of the client asks, as plain Python values, into the engine's questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from numbers import Integral
from typing import TypedDict, TypeVar, Unpack

from api.asked import Asked, read_day, read_scenario
from api.v1.parameters import primary
from graph.claims import Rule
from graph.clock import today
from graph.errors import InvalidRequest

Choice = TypeVar("Choice", bound=Enum)
Day = date | str
Several = str | Iterable[str]


class Known(TypedDict, total=False):
    """What may be asked everywhere, but for the day.

    `known_at` counts only what was public by that day; `assume` is a scenario, such as
    `{"event/ceasefire": True}` or `{"event/ceasefire": "true@2026-02-10"}`.
    """

    known_at: Day | None
    policy: str
    sources: Several | None
    assume: Mapping[str, bool | str]
    language: str


class Question(Known, total=False):
    """What may be asked everywhere; `as_of` is the day asked about, today if it is left out."""

    as_of: Day | None


def asked(readings: Several = (), /, **question: Unpack[Question]) -> Asked:
    """Read what is asked; raises InvalidRequest for what is no day, policy or assumption.

    It does so, too, for a keyword that there is not: a misspelt one must not go unseen.
    """
    known = Question.__annotations__
    if unknown := sorted(question.keys() - known.keys()):
        hint = f"the keywords of every question are {', '.join(sorted(known))}"
        raise InvalidRequest(f"`{unknown[0]}` cannot be asked here", hint=hint)
    sources = question.get("sources")
    return Asked(
        as_of=day(question.get("as_of")),
        known_at=day(question.get("known_at")),
        rule=one_of(Rule, question.get("policy", Rule.SCEPTICAL.value), "source policy").value,
        sources=None if sources is None else tuple(filter(None, several(sources))),
        scenario=read_scenario(question.get("assume") or {}),
        readings=several(readings),
        language=primary(question.get("language", "en")),
    )


def day(given: Day | None) -> date:
    """Read a day; raises InvalidRequest for what is none, as a time."""
    if given is None:
        return today()
    # A datetime is a date to Python, with a time that would count in one place and not in another.
    return given if type(given) is date else read_day(str(given))


def version_or_time(given: int | Day) -> int | datetime:
    """Read the number of a version, or a time; a day means its end (UTC).

    Raises InvalidRequest for whatever else: the present must never answer for the past.
    """
    # Integral has the numbers of pandas, too; True is one as well, and no version.
    if isinstance(given, Integral) and not isinstance(given, bool):
        return int(given)
    if isinstance(given, datetime):
        return given
    try:
        if isinstance(given, date | str):
            return datetime.combine(day(given), time(23, 59, 59), UTC)
    except InvalidRequest:
        pass
    raise InvalidRequest(
        f"`{given}` is no version, time or day",
        hint="give the number of a version, a datetime, or a day as 2026-01-06, 2026-01 or 2026",
    )


def one_of(choices: type[Choice], text: str, noun: str) -> Choice:
    """Read one of some choices; raises InvalidRequest for any other text."""
    try:
        return choices(text)
    except ValueError:
        hint = f"choose one of {', '.join(each.value for each in choices)}"
        raise InvalidRequest(f"`{text}` is no {noun}", hint=hint) from None


def several(given: Several) -> tuple[str, ...]:
    """Read one value, or some."""
    return (given,) if isinstance(given, str) else tuple(given)
