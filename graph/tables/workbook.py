"""Reads workbooks (XLSX, ECMA-376) as sheets of cells; what would mislead is a fault, not a value.

The archive is measured and scanned before the reader sees it: it unpacks and allocates as told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat
from zlib import error as ZlibError  # noqa: N812 - it is a class

from graph.errors import UnreadableInput
from graph.tables.faults import Fault, Place
from graph.tables.sheets import Sheet, check_size

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES: Final = 64 * 2**20
"""What a workbook may unpack to."""
_CHUNK: Final = 2**16
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_SAVE: Final = "open it in a spreadsheet program and save it as .xlsx without a password"
_PARTS: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"


@dataclass
class _Scan:
    """What the XML of a sheet has that its values do not tell."""

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


def read_workbook(content: bytes, file: str) -> list[Sheet]:
    """Read every sheet; raises UnreadableInput for what is no workbook, and for too much.

    Formulas, errors and merged cells are faults of their sheet, and so is a sheet that is hidden.
    """
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    scans = _scanned(content, file)
    sheets = []
    try:
        with load_workbook(BytesIO(content)) as book:
            for about in book.sheets_metadata:
                scan = scans.get(about.name, _Scan())
                rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
                hidden = about.visible is not SheetVisibleEnum.Visible
                sheets.append(Sheet(about.name, rows, tuple(_faults(about.name, scan, hidden))))
    except CalamineError as error:
        raise UnreadableInput(
            f"`{file}` cannot be read as a workbook: {error}", hint=_SAVE
        ) from None
    return sheets


def _faults(sheet: str, scan: _Scan, hidden: bool) -> Iterator[Fault]:
    if hidden:
        yield Fault(
            "the sheet is hidden, so nobody sees what it would import",
            "show it, or delete it",
            Place(sheet, 1),
        )
    for reference in scan.merged:
        yield Fault(
            f"the cells {reference} are merged, and all but the first are empty",
            "take the merging back and fill in each cell",
            _place(sheet, reference),
        )
    for reference in scan.formulas:
        yield Fault(
            "the cell holds a formula, whose result may be out of date",
            "copy the cell and paste it as a value",
            _place(sheet, reference),
        )
    for reference in scan.errors:
        yield Fault(
            "the cell holds an error of the spreadsheet",
            "mend or empty it",
            _place(sheet, reference),
        )


def _place(sheet: str, reference: str) -> Place:
    """Say where a cell is by the letters of its column, which the heading takes the place of."""
    letters, number = _REFERENCE.match(reference).groups()  # type: ignore[union-attr]
    return Place(sheet, int(number), letters)


def number_of(letters: str) -> int:
    """Give the position of a column from its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _scanned(content: bytes, file: str) -> dict[str, _Scan]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = _unpacked(archive, file)
        paths = _paths(parts)
        return {name: _scan(parts[path], file) for name, path in paths.items() if path in parts}
    except (zipfile.BadZipFile, ZlibError, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise UnreadableInput(f"`{file}` is no workbook (.xlsx)", hint=_SAVE) from None
    except expat.ExpatError as error:
        raise UnreadableInput(
            f"`{file}` is damaged: a part of it is no XML ({expat.ErrorString(error.code)})",
            hint=_SAVE,
        ) from None


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    """Unpack, up to a number of bytes: what an archive says of its size need not be true."""
    parts, size = {}, 0
    for name in dict.fromkeys(archive.namelist()):
        pieces = []
        with archive.open(name) as member:
            while piece := member.read(_CHUNK):
                size += len(piece)
                if size > MOST_BYTES:
                    raise UnreadableInput(
                        f"`{file}` unpacks to more than {MOST_BYTES // 2**20} MB",
                        hint="leave out pictures and empty formatted rows, or save it as CSV UTF-8",
                    )
                pieces.append(piece)
        parts[name] = b"".join(pieces) if name.endswith((".xml", ".rels")) else b""
    return parts


def _paths(parts: dict[str, bytes]) -> dict[str, str]:
    """Give the part that holds each sheet by the name of the sheet (ECMA-376, part 1, 18.2.19)."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(element: str, attributes: dict[str, str]) -> None:
        if element == "sheet":
            relation = next(v for k, v in attributes.items() if k.rpartition(":")[2] == "id")
            sheets[attributes["name"]] = relation

    def relation(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            targets[attributes["Id"]] = normpath(join("/xl", attributes["Target"])).lstrip("/")

    _walk(parts[_PARTS], sheet)
    _walk(parts[_RELATIONS], relation)
    return {name: targets[relation_id] for name, relation_id in sheets.items()}


def _scan(xml: bytes, file: str) -> _Scan:
    scan = _Scan()
    cell = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        if element == "c":
            cell = attributes.get("r", "")
            _measure(scan, cell, file)
            if attributes.get("t") == "e":
                scan.errors.append(cell)
        elif element == "f":
            scan.formulas.append(cell)
        elif element == "mergeCell":
            scan.merged.append(attributes["ref"])

    _walk(xml, start)
    scan.errors = [each for each in scan.errors if each not in set(scan.formulas)]
    return scan


def _measure(scan: _Scan, reference: str, file: str) -> None:
    """Keep the outermost cell: the reader makes room for every cell up to it."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise UnreadableInput(f"`{file}` has cells without an address", hint=_SAVE)
    letters, number = found.groups()
    scan.rows = max(scan.rows, int(number))
    scan.columns = max(scan.columns, number_of(letters) + 1)
    check_size(file, scan.rows, scan.columns)


def _walk(xml: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    """Tell the elements by their local names; a document type, which none has, is not read."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(xml, True)


def _refuse_doctype(*_: object) -> None:
    raise UnreadableInput("the workbook declares a document type, which none needs", hint=_SAVE)
