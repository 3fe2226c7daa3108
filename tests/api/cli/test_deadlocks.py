from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer

ONE_SETTLEMENT = (
    "--reading",
    "reading/settlements-are-one",
    "--reading",
    "reading/settlement-needs-ceasefire",
)


def test_the_articles_own_words_leave_a_way_round_the_circle(answer: Answer) -> None:
    (circle,) = answer("deadlocks", "--as-of", "2026-01")["circles"]
    assert circle["hard"] is False
    assert {each["id"].removeprefix(ID) for each in circle["waits"]} == {
        "commitment/security-guarantees",
        "event/ceasefire",
        "condition/ukraine-consents-to-ceasefire",
    }


def test_a_hard_circle_is_a_finding_and_names_who_holds_each_link(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["deadlocks", *ONE_SETTLEMENT, "--data-dir", str(shipped)]) == 1
    out, err = capsys.readouterr()
    assert "Russia agrees to ceasefire discussions" in out
    assert "only by simultaneous or pre-agreed acts" in out
    assert err.startswith("1 hard and 0 avoidable circles; as of ")
    assert "readings “comprehensive settlement” means a peace settlement" in err


def test_an_unknown_reading_suggests_the_nearest(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["deadlocks", "--reading", "reading/binding-is-enogh", "--data-dir", str(shipped)]) == 2
    )
    assert "did you mean `reading/binding-is-enough`" in capsys.readouterr().err
