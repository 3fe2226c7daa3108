"""Looks into the archive that a workbook is: how large it is, and what its values would not tell.

It comes before the reader, which unpacks and makes room for whatever it is told.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from io import BytesIO
from lzma import LZMAError
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat
from zlib import error as ZlibError  # noqa: N812 - it is a class

from graph.errors import UnreadableInput
from graph.tables.sheets import check_size

MOST_BYTES: Final = 64 * 2**20
"""What a workbook may unpack to."""
SAVE: Final = "open it in a spreadsheet program and save it as .xlsx without a password"
_CHUNK: Final = 2**16
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_AREA: Final = re.compile(f"{_REFERENCE.pattern}(:{_REFERENCE.pattern})?")
_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLES: Final = "xl/styles.xml"
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
# What an archive that was not written by a spreadsheet program leads to: no archive, compressed or
# encrypted in a way that is not read, parts that lack, encodings and numbers that are none.
_NO_WORKBOOK: Final = (
    zipfile.BadZipFile,
    ZlibError,
    LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
)
Start = Callable[[str, dict[str, str]], None]


class Oddity(Enum):
    """What a cell has that its value does not tell."""

    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"
    MONTH = "month"
    PERCENT = "percent"


# The formats that programs know by number (ECMA-376, part 1, 18.8.30).
_BUILT_IN: Final = {"9": Oddity.PERCENT, "10": Oddity.PERCENT, "17": Oddity.MONTH}


def scan(content: bytes, file: str) -> dict[str, list[tuple[Oddity, str]]]:
    """Give the odd cells of each sheet by its name; a cell is written as B7, an area as B7:B9.

    Raises UnreadableInput for what is no workbook, for more than 64 MB unpacked and for more rows
    or columns than are read.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = _unpacked(archive, file)
        styles = _styles(parts.get(_STYLES, b"<none/>"))
        return {name: _scan(parts[path], styles, file) for name, path in _paths(parts, file)}
    except _NO_WORKBOOK:
        raise UnreadableInput(f"`{file}` is no workbook (.xlsx)", hint=SAVE) from None
    except expat.ExpatError as error:
        raise UnreadableInput(
            f"`{file}` is damaged: a part of it is no XML ({expat.ErrorString(error.code)})",
            hint=SAVE,
        ) from None


def number_of(letters: str) -> int:
    """Give the position of a column from its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    """Unpack up to a number of bytes: what an archive says of its size need not be true.

    Parts go by folded names, for they do to the reader, and in ECMA-376, part 2, 6.2.2.3.
    """
    parts, size = {}, 0
    _refuse_twins(archive.namelist(), "parts", file)
    for name in archive.namelist():
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
        parts[name.casefold()] = (
            b"".join(pieces) if name.casefold().endswith((".xml", ".rels")) else b""
        )
    return parts


def _paths(parts: Mapping[str, bytes], file: str) -> list[tuple[str, str]]:
    """Give each sheet and the part that holds it (ECMA-376, part 1, 18.2.19).

    Raises UnreadableInput where the reader might read another part than what is looked at.
    """
    sheets: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(element: str, attributes: dict[str, str]) -> None:
        if element == "sheet":
            ids = (text for name, text in attributes.items() if name.rpartition(":")[2] == "id")
            sheets.append((attributes["name"], next(ids, "")))

    def relation(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            path = normpath(join("/xl", attributes["Target"])).lstrip("/")
            targets[attributes["Id"]] = path.casefold()

    _walk(parts[_BOOK], sheet)
    _walk(parts[_RELATIONS], relation)
    paths = [(name, targets[relation_id]) for name, relation_id in sheets]
    _refuse_twins([name for name, _ in paths], "sheets", file)
    for name, path in paths:
        if path not in parts:
            raise UnreadableInput(f"`{file}` lacks the part of its sheet `{name}`", hint=SAVE)
    return paths


def _refuse_twins(names: Iterable[str], kind: str, file: str) -> None:
    """Refuse names that only capitals tell apart."""
    there: dict[str, str] = {}
    for name in names:
        twin = there.get(name.casefold())
        if twin is not None:
            raise UnreadableInput(f"`{file}` has two {kind} `{twin}` and `{name}`", hint=SAVE)
        there[name.casefold()] = name


def _styles(xml: bytes) -> list[Oddity | None]:
    """Give what each style hides, in the order in which cells count styles (18.8.10)."""
    formats: dict[str, Oddity | None] = {**_BUILT_IN}
    styles: list[Oddity | None] = []
    inside = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        if element in ("cellXfs", "cellStyleXfs"):
            inside = element
        elif element == "numFmt":
            formats[attributes["numFmtId"]] = _hidden_by(attributes["formatCode"])
        elif element == "xf" and inside == "cellXfs":
            styles.append(formats.get(attributes.get("numFmtId", "0")))

    _walk(xml, start)
    return styles


def _hidden_by(code: str) -> Oddity | None:
    signs = _LITERAL.sub("", code).lower()
    if "%" in signs:
        return Oddity.PERCENT
    return Oddity.MONTH if "y" in signs and "d" not in signs else None


class _Sheet:
    """Collects the odd cells of a sheet, and keeps to the most rows and columns."""

    def __init__(self, styles: list[Oddity | None], file: str) -> None:
        self.odd: dict[str, Oddity] = {}
        self._styles = styles
        self._file = file
        self._cell = ""
        self._style: Oddity | None = None
        self._rows = self._columns = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Take an element."""
        if element == "c":
            self._begin(attributes)
        elif element == "f":
            self._note(self._cell, Oddity.FORMULA)
        elif element == "v" and self._style is not None:
            self.odd.setdefault(self._cell, self._style)
        elif element == "mergeCell":
            self._note(attributes["ref"], Oddity.MERGED)

    def _note(self, reference: str, oddity: Oddity) -> None:
        if not _AREA.fullmatch(reference):
            raise UnreadableInput(
                f"`{self._file}` has a cell `{reference}`, which is no address", hint=SAVE
            )
        self.odd[reference] = oddity

    def _begin(self, attributes: dict[str, str]) -> None:
        self._cell = attributes.get("r", "")
        self._measure()
        if attributes.get("t") == "e":
            self.odd[self._cell] = Oddity.ERROR
        # Of texts, errors and yes or no, a format hides nothing.
        number = int(attributes.get("s", "0")) if attributes.get("t", "n") == "n" else -1
        self._style = self._styles[number] if 0 <= number < len(self._styles) else None

    def _measure(self) -> None:
        """Keep the outermost cell: the reader makes room for every cell up to it."""
        found = _REFERENCE.fullmatch(self._cell)
        if found is None:
            raise UnreadableInput(f"`{self._file}` has cells without an address", hint=SAVE)
        self._rows = max(self._rows, int(found[2]))
        self._columns = max(self._columns, number_of(found[1]) + 1)
        check_size(self._file, self._rows, self._columns)


def _scan(xml: bytes, styles: list[Oddity | None], file: str) -> list[tuple[Oddity, str]]:
    sheet = _Sheet(styles, file)
    _walk(xml, sheet.start)
    return [(oddity, reference) for reference, oddity in sheet.odd.items()]


def _walk(xml: bytes, start: Start) -> None:
    """Tell the elements by their local names; a document type, which none has, is not read."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(xml, True)


def _refuse_doctype(*_: object) -> None:
    raise UnreadableInput("the workbook declares a document type, which none needs", hint=SAVE)
