"""`servanda deadlocks`: which conditions wait for each other in a circle, and who holds each."""

from __future__ import annotations

import typer

from api.cli.answering import Json, answered, readings_caption, write_json
from api.cli.failures import FINDINGS
from api.cli.options import (
    AnswerFormat,
    AsOf,
    Assumed,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    Readings,
    asked,
)
from api.cli.terminal import cell, say, show_table, table


def deadlocks(
    readings: Readings = None,
    assumed: Assumed = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show the circles of waiting; ends with 1 if one can only be opened by simultaneous acts."""
    from api.jobs.circles import Deadlocks

    question = asked(as_of, known_at, policy, scenario=assumed, readings=readings)
    answer = answered(data_dir, Deadlocks(question))
    if format is AnswerFormat.json:
        write_json(answer)
    else:
        _show(answer)
    if any(circle["hard"] for circle in answer["circles"]):
        raise typer.Exit(FINDINGS)


def _show(answer: Json) -> None:
    circles = answer["circles"]
    shown = table("circle", "what waits", "held by", "how it can come about")
    for number, circle in enumerate(circles, 1):
        kind = "hard" if circle["hard"] else "avoidable"
        for atom in circle["waits"]:
            cells = (f"{number} {kind}", atom["label"], atom["heldBy"], atom["way"])
            shown.add_row(*map(cell, cells))
    if circles:
        show_table(shown)
    hard = sum(circle["hard"] for circle in circles)
    say(f"{hard} hard and {len(circles) - hard} avoidable circles; {readings_caption(answer)}")
