"""Reads what a caller of the client asks, as plain Python values, into the engine's questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypedDict, TypeVar

from api.asked import Asked, Assumed, read_assumption, read_day
from api.likely import Likely, read_probability
from graph.claims import Rule
from graph.clock import today
from graph.errors import InvalidRequest

Choice = TypeVar("Choice", bound=Enum)
Day = date | str
Several = str | Iterable[str]
Number = str | int | float | Decimal | Fraction


class Known(TypedDict, total=False):
    """What may be asked everywhere, but for the day.

    `known_at` counts only what was public by that day; `assume` is a scenario, such as
    `{"event/ceasefire": True}` or `{"event/ceasefire": "true@2026-02-10"}`.
    """

    known_at: Day
    policy: str
    sources: Sequence[str]
    assume: Mapping[str, bool | str]
    language: str


class Question(Known, total=False):
    """What may be asked everywhere; `as_of` is the day asked about, today if it is left out."""

    as_of: Day


def asked(
    *,
    as_of: Day | None = None,
    known_at: Day | None = None,
    policy: str = Rule.SCEPTICAL.value,
    sources: Sequence[str] | None = None,
    assume: Mapping[str, bool | str] | None = None,
    readings: Sequence[str] = (),
    language: str = "en",
) -> Asked:
    """Read what is asked; raises InvalidRequest for what is no day, policy or assumption."""
    return Asked(
        as_of=day(as_of),
        known_at=day(known_at),
        rule=one_of(Rule, policy, "source policy").value,
        sources=None if sources is None else tuple(sources),
        scenario=tuple(_assumed(assume or {})),
        readings=tuple(readings),
        language=language.lower().partition("-")[0],
    )


def day(given: Day | None) -> date:
    """Read a day; raises InvalidRequest for a text that is none."""
    if given is None:
        return today()
    return read_day(given) if isinstance(given, str) else given


def one_of(choices: type[Choice], text: str, noun: str) -> Choice:
    """Read one of some choices; raises InvalidRequest for any other text."""
    try:
        return choices(text)
    except ValueError:
        hint = f"choose one of {', '.join(each.value for each in choices)}"
        raise InvalidRequest(f"`{text}` is no {noun}", hint=hint) from None


def several(given: Several) -> tuple[str, ...]:
    """Read one value of a filter, or some."""
    return (given,) if isinstance(given, str) else tuple(given)


def likely(
    acts: Mapping[str, Number], waivers: Mapping[str, Number], otherwise: Number | None
) -> Likely:
    """Read how likely acts are; raises InvalidRequest for what is no probability."""

    def read(given: Mapping[str, Number]) -> tuple[tuple[str, Fraction], ...]:
        return tuple((name, read_probability(str(number))) for name, number in given.items())

    rest = None if otherwise is None else read_probability(str(otherwise))
    return Likely(read(acts), read(waivers), rest)


def _assumed(assume: Mapping[str, bool | str]) -> Iterable[Assumed]:
    for about, so in assume.items():
        yield read_assumption(f"{about}={str(so).lower() if isinstance(so, bool) else so}")
