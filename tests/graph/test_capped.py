from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from graph.capped import capped, write_capped
from graph.errors import AnswerTooLarge
from graph.memory_store import MemoryStore

FORMATS = ["json", "xml", "csv", "tsv"]
# Rows that look like the end of a row, or like several, in one format or another.
TRAPS = {
    "plain": '"a"',
    "nothing": "UNDEF",
    "json": '"},{"',
    "empty json": '"a},{},{},{b"',
    "xml": '"</result><result>"',
    "lines": '"a\\r\\nb\\nc"',
    "quotes": '"\\"\\\\\\""',
    "long": f'"{"},{" * 5000}"',
}


class Gathered(BytesIO):
    def begin(self, about: Any) -> None:
        """Take no notice."""


def written(text: str, name: str, most: int) -> bytes:
    store = MemoryStore()
    out = Gathered()
    write_capped(lambda: store.query(text), store.query(text), name, most, out)
    return out.getvalue()


def table(value: str, rows: int) -> str:
    return f"SELECT ?x {{ VALUES ?x {{ {f'{value} ' * rows} }} }}"


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [0, 1, 99, 100])
def test_a_table_up_to_the_limit_is_written_as_it_is(name: str, trap: str, rows: int) -> None:
    text = table(TRAPS[trap], rows)
    assert written(text, name, 100) == MemoryStore().query(text).write(name)


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("rows", [101, 3000])
def test_a_table_beyond_the_limit_is_refused(name: str, trap: str, rows: int) -> None:
    with pytest.raises(AnswerTooLarge, match="more than 100 rows"):
        written(table(TRAPS[trap], rows), name, 100)


@pytest.mark.parametrize("name", FORMATS)
def test_rows_without_columns_count_too(name: str) -> None:
    text = "SELECT * { VALUES () { () () () } }"
    assert written(text, name, 3) == MemoryStore().query(text).write(name)
    with pytest.raises(AnswerTooLarge):
        written(text, name, 2)


@pytest.mark.parametrize("name", ["json", "xml"])
def test_a_yes_or_no_has_no_rows(name: str) -> None:
    assert written("ASK {}", name, 1) == MemoryStore().query("ASK {}").write(name)


def test_rows_are_given_up_to_the_limit() -> None:
    assert list(capped(range(3), 3)) == [0, 1, 2]
    given = capped(range(4), 3)
    assert [next(given) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(AnswerTooLarge):
        next(given)
