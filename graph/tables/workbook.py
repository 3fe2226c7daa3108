"""Reads workbooks (XLSX, ECMA-376) as sheets of cells; what would mislead is a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Final

from graph.errors import UnreadableInput
from graph.tables.archive import SAVE, Oddity, scan
from graph.tables.faults import Fault, Place
from graph.tables.sheets import Sheet

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTERS: Final = re.compile("[A-Z]+")
_SAID: Final = {
    Oddity.MERGED: (
        "the cells {} are merged, and all but the first are empty",
        "take the merging back and fill in each cell",
    ),
    Oddity.FORMULA: (
        "the cell holds a formula, whose result may be out of date",
        "copy the cell and paste it as a value",
    ),
    Oddity.ERROR: ("the cell holds an error of the spreadsheet", "mend or empty it"),
    Oddity.MONTH: (
        "the cell holds a day and shows less: nobody can tell how fine the date is",
        "set its format to text and write the day as 2026-01-06, or a month as 2026-01",
    ),
    Oddity.PERCENT: (
        "the cell is shown in per cent and holds a hundredth of what it shows",
        "set its format to text and write the number that is meant",
    ),
}


def read_workbook(content: bytes, file: str) -> list[Sheet]:
    """Read every sheet; raises UnreadableInput for what is no workbook, and for too much.

    Formulas, errors, merged cells and formats that hide what a cell holds are faults of their
    sheet, and so is a sheet that is hidden.
    """
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    oddities = scan(content, file)
    sheets = []
    try:
        with load_workbook(BytesIO(content)) as book:
            for about in book.sheets_metadata:
                rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                hidden = about.visible is not SheetVisibleEnum.Visible
                found = _faults(about.name, oddities.get(about.name, ()), hidden=hidden)
                sheets.append(Sheet(about.name, rows, tuple(found)))
    except CalamineError as error:
        raise UnreadableInput(
            f"`{file}` cannot be read as a workbook: {error}", hint=SAVE
        ) from None
    return sheets


def _faults(sheet: str, oddities: Iterable[tuple[Oddity, str]], *, hidden: bool) -> Iterator[Fault]:
    if hidden:
        yield Fault(
            "the sheet is hidden, so nobody sees what it would import",
            "show it, or delete it",
            Place(sheet, 1),
        )
    for oddity, reference in oddities:
        message, hint = _SAID[oddity]
        yield Fault(message.format(reference), hint, _place(sheet, reference))


def _place(sheet: str, reference: str) -> Place:
    """Say where a cell is by the letters of its column, which its heading takes the place of."""
    first = reference.partition(":")[0]
    letters = _LETTERS.match(first)
    assert letters is not None
    return Place(sheet, int(first[letters.end() :]), letters[0])
