"""`servanda timeline`: the phases an undertaking goes through, and what began each."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.answering import Json, answered, caption, write_json
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
from api.cli.tables import OBLIGATION, obligation_cells
from api.cli.terminal import cell, say, show_table, table
from api.identifiers import short
from api.jobs.rows import because


def timeline(
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
    """Show the phases of an undertaking for each debtor; the one asked about is marked with *."""
    from api.jobs.undertakings import Phases

    answer = answered(data_dir, Phases(asked(as_of, known_at, policy), id), version)
    if format is AnswerFormat.json:
        write_json(answer)
        return
    _show(answer)
    say(f"{short(answer['undertaking'])}; {caption(answer)}")


def _show(answer: Json) -> None:
    shown = table("", "debtor", "from", "to", "state", "because")
    for debtor in answer["debtors"]:
        for phase in debtor["phases"]:
            cells = (
                "*" if phase["askedAbout"] else "",
                debtor["label"],
                phase["from"],
                phase["to"],
                "; ".join([phase["state"], *phase["remarks"]]),
                because(phase),
            )
            shown.add_row(*map(cell, cells))
    show_table(shown)
    _show_obligations(answer)


def _show_obligations(answer: Json) -> None:
    owed = [(of["label"], each) for of in answer["debtors"] for each in of["obligations"]]
    if not owed:
        return
    shown = table("debtor", *OBLIGATION)
    for debtor, obligation in owed:
        shown.add_row(*map(cell, (debtor, *obligation_cells(obligation))))
    show_table(shown)
