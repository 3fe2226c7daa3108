"""What a cell holds, read as a value of its column's type; it knows nothing of the graph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias
from urllib.parse import urlsplit

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
ROW_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
# What an export names a thing by: the end of its IRI.
THING_ID: Final = re.compile(r"[a-z][a-z-]{0,63}/[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# Days are counted so in workbooks that do not count from 1904 (ECMA-376, part 1, 18.17.4.1).
_SERIAL: Final = re.compile(r"[1-9]\d{4}")
_SERIALS_BEGIN: Final = date(1899, 12, 30)
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
_PRECISIONS: Final = ("YearPrecision", "MonthPrecision", "DayPrecision")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
LONGEST: Final = 20_000


class Unfit(ValueError):
    """A cell does not hold what its column is for; `hint` says how to write it."""

    def __init__(self, message: str, hint: str) -> None:
        """Say what is wrong with the cell and how to mend it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Day:
    """A time as finely as it is known: `first` begins it and `after` is the next one's first."""

    first: date
    after: date
    precision: str


def shown(cell: Cell) -> str:
    """Write a cell as text, as a spreadsheet shows it, without blanks around it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip().strip("\u00a0\ufeff\u200b").strip()


def read_text(cell: Cell) -> str:
    """Read text; raises Unfit for what no answer could write again, and for a very long one."""
    text = shown(cell)
    if sign := _CONTROL.search(text):
        raise Unfit(
            f"the text has the character U+{ord(sign[0]):04X}, which cannot be shown",
            "delete it, or type the text anew",
        )
    if len(text) > LONGEST:
        raise Unfit(f"the text is longer than {LONGEST:,} characters", "shorten it")
    return text


def read_row_id(cell: Cell) -> str:
    """Read the id of a row: one of its own, or that of a thing, such as commitment/aid."""
    text = shown(cell)
    if ROW_ID.fullmatch(text) or THING_ID.fullmatch(text):
        return text
    raise Unfit(
        f"`{text}` is no id of a row", "use up to 64 letters without accents, digits, - and _"
    )


def read_date(cell: Cell) -> Day:
    """Read a day, a month or a year."""
    if isinstance(cell, datetime) and cell.time() != time():
        raise Unfit(f"`{shown(cell)}` has a time of day", "give the day alone, as 2026-01-06")
    found = _DATE.fullmatch(shown(cell))
    hint = "write a day as 2026-01-06, a month as 2026-01, a year as 2026"
    if found is None:
        raise _no_date(shown(cell), hint)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        after = _next(first, month, day)
    except (ValueError, OverflowError):
        raise Unfit(f"`{shown(cell)}` is no day there is", hint) from None
    return Day(first, after, _PRECISIONS[(month is not None) + (day is not None)])


def _no_date(text: str, hint: str) -> Unfit:
    """Say what is wrong; five digits are what a spreadsheet program keeps for a day."""
    if not _SERIAL.fullmatch(text):
        return Unfit(f"`{text}` is no date", hint)
    day = _SERIALS_BEGIN + timedelta(days=int(text))
    return Unfit(
        f"`{text}` is no date, but the number that a spreadsheet program has for a day",
        f"set the format of the cell to text; if the number means {day.isoformat()}, write that",
    )


def _next(first: date, month: int | None, day: int | None) -> date:
    if day is not None:
        return first + timedelta(days=1)
    if month is not None:
        return date(first.year + month // 12, month % 12 + 1, 1)
    return date(first.year + 1, 1, 1)


def read_number(cell: Cell) -> Decimal:
    """Read a number that is written without separators and without a unit."""
    text = shown(cell)
    try:
        number = Decimal(repr(cell) if isinstance(cell, float) else text)
    except InvalidOperation:
        number = Decimal("nan")
    if isinstance(cell, bool) or not number.is_finite() or "_" in text:
        raise Unfit(
            f"`{text}` is no number",
            "write digits alone, with a point before a fraction, as 1500000.5; the unit has a "
            "column of its own",
        )
    if abs(number.adjusted()) > 18:
        raise Unfit(f"`{text}` is too large or too small", "check the figure and its unit")
    return number


def read_whole(cell: Cell) -> int:
    """Read a whole number that is not below zero."""
    text = shown(cell)
    if text.isascii() and text.isdigit() and len(text) < 18:
        return int(text)
    raise Unfit(f"`{text}` is no whole number", "write digits alone, as 27")


def read_yes_no(cell: Cell) -> bool:
    """Read yes or no."""
    text = shown(cell).casefold()
    if text in _YES:
        return _YES[text]
    raise Unfit(f"`{shown(cell)}` is neither yes nor no", "write yes or no")


def read_address(cell: Cell) -> str:
    """Read the address of a page on the web."""
    text = shown(cell)
    hint = "copy it from the browser, with https:// before it"
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        parts, host = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not host or "." not in host:
        raise Unfit(f"`{text}` is no address of a page", hint)
    if re.search(r'[\s<>"{}|\\^`]', text) or _CONTROL.search(text):
        raise Unfit(f"`{text}` has a blank or a sign that no address has", hint)
    return text
