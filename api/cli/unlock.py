"""`servanda unlock`: the smallest sets of acts that would bring a commitment in force."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.answering import Json, answered, readings_caption, write_json
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    Readings,
    asked,
)
from api.cli.terminal import cell, say, show_table, table


def unlock(
    commitment: Annotated[
        str, typer.Argument(metavar="ID", help="Such as commitment/multinational-force.")
    ],
    readings: Readings = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show who must do what, at the least, for a commitment to come in force, and what clashes."""
    from api.jobs.circles import Unlock

    question = asked(as_of, known_at, policy, readings=readings)
    answer = answered(data_dir, Unlock(question, commitment))
    if format is AnswerFormat.json:
        write_json(answer)
        return
    sets = answer["sets"]
    if sets:
        _show(sets)
    clashing = sum(bool(each["conflicts"]) for each in sets)
    say(
        f"{len(sets)} smallest sets of acts, {clashing} with a conflict; {readings_caption(answer)}"
    )


def _show(sets: list[Json]) -> None:
    shown = table("set", "act", "held by", "conflict")
    for number, each in enumerate(sets, 1):
        clash = "; ".join(
            f"{one['label']} excludes {other['label']}" for one, other in each["conflicts"]
        )
        for place, act in enumerate(each["acts"]):
            cells = (number, act["label"], act["heldBy"], "" if place else clash)
            shown.add_row(*map(cell, cells))
    show_table(shown)
