"""`servanda diff`: what stands otherwise on one day than on another."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from api.cli.options import (
    AnswerFormat,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    read_day,
)
from api.cli.terminal import say
from graph.errors import InvalidRequest


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
    from api.cli.changes import change_json, show_changes
    from api.cli.situation import asked
    from graph.difference import View, differences

    if end < start:
        raise InvalidRequest(f"`{start}` is later than `{end}`", hint="swap --from and --to")
    situation = asked(data_dir, end, known_at, policy)
    before = View(situation.lifecycle, start.toordinal())
    changed = [each for each in differences(before, situation.view) if each.of_state]
    if format is AnswerFormat.json:
        changes = [change_json(situation, each) for each in changed]
        situation.write_json({"from": start.isoformat(), "to": end.isoformat(), "changes": changes})
        return
    if changed:
        show_changes(situation, changed)
    say(f"{len(changed)} states differ from {start.isoformat()}; {situation.caption()}")
