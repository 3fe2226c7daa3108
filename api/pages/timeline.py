"""Draws the phases of an undertaking: a bar for all debtors that go through the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from api.situation import Json

_WIDTH: Final = 960
_BAR: Final = 26
_ROW: Final = 58
_TOP: Final = 28
_LETTER: Final = 7
_TICKS: Final = 6


@dataclass(frozen=True)
class Bar:
    """A phase as a rectangle; its word stands in it where there is room."""

    state: str
    x: int
    width: int
    title: str

    @property
    def word(self) -> str:
        """Give the state, or nothing where it does not fit."""
        return self.state if len(self.state) * _LETTER + 14 < self.width else ""


@dataclass(frozen=True)
class Row:
    """The phases of some debtors who go through the same ones."""

    debtors: list[Json]
    phases: list[Json]
    bars: list[Bar]
    y: int


@dataclass(frozen=True)
class Chart:
    """A drawing with its size in pixels; `today` is the place of the day asked about."""

    rows: list[Row]
    ticks: list[tuple[int, str]]
    today: int
    width: int
    height: int
    bar: int = _BAR


def chart(debtors: Sequence[Json], as_of: date) -> Chart | None:
    """Draw the phases of each debtor; None where there are no debtors."""
    groups = _groups(debtors)
    if not groups:
        return None
    first, last = _span([phase for _, phases in groups for phase in phases], as_of)
    days = (last - first).days

    def x(day: date) -> int:
        return round((min(max(day, first), last) - first).days / days * _WIDTH)

    rows = [
        Row(whose, phases, list(_bars(phases, x, first, last)), _TOP + number * _ROW)
        for number, (whose, phases) in enumerate(groups)
    ]
    ticks = [(x(day), str(day.year)) for day in _years(first, last)]
    return Chart(rows, ticks, x(as_of), _WIDTH, _TOP + len(rows) * _ROW)


def _groups(debtors: Sequence[Json]) -> list[tuple[list[Json], list[Json]]]:
    found: dict[tuple[Any, ...], tuple[list[Json], list[Json]]] = {}
    for each in debtors:
        key = tuple((phase["from"], phase["state"], *phase["remarks"]) for phase in each["phases"])
        whose, _ = found.setdefault(key, ([], each["phases"]))
        whose.append({"id": each["debtor"], "label": each["label"]})
    return list(found.values())


def _span(phases: Sequence[Json], as_of: date) -> tuple[date, date]:
    """Give the days that are drawn: all on which a phase begins, and the one asked about."""
    days = [date.fromisoformat(phase["from"]) for phase in phases if phase["from"]] + [as_of]
    margin = max((max(days) - min(days)) // 12, timedelta(days=30))
    first = min(days) - min(margin, min(days) - date.min)
    return first, max(days) + min(margin, date.max - max(days))


def _bars(phases: Sequence[Json], x: Any, first: date, last: date) -> Iterator[Bar]:
    for phase in phases:
        start = date.fromisoformat(phase["from"]) if phase["from"] else first
        end = date.fromisoformat(phase["to"]) + timedelta(days=1) if phase["to"] else last
        if start < last and end > first:
            title = f"{phase['state']}: {phase['from'] or '…'} to {phase['to'] or '…'}"
            yield Bar(phase["state"], x(start), max(2, x(end) - x(start)), title)


def _years(first: date, last: date) -> list[date]:
    years = range(first.year + 1, last.year + 1)
    step = max(1, -(-len(years) // _TICKS))
    return [date(year, 1, 1) for year in years[::step]]
