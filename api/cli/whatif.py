"""`servanda whatif`: what would stand otherwise if something were so; nothing is written."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.answering import answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    asked,
)
from api.cli.tables import show_changes
from api.cli.terminal import say


def whatif(
    assignments: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="MATTER=true|false|unknown[@DATE]",
            help="What to assume of a matter or a condition, from a day on; repeatable.",
        ),
    ],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show what would change if something were so, from the day asked about on unless dated."""
    from api.jobs.changes import WhatIf

    answer = answered(data_dir, WhatIf(asked(as_of, known_at, policy, scenario=assignments)))
    if format is AnswerFormat.json:
        write_json(answer)
        return
    changes = answer["changes"]
    if changes:
        show_changes(changes)
    states = sum(change["ofState"] for change in changes)
    say(
        f"hypothetical, nothing is recorded: {states} states would change, and "
        f"{len(changes) - states} would wait for something else; {caption(answer)}"
    )
