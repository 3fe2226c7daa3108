"""What a cell may hold, in the habits of people and of spreadsheet programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from graph.tables.cells import (
    Cell,
    Unfit,
    read_address,
    read_date,
    read_number,
    read_row_id,
    read_text,
    read_whole,
    read_yes_no,
    shown,
)


@pytest.mark.parametrize(
    ("cell", "first", "after", "precision"),
    [
        ("2026-01-06", date(2026, 1, 6), date(2026, 1, 7), "DayPrecision"),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1), "MonthPrecision"),
        ("2026", date(2026, 1, 1), date(2027, 1, 1), "YearPrecision"),
        (2026.0, date(2026, 1, 1), date(2027, 1, 1), "YearPrecision"),
        (date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 1), "DayPrecision"),
        (datetime(2026, 1, 6), date(2026, 1, 6), date(2026, 1, 7), "DayPrecision"),
        (" 2026-01\u00a0", date(2026, 1, 1), date(2026, 2, 1), "MonthPrecision"),
    ],
)
def test_a_date_is_as_fine_as_it_is_written(
    cell: Cell, first: date, after: date, precision: str
) -> None:
    day = read_date(cell)
    assert (day.first, day.after, day.precision) == (first, after, precision)


def test_a_number_keeps_every_digit() -> None:
    assert read_number("0.25") == read_number(0.25) == Decimal("0.25")
    assert read_number(75_000_000_000.0) == Decimal(75_000_000_000)
    assert read_number("12345678901234567.89") == Decimal("12345678901234567.89")
    assert read_number(-3) == Decimal(-3)


def test_words_of_programs_are_read_as_people_see_them() -> None:
    assert shown(7.0) == "7"
    assert shown(True) == "yes"
    assert shown(None) == shown(" \u00a0\ufeff ") == ""
    assert read_row_id(7.0) == "7"
    assert (read_yes_no(True), read_yes_no("No"), read_yes_no("yes ")) == (True, False, True)
    assert read_whole(27.0) == 27
    assert read_text(" two\nlines ") == "two\nlines"
    assert read_address(" https://example.org/a?b=c ") == "https://example.org/a?b=c"


@pytest.mark.parametrize(
    ("read", "cell", "message"),
    [
        (read_date, "06.01.2026", "no date"),
        (read_date, "2026-02-30", "no day there is"),
        (read_date, "0000", "no day there is"),
        (read_date, "9999", "no day there is"),
        (read_date, 46028.5, "no date"),
        (read_date, 46028, "the number that a spreadsheet program has for a day"),
        (read_date, True, "no date"),
        (read_date, datetime(2026, 1, 6, 13, 5), "a time of day"),
        (read_date, timedelta(hours=3), "no date"),
        (read_number, "1,000", "no number"),
        (read_number, "1.000,5", "no number"),
        (read_number, "2.5 billion", "no number"),
        (read_number, "1_000", "no number"),
        (read_number, "NaN", "no number"),
        (read_number, "Infinity", "no number"),
        (read_number, True, "no number"),
        (read_number, "1e400", "too large"),
        (read_whole, "2.5", "no whole number"),
        (read_whole, "-1", "no whole number"),
        (read_whole, "٣", "no whole number"),
        (read_yes_no, "maybe", "neither yes nor no"),
        (read_yes_no, 1.0, "neither yes nor no"),
        (read_address, "example.org", "no address"),
        (read_address, "ftp://example.org/", "no address"),
        (read_address, "javascript:alert(1)", "no address"),
        (read_address, "https://", "no address"),
        (read_address, "https://localhost/page", "no address"),
        (read_address, "https://[bad", "no address"),
        (read_address, "https://example.org/a b", "a blank"),
        (read_address, "https://example.org/<a>", "a sign"),
        (read_row_id, "a b", "no id"),
        (read_row_id, "é1", "no id"),
        (read_row_id, "x" * 65, "no id"),
        (read_row_id, "a.b", "no id"),
        (read_text, "bell\x07", "U+0007"),
        (read_text, "x" * 20_001, "longer than"),
    ],
)
def test_what_does_not_fit_is_told_with_what_to_write(
    read: Callable[[Cell], object], cell: Cell, message: str
) -> None:
    with pytest.raises(Unfit) as unfit:
        read(cell)
    assert message in unfit.value.message
    assert unfit.value.hint


@pytest.mark.parametrize("cell", [46028, 46028.0, "46028"])
def test_the_number_of_a_day_is_told_with_the_day_that_it_may_mean(cell: Cell) -> None:
    with pytest.raises(Unfit) as unfit:
        read_date(cell)
    assert "if the number means 2026-01-06, write that" in unfit.value.hint


@pytest.mark.parametrize(
    "thing", ["commitment/us-security-guarantee", "state-of-affairs/a.R1", "amount/x_1"]
)
def test_the_id_of_a_thing_is_an_id_of_a_row(thing: str) -> None:
    assert read_row_id(f" {thing} ") == thing


@pytest.mark.parametrize("text", ["a/b/c", "/a", "a/", "../a", "A/b", "commitment/é", "a/<b>"])
def test_what_only_looks_like_the_id_of_a_thing_is_refused(text: str) -> None:
    with pytest.raises(Unfit, match="is no id of a row"):
        read_row_id(text)
