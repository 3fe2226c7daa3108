"""Writes empty tables to fill in: CSV with headings, or a workbook with lists and a help sheet.

Every list is what the ontology and the graph have at that moment.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

from graph.dataset import read_datasets
from graph.memory_store import MemoryStore
from graph.resources import resource
from graph.tables.columns import Column, Table, Type
from graph.tables.known_tables import TABLES
from graph.tables.names import Names
from graph.tables.rows import CHOICES, HELP
from graph.tables.values import BETWEEN

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)
_ROWS: Final = 1000
"""So many rows have drop-downs."""
_MOST_LISTED: Final = 2000
_YES_NO: Final = ("yes", "no")
_EMPTY: Final[Mapping[str, Sequence[Sequence[str]]]] = {}
_HELP_HEADINGS: Final = ("table", "column", "needed", "holds", "what it is", "example", "choices")
_WIDTHS: Final = (14, 22, 8, 28, 60, 36, 60)
_INTRODUCTION: Final = (
    "Fill in the sheets, a row for each thing, and leave the headings as they are.",
    f"Several values in one cell are divided by {BETWEEN} where a column says so.",
    "A condition is a name, a day, “not NAME”, “all of: A; B” or “any of: A; B”. “new event: NAME” "
    "and “new situation: NAME” make what the graph does not have.",
    "Then run: servanda import FILE --dry-run",
)


def csv_template(table: Table) -> bytes:
    """Write the headings of a table as CSV that spreadsheet programs take for UTF-8."""
    out = StringIO()
    csv.writer(out).writerow([column.name for column in table.columns])
    return out.getvalue().encode("utf-8-sig")


def xlsx_template(
    names: Names,
    tables: Sequence[Table] = TABLES,
    filled: Mapping[str, Sequence[Sequence[str]]] = _EMPTY,
) -> bytes:
    """Write a workbook with a sheet for each table, a help sheet, and lists to choose from.

    `filled` has the rows of sheets that are not empty, by name; what is no table gets a sheet too,
    with its first row as headings.
    """
    from xlsxwriter import Workbook

    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        # The same graph has the same bytes again.
        book.set_properties({"created": _CREATED})
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            _headings(sheet, table, bold, text)
            _fill(sheet, filled.get(table.name, ()), first=1)
        for name in filled.keys() - {table.name for table in tables}:
            _fill(book.add_worksheet(name), filled[name], first=0)
        _help(book.add_worksheet(HELP), tables, names, bold)
        _lists(book, tables, names)
    return out.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]], *, first: int) -> None:
    """Write texts, so that no program makes a day, a number or a formula of them."""
    for number, cells in enumerate(rows, start=first):
        for position, cell in enumerate(cells):
            if cell:
                sheet.write_string(number, position, cell)


def choices(column: Column, names: Names) -> list[str]:
    """Give what a column can hold where that is a list; things of the graph are many."""
    assert column.of is not None or column.type not in (Type.CHOICE, Type.KIND, Type.THING)
    if column.type is Type.YES_NO:
        return [*_YES_NO]
    if column.type is Type.KIND:
        return [each.label for each in names.kinds(column.of or "")]
    if column.type in (Type.CHOICE, Type.THING):
        return list(dict.fromkeys(each.label for each in names.all(column.of or "")))
    return []


def _headings(sheet: Worksheet, table: Table, bold: Format, text: Format) -> None:
    sheet.freeze_panes(1, 1)
    for position, column in enumerate(table.columns):
        # As text, 2026-01 stays what was typed and does not become the first of January.
        sheet.set_column(position, position, max(12, len(column.name) + 4), text)
        sheet.write_string(0, position, column.name, bold)
        sheet.write_comment(0, position, column.help, {"visible": False})


def _help(sheet: Worksheet, tables: Sequence[Table], names: Names, bold: Format) -> None:
    for number, line in enumerate(_INTRODUCTION):
        sheet.write_string(number, 0, line)
    start = len(_INTRODUCTION) + 1
    for position, heading in enumerate(_HELP_HEADINGS):
        sheet.set_column(position, position, _WIDTHS[position])
        sheet.write_string(start, position, heading, bold)
    rows = (_explained(table, column, names) for table in tables for column in table.columns)
    for number, cells in enumerate(rows, start=start + 1):
        for position, cell in enumerate(cells):
            sheet.write_string(number, position, cell)


def _explained(table: Table, column: Column, names: Names) -> tuple[str, ...]:
    listed = [] if column.type is Type.THING else choices(column, names)
    needed = "yes" if column.required else ""
    holds = column.type.value + (f", or several divided by {BETWEEN}" if column.many else "")
    shown = f"{BETWEEN} ".join(listed)
    return (table.name, column.name, needed, holds, column.help, column.example, shown)


def _lists(book: Workbook, tables: Sequence[Table], names: Names) -> None:
    """Write each list once, on a sheet that need not be seen, and let the columns draw on it."""
    sheet = book.add_worksheet(CHOICES)
    sheet.hide()
    places: dict[tuple[Type, str | None], str] = {}
    for table in tables:
        for position, column in enumerate(table.columns):
            key = column.type, column.of
            if key not in places:
                listed = choices(column, names)
                if not 0 < len(listed) <= _MOST_LISTED:
                    continue
                places[key] = _list(sheet, len(places), listed)
            _offer(book.get_worksheet_by_name(table.name), position, column, places[key])


def _list(sheet: Worksheet, position: int, listed: Sequence[str]) -> str:
    from xlsxwriter.utility import xl_range_abs

    for row, name in enumerate(listed):
        sheet.write_string(row, position, name)
    return f"={CHOICES}!{xl_range_abs(0, position, len(listed) - 1, position)}"


def _offer(sheet: Worksheet, position: int, column: Column, place: str) -> None:
    """Offer a list; where codes, several values or new names are taken, it binds nobody."""
    free = column.many or column.type is Type.THING
    sheet.data_validation(
        1,
        position,
        _ROWS,
        position,
        {
            "validate": "list",
            "source": place,
            "error_type": "information" if free else "stop",
            "show_error": not free,
        },
    )


def shipped_names() -> Names:
    """Give the names that the shipped ontology has, for a template without a graph."""
    datasets = read_datasets([resource("ontology")])
    return Names(MemoryStore.of((quad for each in datasets for quad in each.quads), 0))
