"""`servanda diff`: what stands otherwise on another day, or under another source policy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from api.asked import read_day
from api.cli.answering import Json, answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    asked,
)
from api.cli.tables import show_changes, standing
from api.cli.terminal import cell, say, show_table, table
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from api.asked import Asked
    from api.jobs.job import Job


def diff(
    start: Annotated[
        date | None,
        typer.Option("--from", parser=read_day, metavar="DATE", help="The earlier day."),
    ] = None,
    end: Annotated[
        date | None, typer.Option("--to", parser=read_day, metavar="DATE", help="The later day.")
    ] = None,
    policies: Annotated[
        bool,
        typer.Option(
            "--policies", help="Compare the source policies on the later day (today), not two days."
        ),
    ] = False,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show which states differ between two days, by what is known on one day, and why."""
    answer = answered(data_dir, _question(asked(end, known_at, policy), start, end, policies))
    if format is AnswerFormat.json:
        write_json(answer)
    elif policies:
        _show_policies(answer)
    else:
        if answer["changes"]:
            show_changes(answer["changes"])
        say(f"{len(answer['changes'])} states differ from {answer['from']}; {caption(answer)}")


def _question(asked: Asked, start: date | None, end: date | None, policies: bool) -> Job:
    from api.jobs.changes import Diff
    from api.jobs.sensitivity import Policies

    if policies and start is None:
        return Policies(asked)
    if policies:
        raise InvalidRequest("policies are compared on one day", hint="give --to without --from")
    if start is None or end is None:
        raise InvalidRequest("two days are compared", hint="give --from and --to, or --policies")
    return Diff(asked, start)


def _show_policies(answer: Json) -> None:
    names = [name.value for name in PolicyName]
    shown = table("undertaking", "debtor", *names)
    for each in answer["differing"]:
        standings = (standing(each["policies"][name]) for name in names)
        shown.add_row(*map(cell, (each["label"], each["debtorLabel"], *standings)))
    if answer["differing"]:
        show_table(shown)
    say(f"{len(answer['differing'])} states differ between source policies; {caption(answer)}")
