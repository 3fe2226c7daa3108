"""Templates offer what the ontology and the graph have, and explain every column."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from python_calamine import load_workbook

from graph.errors import UnreadableInput
from graph.store import Store
from graph.tables.columns import Table
from graph.tables.known_tables import TABLES
from graph.tables.names import Names
from graph.tables.rows import read_rows
from graph.tables.sheets import read_csv
from graph.tables.template import csv_template, shipped_names, xlsx_template


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_a_csv_template_is_a_table_without_rows(table: Table) -> None:
    content = csv_template(table)
    assert content.startswith(b"\xef\xbb\xbf")
    assert [*read_csv(content, "a.csv").rows[0]] == [column.name for column in table.columns]


def test_a_workbook_explains_every_column_with_an_example(store: Store) -> None:
    book = load_workbook(BytesIO(xlsx_template(Names(store))))
    assert book.sheet_names == [*(table.name for table in TABLES), "help", "choices"]
    helped = {(row[0], row[1]): row for row in book.get_sheet_by_name("help").to_python()}
    for table in TABLES:
        for column in table.columns:
            row = helped[table.name, column.name]
            assert (row[4], row[5]) == (column.help, column.example)
    assert "land" in str(helped["undertakings", "domain"][6])


def test_an_empty_workbook_has_nothing_to_import(store: Store) -> None:
    with pytest.raises(UnreadableInput, match="has no row below its headings"):
        read_rows(xlsx_template(Names(store)), "a.xlsx")


def lists(content: bytes) -> dict[str, list[str]]:
    """Give what each column of the first sheet offers, by its heading."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    book = load_workbook(BytesIO(content))
    choices = book.get_sheet_by_name("choices").to_python(skip_empty_area=False)
    headings = book.get_sheet_by_name("undertakings").to_python()[0]
    offered = {}
    for column, listed in re.findall(
        r'sqref="([A-Z]+)2:[^>]*><formula1>choices!\$([A-Z]+)\$', sheet
    ):
        cells = [row[_position(listed)] for row in choices]
        offered[str(headings[_position(column)])] = [str(cell) for cell in cells if cell]
    return offered


def _position(letters: str) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def test_columns_offer_lists_of_the_ontology_and_actors_of_the_graph(store: Store) -> None:
    offered = lists(xlsx_template(Names(store)))
    assert offered["kind"] == ["commitment", "intention", "possibility"]
    assert offered["domain"] == ["air", "cyber", "land", "sea", "space"]
    assert offered["repeatable"] == ["yes", "no"]
    assert {"agreement", "declaration", "treaty"} == set(offered["instrument kind"])
    assert "several debtors" in offered["debtor structure"]
    assert "Germany" in offered["debtor"]


def test_without_a_graph_the_lists_of_the_ontology_are_there_still() -> None:
    offered = lists(xlsx_template(shipped_names()))
    assert offered["domain"] == ["air", "cyber", "land", "sea", "space"]
    assert "debtor" not in offered


def test_the_same_graph_gives_the_same_bytes(store: Store) -> None:
    assert xlsx_template(Names(store)) == xlsx_template(Names(store))
