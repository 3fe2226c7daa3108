"""Which rows a file has, and what is out of place in it."""

from __future__ import annotations

import pytest

from graph.errors import UnreadableInput
from graph.tables.faults import Place
from graph.tables.rows import Rows, read_rows
from tests.graph.tables.files import cells, csv_of, example, examples, renamed, xlsx_of

AMOUNT = example("amounts")


def told(rows: Rows) -> list[tuple[Place | None, str]]:
    return [(fault.place, fault.message) for fault in rows.faults]


def in_csv(text: str) -> Rows:
    return read_rows(text.encode(), "a.csv")


def test_a_csv_file_is_the_table_whose_headings_it_has() -> None:
    for name, rows in examples().items():
        (row,) = read_rows(csv_of(name, rows), "a.csv").rows
        assert (row.table.name, row.number, row.id) == (name, 2, "R1")


def test_rows_count_as_a_spreadsheet_counts_them_and_empty_ones_are_passed_over() -> None:
    rows = [AMOUNT, {}, {"comment": "  \u00a0"}, {**AMOUNT, "id": "R2", "comment": "two\nlines"}]
    found = read_rows(csv_of("amounts", [*rows, {**AMOUNT, "id": "R3"}]), "a.csv")
    assert [(row.number, row.id) for row in found.rows] == [(2, "R1"), (5, "R2"), (6, "R3")]
    assert found.faults == []


def test_headings_are_known_in_any_case_and_order() -> None:
    (row,) = in_csv("Unit,ID, Quantity \nEUR,a,1\n").rows
    assert row.cells == {"unit": "EUR", "id": "a", "quantity": "1"}


def test_an_unknown_heading_is_told_with_the_nearest() -> None:
    found = in_csv("id,undertaking,bound,quantity,unit,source addres\na,b,exactly,1,EUR,c\n")
    assert told(found) == [
        (Place("amounts", 1, "source addres"), "`source addres` is no column of this table"),
        (Place("amounts", 1, "source address"), "the column `source address` is missing"),
    ]
    assert found.faults[0].hint == "did you mean `source address`?"


def test_a_heading_that_comes_twice_is_told() -> None:
    headings = ",".join([*cells("amounts", [])[0], "unit"])
    found = in_csv(f"{headings}\na,b\n")
    assert told(found) == [(Place("amounts", 1, "unit"), "two columns are called `unit`")]


def test_what_stands_beyond_the_headings_is_told() -> None:
    headings = ",".join(cells("amounts", [])[0])
    found = in_csv(f"{headings}\na{',' * headings.count(',')},of 1,000\n")
    assert told(found) == [(Place("amounts", 2), "`of 1` stands to the right of the last heading")]


def test_each_row_needs_an_id_of_its_own() -> None:
    ids = ["a", "a", "", "b c", "A"]
    found = read_rows(csv_of("amounts", [{**AMOUNT, "id": each} for each in ids]), "a.csv")
    assert told(found) == [
        (Place("amounts", 3, "id"), "row 2 has the id `a` too"),
        (Place("amounts", 4, "id"), "the row has no id"),
        (Place("amounts", 5, "id"), "`b c` is no id of a row"),
    ]
    assert len({row.id for row in found.rows}) == 5


@pytest.mark.parametrize(
    ("content", "file", "message"),
    [
        (b"name,iso\nGermany,DE\n", "a.csv", "does not have the headings of one table"),
        (b"", "a.csv", "`a.csv` is empty"),
        (b" ,\n,\n", "a.csv", "`a.csv` is empty"),
        (b"id,comment\n1,2\n", "a.csv", "does not have the headings of one table"),
        (csv_of("amounts", []), "a.csv", "has no row below its headings"),
        (xlsx_of({"amounts": []}), "a.xlsx", "has no row below its headings"),
        (csv_of("amounts", [AMOUNT]), "a.ods", "is no table by its name"),
    ],
)
def test_a_file_without_a_table_is_refused(content: bytes, file: str, message: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_rows(content, file)
    assert message in refused.value.message
    assert refused.value.hint


def test_a_sheet_that_is_no_table_is_never_passed_over_in_silence() -> None:
    other = renamed(xlsx_of(examples()), "amounts", "amonts")
    with pytest.raises(UnreadableInput, match="the sheet `amonts` of"):
        read_rows(other, "a.xlsx")
    chosen = read_rows(other, "a.xlsx", ["Evidence"])
    assert [row.table.name for row in chosen.rows] == ["evidence"]


def test_a_renamed_sheet_is_recognised_by_its_headings_in_the_hint() -> None:
    other = renamed(xlsx_of({"amounts": [AMOUNT]}), "amounts", "Tabelle1")
    with pytest.raises(UnreadableInput) as refused:
        read_rows(other, "a.xlsx")
    assert refused.value.hint is not None
    assert refused.value.hint.startswith("name it `amounts`, delete it")


@pytest.mark.parametrize("file", ["a.xls", "a.ods", "a.XLSM"])
def test_a_workbook_of_another_kind_is_to_be_saved_anew(file: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        read_rows(b"", file)
    assert refused.value.hint == "open it in a spreadsheet program and save it as .xlsx"


def test_two_sheets_of_one_name_are_both_named() -> None:
    twins = renamed(xlsx_of(examples()), "evidence", "Undertakings ")
    with pytest.raises(UnreadableInput, match="`undertakings` and `Undertakings `"):
        read_rows(twins, "a.xlsx")


@pytest.mark.parametrize("name", ["amonts", "help", "nothing"])
def test_a_sheet_that_is_asked_for_has_to_be_a_table(name: str) -> None:
    with pytest.raises(UnreadableInput, match=f"has no sheet `{name}` to import"):
        read_rows(xlsx_of(examples()), "a.xlsx", [name])
    with pytest.raises(UnreadableInput, match="has no sheets to choose from"):
        read_rows(csv_of("amounts", [AMOUNT]), "a.csv", [name])
