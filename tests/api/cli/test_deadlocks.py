from __future__ import annotations

import json
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


@pytest.mark.parametrize("readings", [(), ONE_SETTLEMENT])
def test_other_texts_add_no_circle_and_leave_none_out(
    readings: tuple[str, ...],
    shipped: Path,
    all_shipped: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = []
    for directory in (shipped, all_shipped):
        run(["deadlocks", *readings, "--format", "json", "--data-dir", str(directory)])
        told.append(json.loads(capsys.readouterr().out)["circles"])
    assert told[0] == told[1]


def test_an_unknown_reading_suggests_the_nearest(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["deadlocks", "--reading", "reading/binding-is-enogh", "--data-dir", str(shipped)]) == 2
    )
    assert "did you mean `reading/binding-is-enough`" in capsys.readouterr().err
