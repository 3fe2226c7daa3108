"""Workbooks as people make them, and archives that only look like one."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from xlsxwriter import Workbook

from graph.errors import UnreadableInput
from graph.tables.archive import MOST_BYTES
from graph.tables.faults import Fault, Place
from graph.tables.workbook import read_workbook
from tests.graph.tables.files import examples, renamed, xlsx_of

GOOD = xlsx_of(examples())


@contextmanager
def written() -> Iterator[tuple[Workbook, Any, BytesIO]]:
    """Give a workbook with one sheet and where its bytes will be."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        yield book, book.add_worksheet("amounts"), out


def faults(make: Callable[[Workbook, Any], object]) -> list[Fault]:
    with written() as (book, sheet, out):
        make(book, sheet)
    return [fault for sheet in read_workbook(out.getvalue(), "a.xlsx") for fault in sheet.faults]


def changed(**parts: bytes) -> bytes:
    """Give a good workbook with other bytes in some parts of the archive."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = parts.pop(name.rpartition("/")[2].partition(".")[0], None)
            new.writestr(name, old.read(name) if content is None else content)
    assert not parts
    return out.getvalue()


def test_numbers_days_and_answers_come_as_what_they_are() -> None:
    with written() as (book, sheet, out):
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(1, 1, ["x", 2.5, True])
        sheet.write_datetime(2, 1, datetime(2026, 1, 6), day)
    (read,) = read_workbook(out.getvalue(), "a.xlsx")
    assert [[*row] for row in read.rows] == [
        ["", "", "", ""],
        ["", "x", 2.5, True],
        ["", date(2026, 1, 6), "", ""],
    ]
    assert read.faults == ()


@pytest.mark.parametrize(
    ("make", "place", "message"),
    [
        (lambda _, sheet: sheet.write_formula("B2", "=1+1"), ("B", 2), "a formula"),
        (lambda _, sheet: sheet.write_formula("B2", "=1/0", None, "#DIV/0!"), ("B", 2), "formula"),
        (lambda _, sheet: sheet.merge_range("B2:C3", "x"), ("B", 2), "B2:C3 are merged"),
        (lambda _, sheet: sheet.hide() or sheet.write("A1", "x"), ("", 1), "is hidden"),
        (
            lambda book, sheet: sheet.write_datetime(
                "C4", datetime(2026, 1, 1), book.add_format({"num_format": 17})
            ),
            ("C", 4),
            "shows less",
        ),
        (
            lambda book, sheet: sheet.write_datetime(
                "C4",
                datetime(2026, 1, 1),
                book.add_format({"num_format": '[$-409]mmmm\\ "d" yyyy'}),
            ),
            ("C", 4),
            "shows less",
        ),
        (
            lambda book, sheet: sheet.write_number(
                "D5", 0.0025, book.add_format({"num_format": "0.00%"})
            ),
            ("D", 5),
            "a hundredth of what it shows",
        ),
    ],
)
def test_what_a_value_would_not_tell_is_told_with_its_place(
    make: Callable[[Workbook, Any], object], place: tuple[str, int], message: str
) -> None:
    def beside_another(book: Workbook, sheet: Any) -> None:
        book.add_worksheet("other").activate()
        make(book, sheet)

    found = faults(beside_another)
    assert [fault.place for fault in found] == [Place("amounts", place[1], place[0])]
    assert message in found[0].message
    assert found[0].hint


def test_a_cell_with_an_error_of_the_spreadsheet_is_told() -> None:
    cell = b'<sheetData><row r="3"><c r="E3" t="e"><v>#REF!</v></c></row></sheetData>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s'
    content = changed(sheet4=sheet % cell + b"</worksheet>")
    found = [fault for each in read_workbook(content, "a.xlsx") for fault in each.faults]
    assert [(str(fault.place), "error" in fault.message) for fault in found] == [
        (str(Place("amounts", 3, "E")), True)
    ]


@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "styles.xml"])
def test_a_part_under_a_name_with_capitals_is_looked_into(part: str) -> None:
    with written() as (book, sheet, out):
        sheet.write_formula("B2", "=1+1")
        sheet.write_number("B3", 0.25, book.add_format({"num_format": "0%"}))
    content = with_part_named(out.getvalue(), part, part.title())
    (read,) = read_workbook(content, "a.xlsx")
    assert [fault.place for fault in read.faults] == [
        Place("amounts", 2, "B"),
        Place("amounts", 3, "B"),
    ]


def test_a_format_hides_nothing_of_a_text() -> None:
    def make(book: Workbook, sheet: Any) -> None:
        sheet.write_string("B2", "0.25", book.add_format({"num_format": "0%"}))
        sheet.write_blank("B3", None, book.add_format({"num_format": 17}))

    assert faults(make) == []


def bomb() -> bytes:
    """Write a workbook of 100 MB in a few kB."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100 * 2**20)
    assert len(out.getvalue()) < 200_000 < MOST_BYTES
    return out.getvalue()


def far_cell() -> bytes:
    """Write one cell at the far corner: a reader that makes room for all takes 17 billion."""
    with written() as (_, sheet, out):
        sheet.write("XFD1048576", 1)
    return out.getvalue()


def with_part_named(content: bytes, old: str, new: str) -> bytes:
    """Give a workbook with another name for a part, which its relations do not know."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as other:
        for name in archive.namelist():
            other.writestr(name.replace(old, new), archive.read(name))
    return out.getvalue()


def with_another_part(part: str) -> bytes:
    """Give a good workbook with one more part."""
    out = BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(part, b"<worksheet/>")
    return out.getvalue()


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no workbook"),
        (b"not an archive", "is no workbook"),
        (GOOD[: len(GOOD) // 2], "is no workbook"),
        (bomb(), "unpacks to more than 64 MB"),
        (far_cell(), "more than 20,000 rows"),
        (changed(workbook=b"<a>"), "a part of it is no XML"),
        (changed(workbook=DOCTYPE), "declares a document type"),
        (changed(sheet1=b"<c/>"), "cells without an address"),
        (
            with_part_named(GOOD, "sheet1.xml", "other.xml"),
            "lacks the part of its sheet `undertakings`",
        ),
        (with_another_part("xl/worksheets/SHEET1.xml"), "two parts `xl/worksheets/sheet1.xml`"),
        (renamed(GOOD, "evidence", "Undertakings"), "two sheets `undertakings` and `Undertakings`"),
        (renamed(GOOD, "evidence", "undertakings"), "two sheets `undertakings` and `undertakings`"),
        (changed(sheet1=b'<a><mergeCell ref="a1:b2"/></a>'), "`a1:b2`, which is no address"),
        (changed(sheet1=b"<a><f>1+1</f></a>"), "a cell ``, which is no address"),
    ],
    ids=[
        *("empty", "text", "cut", "bomb", "far-cell", "broken", "entities", "unaddressed"),
        *("absent", "twin-parts", "twin-sheets", "same-sheets", "merged-nowhere", "no-cell"),
    ],
)
def test_what_is_no_workbook_or_too_much_is_refused_with_what_to_do(
    content: bytes, message: str
) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_workbook(content, "a.xlsx")
    assert message in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_with_bytes_of_its_parts_changed_is_read_or_refused(seed: int) -> None:
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(seed)
    refused = 0
    for _ in range(100):
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, mutated(content, chance))
        try:
            read_workbook(out.getvalue(), "a.xlsx")
        except UnreadableInput as error:
            refused += error.hint is not None
    assert refused > 10


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Give one part in four another sign, a gap or a repetition somewhere."""
    start = chance.randrange(len(content) or 1)
    end = start + chance.randrange(40)
    middle = chance.choice([content[start:end] * 2, b"", b"9", b'"-1"', b"<"])
    return content[:start] + middle + content[end:] if chance.random() < 0.25 else content
