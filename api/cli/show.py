"""`servanda show`: where an undertaking stands for each of its debtors."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli import tables
from api.cli.answering import answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    Version,
    asked,
)
from api.cli.terminal import say
from api.identifiers import short
from api.jobs import rows


def show(
    id: Annotated[  # noqa: A002
        str,
        typer.Argument(metavar="ID", help="Such as commitment/multinational-force, or its label."),
    ],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    version: Version = None,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show in which state an undertaking is for each debtor, since when, and what it waits for."""
    from api.jobs.undertakings import Show

    answer = answered(data_dir, Show(asked(as_of, known_at, policy), id), version)
    if format is AnswerFormat.json:
        write_json(answer)
        return
    tables.show(rows.standings(answer))
    say(f"{short(answer['undertaking'])}; {caption(answer)}")
