"""A file as sheets of cells: from CSV in any of its habits, or from a workbook; no cell is judged.

A file comes from anyone: what it may take is bounded before it is taken.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from graph.errors import UnreadableInput
from graph.tables.cells import Cell, shown
from graph.tables.faults import Fault
from graph.tables.known_tables import TABLES
from graph.tables.names import plain

# What a spreadsheet program takes for the beginning of a formula
# (https://owasp.org/www-community/attacks/CSV_Injection).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 200
CSV: Final = "text/csv"
_SEPARATORS: Final = (",", ";", "\t")
_AS_UTF8: Final = "save it as “CSV UTF-8”, or as a workbook (.xlsx)"
_BOMS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
HEADINGS: Final = frozenset(plain(column.name) for table in TABLES for column in table.columns)


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet, row by row from the first; `name` is None for a CSV file.

    `faults` were found in how the file is made: formulas, merged cells.
    """

    name: str | None
    rows: Sequence[Sequence[Cell]]
    faults: tuple[Fault, ...] = field(default=())

    def is_empty(self) -> bool:
        """Tell whether no cell holds anything."""
        return not any(shown(cell) for row in self.rows for cell in row)


def read_csv(content: bytes, file: str) -> Sheet:
    """Read a CSV file in UTF-8 that is separated by commas, semicolons or tabs.

    The separator is the one by which the first row has the most headings that tables have. Raises
    UnreadableInput for another encoding, for quotes that do not close, and for too much.
    """
    text = _decoded(content, file)
    separator = max(_SEPARATORS, key=lambda sign: _headings(text, sign))
    rows: list[list[Cell]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            rows.append([_unguarded(cell) for cell in row])
            check_size(file, len(rows), len(row))
            begins = reader.line_num + 1
    except csv.Error as error:
        # A quote that does not close is found out at the end of the file.
        raise UnreadableInput(
            f"`{file}` is not well-formed CSV in the row that begins at line {begins}: {error}",
            hint='a text with a quote in it stands in quotes, with that quote doubled: "a ""b"" c"',
            line=begins,
        ) from None
    return Sheet(None, rows)


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that an export puts before what a program might run."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def check_size(file: str, rows: int, columns: int) -> None:
    """Raise UnreadableInput for more rows or columns than are read."""
    if rows > MOST_ROWS + 1:
        raise UnreadableInput(
            f"`{file}` has more than {MOST_ROWS:,} rows", hint="import it in parts"
        )
    if columns > MOST_COLUMNS:
        raise UnreadableInput(
            f"`{file}` has more than {MOST_COLUMNS} columns",
            hint="delete what lies to the right of the table",
        )


def _decoded(content: bytes, file: str) -> str:
    if encoding := _BOMS.get(content[:2]):
        raise UnreadableInput(f"`{file}` is in {encoding}, not in UTF-8", hint=_AS_UTF8)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"`{file}` is not in UTF-8: line {line} has the byte 0x{content[error.start]:02X}",
            hint=_AS_UTF8,
            line=line,
        ) from None
    if "\0" in text:
        raise UnreadableInput(f"`{file}` holds zero bytes: it is no CSV file", hint=_AS_UTF8)
    return text


def _headings(text: str, separator: str) -> int:
    """Count the headings that some table has."""
    first: list[str] = []
    # What is malformed is told when the rows are read.
    with suppress(csv.Error):
        first = next(csv.reader(StringIO(text, newline=""), delimiter=separator), first)
    return sum(plain(cell) in HEADINGS for cell in first)
