"""`servanda diff`: what stands otherwise on one day than on another."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from api.asked import read_day
from api.cli.answering import answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    asked,
)
from api.cli.tables import show_changes
from api.cli.terminal import say


def diff(
    start: Annotated[
        date, typer.Option("--from", parser=read_day, metavar="DATE", help="The earlier day.")
    ],
    end: Annotated[
        date, typer.Option("--to", parser=read_day, metavar="DATE", help="The later day.")
    ],
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show which states differ between two days, by what is known on one day, and why."""
    from api.jobs.changes import Diff

    answer = answered(data_dir, Diff(asked(end, known_at, policy), start))
    if format is AnswerFormat.json:
        write_json(answer)
        return
    if answer["changes"]:
        show_changes(answer["changes"])
    say(f"{len(answer['changes'])} states differ from {answer['from']}; {caption(answer)}")
