from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from api.asked import Asked, Assumed
from api.situation import Situation, shown_day
from api.snapshot import Snapshot
from graph.database import Database
from graph.difference import View, differences
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


@pytest.mark.parametrize("readings", [(), ("reading/settlements-are-one",)])
@pytest.mark.parametrize("scenario", [(), (Assumed("event/ceasefire", "true"),)])
def test_what_is_judged_all_at_once_is_what_each_is_judged_alone(
    shipped: Path, readings: tuple[str, ...], scenario: tuple[Assumed, ...]
) -> None:
    with Database.open(shipped, writable=False) as database:
        asked = Asked(as_of=date(2026, 2, 15), scenario=scenario, readings=readings)
        situation = Situation.of(Snapshot.of(database.store), asked)
    lifecycle, day = situation.lifecycle, situation.as_of
    assert situation.states == {
        pair: lifecycle.phase(*pair, day).standing.state for pair in situation.states
    }
    before = View(lifecycle, date(2026, 1, 10).toordinal())
    differing = [
        (each.undertaking, each.debtor)
        for each in differences(before, situation.view)
        if each.of_state
    ]
    assert differing
    assert situation.differing(before.day) == differing
