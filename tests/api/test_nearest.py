from __future__ import annotations

from pathlib import Path

import pytest

from api.nearest import nearest
from graph.database import Database


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("actor/frnace", ("France", "/doc/actor/france")),
        ("actors/france", ("France", "/doc/actor/france")),
        ("event/france", ("France", "/doc/actor/france")),
    ],
)
def test_the_nearest_is_found_by_its_end_or_by_how_it_is_written(
    shipped: Path, name: str, near: tuple[str, str]
) -> None:
    with Database.open(shipped, writable=False) as database:
        assert nearest(database.store, name)[0] == near


def test_what_is_like_nothing_has_no_nearest(shipped: Path) -> None:
    with Database.open(shipped, writable=False) as database:
        assert nearest(database.store, "x/qqqqqqqqqqqq") == []
