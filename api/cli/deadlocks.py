"""`servanda deadlocks`: which conditions wait for each other in a circle, and who holds each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from api.cli.failures import FINDINGS
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
)
from api.cli.terminal import cell, say, show_table, table
from api.cli.waiting import Readings, Waiting, waiting

if TYPE_CHECKING:
    from graph.circularity import Circle


def deadlocks(
    readings: Readings = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show the circles of waiting; ends with 1 if one can only be opened by simultaneous acts."""
    from api.cli.situation import asked

    found = waiting(asked(data_dir, as_of, known_at, policy), readings)
    circles = found.rules.circles()
    if format is AnswerFormat.json:
        found.situation.write_json(
            {
                "readings": list(found.readings),
                "circles": [
                    {"hard": each.hard, "waits": [found.as_json(atom) for atom in each.atoms]}
                    for each in circles
                ],
            }
        )
    else:
        _show(found, circles)
    if any(circle.hard for circle in circles):
        raise typer.Exit(FINDINGS)


def _show(found: Waiting, circles: list[Circle]) -> None:
    shown = table("circle", "what waits", "held by", "how it can come about")
    for number, circle in enumerate(circles, 1):
        kind = "hard" if circle.hard else "avoidable"
        for atom in circle.atoms:
            way = found.rules.way(atom).value
            cells = (f"{number} {kind}", found.named(atom), found.held_by(atom), way)
            shown.add_row(*map(cell, cells))
    if circles:
        show_table(shown)
    hard = sum(circle.hard for circle in circles)
    say(f"{hard} hard and {len(circles) - hard} avoidable circles; {found.caption()}")
