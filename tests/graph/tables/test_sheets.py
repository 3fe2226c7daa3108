"""CSV as programs of many countries write it, and what is none."""

from __future__ import annotations

import pytest

from graph.errors import UnreadableInput
from graph.tables.sheets import MOST_COLUMNS, MOST_ROWS, Sheet, read_csv
from tests.graph.tables.files import csv_of, example

ROWS = [example("amounts", comment='of "aid", as; said')]
TEXT = csv_of("amounts", ROWS)


def lines(sheet: Sheet) -> list[list[object]]:
    return [[*row] for row in sheet.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_each_separator_gives_the_same_cells(separator: str) -> None:
    content = csv_of("amounts", ROWS, separator)
    assert lines(read_csv(content, "a.csv")) == lines(read_csv(TEXT, "a.csv"))


def test_a_mark_of_the_encoding_and_kinds_of_line_ends_change_nothing() -> None:
    sheet = lines(read_csv(TEXT, "a.csv"))
    assert sheet[0][0] == "id"
    assert lines(read_csv(b"\xef\xbb\xbf" + TEXT, "a.csv")) == sheet
    assert lines(read_csv(TEXT.replace(b"\r\n", b"\n"), "a.csv")) == sheet


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (TEXT.decode().encode("utf-16"), "is in UTF-16"),
        (b"id,label\n1,Universit\xe9\n", "line 2 has the byte 0xE9"),
        (b"id,label\n1,\0\n", "zero bytes"),
        (b'id,label\n1,"open\n2,b\n', "the row that begins at line 2"),
        (b'id,label\n1,"a"b\n', "not well-formed CSV in the row that begins at line 2"),
        (b"id\n" + b"1\n" * (MOST_ROWS + 1), "more than 20,000 rows"),
        (b"," * MOST_COLUMNS, "more than 200 columns"),
        (b"x" * 200_000, "field larger than field limit"),
        (b'id\n"' + b"x" * 200_000 + b'"', "field larger than field limit"),
    ],
)
def test_what_is_no_csv_is_refused_with_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_csv(content, "a.csv")
    assert message in refused.value.message
    assert refused.value.hint


def test_an_empty_file_is_an_empty_sheet() -> None:
    assert read_csv(b"", "a.csv").is_empty()
