"""The parameters that say what is asked, read as the command line reads its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Final, Literal, TypeVar

from fastapi import Depends, Path, Query

from api.asked import Asked, read_assumption, read_day
from api.errors import InvalidParameter
from api.jobs.pages import Page
from api.parameters import Parameters
from graph.clock import today
from graph.errors import InvalidRequest

T = TypeVar("T")
MOST_ASSUMED: Final = 20
"""How many assumptions a scenario may have: each is judged a second time without it."""

MOST_JUDGED: Final = 20_000
"""How many judgements one answer may take: where one undertaking stands for one debtor."""

_KNOWN_ONCE: Final = ("knownAt", "policy", "lang")
_KNOWN_REPEATED: Final = ("sources", "set")

PolicyRule = Literal["sceptical", "ranked", "credulous"]


def identifier(example: str) -> Any:
    """Describe the identifier in a path."""
    return Path(
        description="An identifier such as `commitment/multinational-force`, or its last part "
        "where no other one ends in it",
        examples=[example],
    )


Id = Annotated[str, identifier("multinational-force")]
Debtor = Annotated[str | None, Query(description="Only for this debtor", examples=["actor/france"])]


async def _page(
    limit: Annotated[int, Query(description="The most items on a page", ge=1, le=1000)] = 100,
    cursor: Annotated[
        str | None, Query(description="Where the page begins: `next` of the page before")
    ] = None,
) -> Page:
    return Page(limit, cursor)


@dataclass(frozen=True)
class Representation:
    """How a list is written, where the address says; `raw` is CSV as it is."""

    format: str | None = None
    raw: bool = False


async def _representation(
    name: Annotated[
        str | None,
        Query(
            alias="format",
            description="`json`, `csv` or `xlsx`, or the media type; outranks Accept",
            examples=["json"],
        ),
    ] = None,
    raw: Annotated[
        Literal["0", "1"],
        Query(
            description="1 leaves CSV cells that a spreadsheet program might run as they are; "
            "else they begin with an apostrophe"
        ),
    ] = "0",
) -> Representation:
    return Representation(name, raw == "1")


Format = Annotated[Representation, Depends(_representation)]
PAGED: Final = ("limit", "cursor", "format", "raw")
"""What every list takes, beside what narrows it."""
PageOf = Annotated[Page, Depends(_page)]
LANGUAGE_TAG: Final = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"
Language = Annotated[
    str,
    Query(
        pattern=LANGUAGE_TAG,
        description="The language of labels, where there are any in it; else English",
        examples=["uk"],
    ),
]
Words = Annotated[str, Query(description="Words that all stand in the label or the identifier")]


def takes(*once: str, repeated: tuple[str, ...] = (), day: str = "asOf") -> Parameters:
    """Give the check of a path's parameters: its own, and those that say what is asked."""
    return Parameters(once=(*once, day, *_KNOWN_ONCE), repeated=(*repeated, *_KNOWN_REPEATED))


async def _known(
    known_at: Annotated[
        str | None,
        Query(
            alias="knownAt",
            description="Count only what was public by this day (today)",
            examples=["2026-03-05"],
        ),
    ] = None,
    policy: Annotated[
        PolicyRule, Query(description="What becomes of claims that clash")
    ] = "sceptical",
    sources: Annotated[
        list[str] | None,
        Query(
            description="Only these sources count; an empty value names none",
            examples=[["source/paris-2026-article"]],
        ),
    ] = None,
    assumed: Annotated[
        list[str] | None,
        Query(
            alias="set",
            max_length=MOST_ASSUMED,
            description="A scenario: `MATTER=true|false|unknown[@DATE]`, each from the day asked "
            "about on unless dated",
            examples=[["event/ceasefire=true@2026-02-10"]],
        ),
    ] = None,
    lang: Language = "en",
) -> Asked:
    return Asked(
        known_at=today() if known_at is None else read_parameter_day(known_at, "knownAt"),
        rule=policy,
        sources=None if sources is None else tuple(each for each in sources if each),
        scenario=tuple(_value(read_assumption, each, "set") for each in assumed or ()),
        language=primary(lang),
    )


def primary(language: str) -> str:
    """Give the part of a language tag that labels are chosen by."""
    return language.lower().partition("-")[0]


Known = Annotated[Asked, Depends(_known)]


async def _as_of(
    known: Known,
    as_of: Annotated[
        str | None,
        Query(
            alias="asOf",
            description="The day asked about (today); a month or a year means its last day",
            examples=["2026-01-31"],
        ),
    ] = None,
) -> Asked:
    return known if as_of is None else replace(known, as_of=read_parameter_day(as_of, "asOf"))


AsOf = Annotated[Asked, Depends(_as_of)]


async def _under_readings(
    asked: AsOf,
    reading: Annotated[
        list[str] | None,
        Query(
            description="A reading of a contested term to choose",
            examples=[["reading/binding-is-enough"]],
        ),
    ] = None,
) -> Asked:
    return replace(asked, readings=tuple(reading or ()))


UnderReadings = Annotated[Asked, Depends(_under_readings)]


async def _between(
    known: Known,
    start: Annotated[
        str, Query(alias="from", description="The earlier day", examples=["2026-01-01"])
    ],
    end: Annotated[str, Query(alias="to", description="The later day", examples=["2026-03-01"])],
) -> tuple[Asked, Asked]:
    return (
        replace(known, as_of=read_parameter_day(start, "from")),
        replace(known, as_of=read_parameter_day(end, "to")),
    )


Between = Annotated[tuple[Asked, Asked], Depends(_between)]


def read_parameter_day(text: str, name: str) -> date:
    """Read the day that a parameter names; raises InvalidParameter."""
    return _value(read_day, text, name)


def _value(read: Callable[[str], T], text: str, name: str) -> T:
    try:
        return read(text)
    except InvalidRequest as error:
        raise InvalidParameter(error.message, name=name, hint=error.hint) from None
