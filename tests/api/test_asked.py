from __future__ import annotations

import pytest

from api.asked import read_assumption, read_day
from graph.errors import InvalidRequest


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-06", "2026-01-06"),
        ("2026-01", "2026-01-31"),
        ("2028-02", "2028-02-29"),
        ("2026", "2026-12-31"),
    ],
)
def test_a_month_or_a_year_means_its_last_day(text: str, day: str) -> None:
    assert read_day(text).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2026-13",
        "2026-00",
        "2026-02-30",
        "0000",
        "26-01-06",
        "2026-1-6",
        "\uff12\uff10\uff12\uff16",
    ],
)
def test_what_is_no_date_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_day(text)
    assert str(refused.value) == f"`{text}` is no date; write it as 2026-01-06, 2026-01 or 2026"


@pytest.mark.parametrize("text", ["event/ceasefire=true", "event/ceasefire=false@2026-02-01"])
def test_an_assumption_is_written_as_it_is_read(text: str) -> None:
    assert str(read_assumption(text)) == text
