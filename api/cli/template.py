"""`servanda template`: an empty table to fill in, with the lists of this graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.database import opened_for_reading
from api.cli.options import DataDir, listed, one_of
from api.cli.terminal import say, write
from graph.errors import InvalidRequest, UnreadableInput

if TYPE_CHECKING:
    from graph.tables.columns import Table


class TableName(StrEnum):
    """The tables that can be imported."""

    undertakings = "undertakings"
    evidence = "evidence"
    adherences = "adherences"
    amounts = "amounts"


def template(
    name: Annotated[
        TableName | None,
        typer.Argument(
            parser=one_of(TableName, "table"),
            metavar=f"[{listed(TableName)}]",
            help="The table; without one, a workbook with all of them.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="A new file, .csv or .xlsx; without it, CSV."
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write an empty table, or a workbook with drop-downs and a help sheet."""
    from graph.tables.known_tables import TABLES
    from graph.tables.template import csv_template

    tables = [table for table in TABLES if name is None or table.name == name]
    suffix = output.suffix.lower() if output else ".csv"
    if suffix not in (".csv", ".xlsx"):
        raise InvalidRequest(f"`{output}` is no table by its name", hint="name it .csv or .xlsx")
    if suffix == ".csv" and name is None:
        raise InvalidRequest(
            "a CSV file holds one table",
            hint=f"name {listed(TableName)}, or write a workbook: -o FILE.xlsx",
        )
    content = csv_template(tables[0]) if suffix == ".csv" else _workbook(tables, data_dir)
    if output is None:
        write(content)
    else:
        _save(output, content)


def _workbook(tables: list[Table], data_dir: Path | None) -> bytes:
    """Write a workbook with the names of the graph, or of the ontology alone without a graph."""
    from graph.tables.names import Names
    from graph.tables.template import shipped_names, xlsx_template

    try:
        with opened_for_reading(data_dir) as database:
            return xlsx_template(Names(database.store), tables)
    except UnreadableInput:
        say("there is no graph to take the names of actors from: they are left out")
        return xlsx_template(shipped_names(), tables)


def _save(output: Path, content: bytes) -> None:
    try:
        with output.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise InvalidRequest(
            f"`{output}` is there already", hint="choose another name, or remove it"
        ) from None
    say(f"`{output}` is ready to be filled in")
