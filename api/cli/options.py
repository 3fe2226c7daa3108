"""The options several verbs share, how their values are read, and the settings they add up to."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from api.asked import Asked, read_assumption, read_day
from api.settings import Settings
from graph.clock import today
from graph.errors import InvalidRequest, UnreadableInput

Choice = TypeVar("Choice", bound=StrEnum)

DataDir = Annotated[
    Path | None,
    typer.Option(help="Where the graph lies (SERVANDA_DATA_DIR, else .servanda)."),
]


def read_number(text: str) -> int:
    """Read the number of a transaction, which is that of the version it led to."""
    try:
        return int(text)
    except ValueError:
        hint = "`servanda history` lists the numbers there are"
        raise InvalidRequest(f"`{text}` is no number of a transaction", hint=hint) from None


Version = Annotated[
    int | None,
    typer.Option(
        parser=read_number,
        metavar="SEQ",
        help="A past version, by its number in `servanda history`.",
    ),
]


def one_of(choices: type[Choice], noun: str) -> Callable[[str], Choice]:
    """Give the reader of an option that takes one of the `choices`, each of them a `noun`."""

    def read(text: str) -> Choice:
        try:
            return choices(text)
        except ValueError:
            *names, last = choices
            hint = f"choose {', '.join(names)} or {last}"
            raise InvalidRequest(f"`{text}` is no {noun}", hint=hint) from None

    return read


def listed(choices: type[StrEnum]) -> str:
    """Write the choices of an option as its help shows them."""
    return "|".join(choices)


class PolicyName(StrEnum):
    """What becomes of claims that clash."""

    sceptical = "sceptical"
    ranked = "ranked"
    credulous = "credulous"


class AnswerFormat(StrEnum):
    """How an answer is written."""

    table = "table"
    json = "json"


AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=read_day, metavar="DATE", help="The day asked about (today)."),
]
KnownAt = Annotated[
    date | None,
    typer.Option(
        "--known-at",
        parser=read_day,
        metavar="DATE",
        help="Count only what was public by this day (today).",
    ),
]
PolicyOption = Annotated[
    PolicyName,
    typer.Option(
        "--policy",
        parser=one_of(PolicyName, "source policy"),
        metavar=listed(PolicyName),
        help="What becomes of claims that clash.",
    ),
]
Readings = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="ID",
        help="A reading of a contested term to choose, such as reading/binding-is-enough; "
        "repeatable.",
    ),
]
Assumed = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="MATTER=true|false|unknown[@DATE]",
        help="What to assume of a matter (its label will do) or a condition, from a day on; "
        "repeatable.",
    ),
]
FormatOption = Annotated[
    AnswerFormat,
    typer.Option(
        "--format",
        parser=one_of(AnswerFormat, "format"),
        metavar=listed(AnswerFormat),
        help="How to write the answer.",
    ),
]


def asked(
    as_of: date | None,
    known_at: date | None,
    policy: PolicyName,
    *,
    scenario: Iterable[str] | None = None,
    readings: Iterable[str] | None = None,
) -> Asked:
    """Say what is asked; without a date, it is today's (UTC)."""
    return Asked(
        as_of=as_of or today(),
        known_at=known_at or today(),
        rule=policy.value,
        scenario=tuple(read_assumption(each) for each in scenario or ()),
        readings=tuple(readings or ()),
    )


def decoded(name: str, data: bytes) -> str:
    """Read the text of a file, or of stdin, that is called `name`."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInput(f"`{name}` is not UTF-8", hint="save it as UTF-8") from None


def settings(**options: Any) -> Settings:
    """Give the settings of the environment, outranked by the options that were given."""
    given = {name: value for name, value in options.items() if value is not None}
    return replace(Settings.from_environment(os.environ), **given)


def load_command(data_dir: Path | None) -> str:
    """Write the command that fills the directory an option named, or the usual one."""
    option = "" if data_dir is None else f" --data-dir {shlex.quote(str(data_dir))}"
    return f"`servanda load data{option}`"
