"""What is asked of a graph, apart from the question itself; it reads none."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from graph.clock import today
from graph.errors import InvalidRequest

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_TRUTHS: Final = ("true", "false", "unknown")


class InvalidValue(InvalidRequest):
    """What was given for `parameter` is no possible value of it."""

    def __init__(self, message: str, *, hint: str | None = None, parameter: str = "") -> None:
        """Keep the parameter's name.

        It has a default because an error that crosses processes is made again from its message,
        and then given its attributes.
        """
        super().__init__(message, hint=hint)
        self.parameter = parameter


class Columns(StrEnum):
    """What the columns of a matrix are."""

    domain = "domain"
    component = "component"


@dataclass(frozen=True)
class Assumed:
    """What a scenario assumes of a matter or a condition; since the day asked about if undated."""

    about: str
    truth: str
    since: date | None = None

    @property
    def value(self) -> str:
        """Write what is assumed, and from when on, as `read_assumption` reads it."""
        return f"{self.truth}@{self.since}" if self.since else self.truth

    def __str__(self) -> str:
        """Write the whole as `read_assumption` reads it."""
        return f"{self.about}={self.value}"


@dataclass(frozen=True)
class Asked:
    """On which day, by what knowledge, policy, scenario and readings, and in which language.

    Things go by identifiers as people write them; whether the graph holds them is found out when
    it is asked. `sources` are those that alone count; None is all of them. Only labels come in
    another `language`.
    """

    as_of: date = field(default_factory=today)
    known_at: date = field(default_factory=today)
    rule: str = "sceptical"
    sources: tuple[str, ...] | None = None
    scenario: tuple[Assumed, ...] = ()
    readings: tuple[str, ...] = ()
    language: str = "en"


def read_day(text: str) -> date:
    """Read a day; a month or a year means its last day."""
    written = _DATE.fullmatch(text)
    try:
        if written is None:
            raise ValueError
        year, month, day = written.groups()
        last = monthrange(int(year), int(month or 12))[1]
        return date(int(year), int(month or 12), int(day or last))
    except ValueError:
        hint = "write it as 2026-01-06, 2026-01 or 2026"
        raise InvalidRequest(f"`{text}` is no date", hint=hint) from None


def read_scenario(written: Mapping[str, bool | str]) -> tuple[Assumed, ...]:
    """Read what is assumed by identifier: true, false, or a text such as `true@2026-02-10`."""
    return tuple(
        read_assumption(f"{about}={str(so).lower() if isinstance(so, bool) else so}")
        for about, so in written.items()
    )


def read_assumption(text: str) -> Assumed:
    """Read `MATTER=true|false|unknown[@DATE]`."""
    about, _, assumed = text.rpartition("=")
    truth, at, since = assumed.partition("@")
    if not about or truth not in _TRUTHS:
        raise InvalidRequest(
            f"`{text}` assumes nothing",
            hint="write it as event/ceasefire=true or event/ceasefire=false@2026-02-01",
        )
    return Assumed(about, truth, read_day(since) if at else None)
