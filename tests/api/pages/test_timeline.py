from __future__ import annotations

from datetime import date
from typing import Any

from api.pages.timeline import chart

PHASES: list[dict[str, Any]] = [
    {"from": None, "to": "2025-12-31", "state": "not made", "remarks": []},
    {"from": "2026-01-01", "to": "2026-06-30", "state": "conditional", "remarks": []},
    {"from": "2026-07-01", "to": None, "state": "in force", "remarks": []},
]


def debtor(name: str, phases: list[dict[str, Any]]) -> dict[str, Any]:
    return {"debtor": name, "label": name, "phases": phases}


def test_debtors_that_go_the_same_way_share_a_row() -> None:
    found = chart([debtor("a", PHASES), debtor("b", PHASES), debtor("c", PHASES[:1])], date.max)
    assert found
    assert [[each["id"] for each in row.debtors] for row in found.rows] == [["a", "b"], ["c"]]


def test_bars_follow_each_other_without_a_gap_over_the_whole_width() -> None:
    found = chart([debtor("a", PHASES)], date(2026, 3, 1))
    assert found
    (row,) = found.rows
    assert [bar.state for bar in row.bars] == ["not made", "conditional", "in force"]
    ends = [0, *(bar.x + bar.width for bar in row.bars)]
    assert ends[:-1] == [bar.x for bar in row.bars]
    assert ends[-1] == found.width


def test_the_day_asked_about_lies_in_the_bar_of_its_phase() -> None:
    found = chart([debtor("a", PHASES)], date(2026, 3, 1))
    assert found
    bar = found.rows[0].bars[1]
    assert bar.x < found.today < bar.x + bar.width


def test_a_word_stands_in_a_bar_only_where_it_fits() -> None:
    phases: list[dict[str, Any]] = [
        {"from": "2000-01-01", "to": "2026-02-01", "state": "in force", "remarks": []},
        {"from": "2026-02-02", "to": "2026-02-03", "state": "overdue, unverified", "remarks": []},
        {"from": "2026-02-04", "to": None, "state": "fulfilled late", "remarks": []},
    ]
    found = chart([debtor("a", phases)], date(2026, 2, 2))
    assert found
    assert [bar.word for bar in found.rows[0].bars][:2] == ["in force", ""]


def test_the_end_of_the_calendar_can_be_asked_about() -> None:
    assert chart([debtor("a", PHASES)], date.max)
    assert chart([debtor("a", PHASES)], date.min)


def test_without_debtors_nothing_is_drawn() -> None:
    assert chart([], date(2026, 1, 1)) is None
