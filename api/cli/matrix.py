"""`servanda matrix`: how many undertakings of each actor are in which state, by domain."""

from __future__ import annotations

from typing import Annotated

import typer

from api.asked import Columns
from api.cli.answering import Json, answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    asked,
    listed,
    one_of,
)
from api.cli.terminal import cell, say, show_table, table


def matrix(
    columns: Annotated[
        Columns,
        typer.Option(
            "--cols",
            parser=one_of(Columns, "kind of column"),
            metavar=listed(Columns),
            help="What the columns are.",
        ),
    ] = Columns.domain,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Count each named actor's undertakings by state; one of two domains counts in both."""
    from api.jobs.overviews import Matrix

    answer = answered(data_dir, Matrix(asked(as_of, known_at, policy), columns))
    if format is AnswerFormat.json:
        write_json(answer)
        return
    _show(answer["cells"])
    say(caption(answer))


def _show(cells: list[Json]) -> None:
    by_place = {(each["actor"], each["column"]): each["states"] for each in cells}
    columns = {each["column"]: each["columnLabel"] for each in cells}
    order = sorted(columns, key=lambda column: (column is None, column or ""))
    actors = {each["actor"]: each["label"] for each in cells}
    shown = table("actor", *(columns[column] for column in order))
    for actor in sorted(actors, key=lambda actor: actors[actor]):
        texts = [_counted(by_place.get((actor, column), {})) for column in order]
        shown.add_row(*map(cell, (actors[actor], *texts)))
    show_table(shown)


def _counted(states: dict[str, int]) -> str:
    return ", ".join(f"{number} {state}" for state, number in states.items())
