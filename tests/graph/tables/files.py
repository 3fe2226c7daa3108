"""Tables as analysts hand them in, made in the test that needs them."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from graph.tables.columns import Table
from graph.tables.known_tables import TABLES

Row = Mapping[str, str]
EXAMPLES: Mapping[str, dict[str, str]] = {
    table.name: {column.name: column.example for column in table.columns if column.example}
    for table in TABLES
}
"""A row for each table: the examples of the help sheet."""


def table_of(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)


def example(table: str, **changes: str | None) -> dict[str, str]:
    """Give the example row of a table with other cells; `_` stands for a blank, None empties."""
    changed = {name.replace("_", " "): text for name, text in changes.items()}
    return {name: text for name, text in {**EXAMPLES[table], **changed}.items() if text is not None}


def cells(table: str, rows: Sequence[Row]) -> list[list[str]]:
    """Lay rows out below the headings of their table."""
    headings = [column.name for column in table_of(table).columns]
    unknown = {name for row in rows for name in row} - set(headings)
    assert not unknown, f"no column is called {unknown}"
    return [headings, *([row.get(name, "") for name in headings] for row in rows)]


def csv_of(table: str, rows: Sequence[Row], separator: str = ",") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows(cells(table, rows))
    return out.getvalue().encode()


def xlsx_of(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """Write a workbook with a sheet for each table."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(cells(name, rows)):
                for position, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, position, cell)
    return out.getvalue()


def examples(word: str = "Example") -> dict[str, list[dict[str, str]]]:
    """Give every table with its example row, which may be about things of another name."""
    return {
        name: [{column: cell.replace("Example a", f"{word} a") for column, cell in row.items()}]
        for name, row in EXAMPLES.items()
    }


def renamed(content: bytes, old: str, new: str) -> bytes:
    """Give a workbook in which one sheet has another name."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.namelist():
            named = before.read(part)
            if part == "xl/workbook.xml":
                named = named.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
            after.writestr(part, named)
    return out.getvalue()
