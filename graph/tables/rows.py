"""Sheets as rows of known tables: headings are recognised, and what is out of place is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePath
from typing import Final

from graph.errors import UnreadableInput
from graph.tables.archive import number_of
from graph.tables.cells import Cell, Unfit, read_row_id, shown
from graph.tables.columns import Table
from graph.tables.faults import Fault, Place
from graph.tables.known_tables import TABLE_OF_NAME, TABLES
from graph.tables.names import listed, plain
from graph.tables.shared_columns import ID
from graph.tables.sheets import HEADINGS, Sheet, read_csv
from graph.tables.workbook import read_workbook

HELP: Final = "help"
CHOICES: Final = "choices"
LEFT_OUT: Final = "left out"
_SUFFIXES: Final = (".csv", ".tsv", ".txt")
_OTHER_WORKBOOKS: Final = (".xls", ".xlsb", ".xlsm", ".ods", ".numbers")


@dataclass(frozen=True)
class Row:
    """A row that is not empty: `number` is that of the spreadsheet; `cells` are those filled in.

    `headings` are the columns that its sheet has. An id with a slash is that of a thing.
    """

    table: Table
    number: int
    id: str
    cells: Mapping[str, Cell]
    headings: frozenset[str] = frozenset()

    @property
    def names_a_thing(self) -> bool:
        """Tell whether the row has the id of a thing, and none of its own."""
        return "/" in self.id

    def place(self, column: str = "") -> Place:
        """Say where one of its cells is."""
        return Place(self.table.name, self.number, column)


@dataclass(frozen=True)
class Rows:
    """The rows of a file that have an id, and what is wrong with how the file is made."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_rows(content: bytes, file: str, only: Collection[str] = ()) -> Rows:
    """Read a CSV file or, by the suffix .xlsx, the sheets of a workbook, or `only` some of them.

    Raises UnreadableInput for a file that is neither, or that holds no table or no row.
    """
    found = Rows()
    for table, sheet in _tables(content, file, only):
        _read(table, sheet, found)
    if not found.rows and not found.faults:
        raise UnreadableInput(
            f"`{file}` has no row below its headings", hint="fill in a row for each thing"
        )
    return found


def _tables(content: bytes, file: str, only: Collection[str]) -> list[tuple[Table, Sheet]]:
    suffix = PurePath(file).suffix.lower()
    if suffix == ".xlsx":
        return list(_of_workbook(read_workbook(content, file), file, only))
    if suffix not in _SUFFIXES:
        hint = "name it .csv, .tsv or .xlsx by what it is"
        if suffix in _OTHER_WORKBOOKS:
            hint = "open it in a spreadsheet program and save it as .xlsx"
        raise UnreadableInput(f"`{file}` is no table by its name", hint=hint)
    if only:
        raise UnreadableInput(f"`{file}` has no sheets to choose from", hint="leave out the sheet")
    sheet = read_csv(content, file)
    return [(_recognised(sheet, file), sheet)]


def _of_workbook(
    sheets: Sequence[Sheet], file: str, only: Collection[str]
) -> Iterator[tuple[Table, Sheet]]:
    there = _by_name(sheets, file)
    for name in only:
        if plain(name) not in there or plain(name) not in TABLE_OF_NAME:
            raise UnreadableInput(
                f"`{file}` has no sheet `{name}` to import",
                hint=f"it has {listed([sheet.name or '' for sheet in sheets], 'and')}; "
                f"tables are {listed(TABLE_OF_NAME, 'and')}",
            )
    for name, sheet in there.items():
        if name in (HELP, CHOICES, LEFT_OUT) or (only and name not in map(plain, only)):
            continue
        if name in TABLE_OF_NAME:
            yield TABLE_OF_NAME[name], sheet
        elif not sheet.is_empty():
            names = _with_most_headings(sheet) or TABLE_OF_NAME
            raise UnreadableInput(
                f"the sheet `{sheet.name}` of `{file}` is none of the tables",
                hint=f"name it {listed(names)}, delete it, or name those to import by `--sheet`, "
                "over HTTP `sheet`",
            )


def _by_name(sheets: Iterable[Sheet], file: str) -> dict[str, Sheet]:
    there: dict[str, Sheet] = {}
    for sheet in sheets:
        twin = there.setdefault(plain(sheet.name or ""), sheet)
        if twin is not sheet:
            raise UnreadableInput(
                f"`{file}` has two sheets of one name, `{twin.name}` and `{sheet.name}`",
                hint="put their rows together, or delete one",
            )
    return there


def _recognised(sheet: Sheet, file: str) -> Table:
    """Give the table whose headings a file without sheets has."""
    if sheet.is_empty():
        raise UnreadableInput(f"`{file}` is empty", hint="begin with a template")
    found = _with_most_headings(sheet)
    if len(found) != 1:
        raise UnreadableInput(
            f"the first row of `{file}` does not have the headings of one table",
            hint="begin with a template: `servanda template undertakings`",
        )
    return TABLE_OF_NAME[found[0]]


def _with_most_headings(sheet: Sheet) -> list[str]:
    """Name the tables with the most of the headings of a sheet, if that is more than one."""
    first = {plain(shown(cell)) for cell in (sheet.rows[0] if sheet.rows else ())}
    counts = {
        table.name: len(first & {plain(column.name) for column in table.columns})
        for table in TABLES
    }
    best = max(counts.values())
    return [name for name, count in counts.items() if count == best > 1]


def _read(table: Table, sheet: Sheet, found: Rows) -> None:
    headings = [plain(shown(cell)) for cell in (sheet.rows[0] if sheet.rows else ())]
    if sheet.is_empty():
        return
    found.faults.extend(_named(fault, table, headings) for fault in sheet.faults)
    known = {plain(column.name): column.name for column in table.columns}
    found.faults.extend(_headings(table, headings, known))
    there = frozenset(known[heading] for heading in headings if heading in known)
    numbers: dict[str, int] = {}
    for number, cells in enumerate(sheet.rows[1:], start=2):
        filled = {position: cell for position, cell in enumerate(cells) if shown(cell)}
        if not filled:
            continue
        found.faults.extend(_beyond(table, number, filled, len(headings)))
        named = {
            known[headings[position]]: cell
            for position, cell in filled.items()
            if position < len(headings) and headings[position] in known
        }
        row_id = _row_id(table, number, named.get(ID.name), numbers, found)
        found.rows.append(Row(table, number, row_id, named, there))


def _named(fault: Fault, table: Table, headings: Sequence[str]) -> Fault:
    """Say a column by its heading in the place of its letters."""
    assert fault.place is not None
    letters = fault.place.column
    position = number_of(letters) if letters else len(headings)
    column = headings[position] if position < len(headings) else letters
    return Fault(fault.message, fault.hint, Place(table.name, fault.place.row, column))


def _headings(table: Table, headings: Sequence[str], known: Mapping[str, str]) -> Iterator[Fault]:
    for position, heading in enumerate(headings):
        place = Place(table.name, 1, heading)
        if heading and heading not in known:
            near = get_close_matches(heading, known, n=1) or get_close_matches(
                heading, HEADINGS, n=1
            )
            hint = f"did you mean `{near[0]}`?" if near else f"there is {listed(known, 'and')}"
            yield Fault(f"`{heading}` is no column of this table", hint, place, heading)
        elif heading in headings[:position]:
            yield Fault(f"two columns are called `{heading}`", "delete one", place, heading)
    for column in table.columns:
        if column.required and plain(column.name) not in headings:
            yield Fault(
                f"the column `{column.name}` is missing",
                "add it: each row needs it",
                Place(table.name, 1, column.name),
            )


def _beyond(table: Table, number: int, filled: Mapping[int, Cell], width: int) -> Iterator[Fault]:
    """Tell what stands to the right of the headings: most often a separator inside a text."""
    beyond = [position for position in filled if position >= width]
    if beyond:
        value = shown(filled[beyond[0]])
        yield Fault(
            f"`{value}` stands to the right of the last heading",
            "delete it; in CSV a text with the separator in it stands in quotes",
            Place(table.name, number),
            value,
        )


def _row_id(table: Table, number: int, cell: Cell, numbers: dict[str, int], found: Rows) -> str:
    """Read the id of a row; one without a usable id goes by its number, and is a fault."""
    place = Place(table.name, number, ID.name)
    stand_in = f"row-{number}"
    if cell is None:
        found.faults.append(Fault("the row has no id", "give it one of its own", place))
        return stand_in
    try:
        row_id = read_row_id(cell)
    except Unfit as unfit:
        found.faults.append(Fault(unfit.message, unfit.hint, place, shown(cell)))
        return stand_in
    if numbers.setdefault(row_id, number) != number:
        found.faults.append(
            Fault(
                f"row {numbers[row_id]} has the id `{row_id}` too",
                "give each row an id of its own",
                place,
                row_id,
            )
        )
        return stand_in
    return row_id
