"""The rows of a table in a file, each cell checked against what the mapping says of its column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Final

from graph.errors import UnreadableInput
from graph.mapping.columns import Column, Table
from graph.mapping.document import read_text
from graph.tables.cells import Unfit
from graph.tables.faults import Fault, Place, TableRefused

MOST_FAULTS: Final = 100


@dataclass(frozen=True)
class Row:
    """A row by its number in the file, the headings being 1, and its cells that say something.

    `_row` is a cell too, with the number.
    """

    number: int
    cells: Mapping[str, str]


def read_rows(table: Table, file: Path) -> list[Row]:
    """Read a file as a table.

    Raises UnreadableInput for a file that is no such table, and TableRefused with every cell that
    is not what its column is for, at most the first `MOST_FAULTS`.
    """
    records = _records(table, file)
    header = next(records, None)
    if header is None:
        raise UnreadableInput(f"`{file}` is empty", hint="its first row holds the headings")
    places = [(column, _place(column, header, file)) for column in table.columns]
    cells = [(column, place) for column, place in places if place is not None]
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, record in enumerate(records, 2):
        if not any(record):
            continue
        if len(record) != len(header):
            told = f"the row has {len(record)} cells and there are {len(header)} headings"
            hint = "put a cell with a separator in it between quotes"
            faults.append(Fault(told, hint, Place(file.name, number)))
            continue
        rows.append(Row(number, _cells(cells, record, Place(file.name, number), faults)))
    if faults:
        raise TableRefused(faults[:MOST_FAULTS])
    return rows


def _records(table: Table, file: Path) -> Iterator[Sequence[str]]:
    text = read_text(file)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=table.delimiter, quotechar=table.quote, strict=True
    )
    try:
        yield from reader
    except csv.Error as error:
        told = f"`{file}` cannot be read from line {reader.line_num} on: {error}"
        raise UnreadableInput(told, hint="is a quotation mark left open?") from None


def _place(column: Column, header: Sequence[str], file: Path) -> int | None:
    """Find where the cells of a column stand; None for a virtual one."""
    if column.virtual:
        return None
    found = [place for place, heading in enumerate(header) if heading.strip() in column.titles]
    if len(found) == 1:
        return found[0]
    wanted = " or ".join(f"`{title}`" for title in column.titles)
    if found:
        raise UnreadableInput(f"`{file}` has the heading {wanted} {len(found)} times")
    near = get_close_matches(column.titles[0], islice(header, 500), n=1)
    raise UnreadableInput(
        f"`{file}` has no heading {wanted}",
        hint=f"is it `{near[0]}`? then say so in line {column.line} of the mapping"
        if near
        else f"line {column.line} of the mapping asks for it",
    )


def _cells(
    columns: Sequence[tuple[Column, int]], record: Sequence[str], place: Place, faults: list[Fault]
) -> dict[str, str]:
    cells = {"_row": str(place.row)}
    for column, number in columns:
        cell = record[number]
        if cell in column.null:
            cell = column.default
        if not cell:
            if column.required:
                at = Place(place.table, place.row, column.titles[0])
                faults.append(Fault("the cell is empty", "every row needs one", at))
            continue
        try:
            column.datatype.read(cell)
        except Unfit as error:
            at = Place(place.table, place.row, column.titles[0])
            faults.append(Fault(error.message, error.hint, at, cell))
        cells[column.name] = cell
    return cells
