from __future__ import annotations

from datetime import date

import pytest

from api.situation import shown_day
from graph.timeline import BEGINNING, NEVER


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (BEGINNING, None),
        (date.min.toordinal(), "0001-01-01"),
        (date(2026, 1, 31).toordinal(), "2026-01-31"),
        (date.max.toordinal(), "9999-12-31"),
        (date.max.toordinal() + 1, None),
        (NEVER, None),
    ],
)
def test_a_day_is_written_unless_no_calendar_has_it(day: int, shown: str | None) -> None:
    assert shown_day(day) == shown
