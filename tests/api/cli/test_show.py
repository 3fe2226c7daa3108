from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown, servanda

FORCE = "commitment/multinational-force"


def test_the_multinational_force_is_conditional_in_january(shipped: Path, tmp_path: Path) -> None:
    done = servanda("show", FORCE, "--as-of", "2026-01", "--data-dir", shipped, cwd=tmp_path)
    assert done.returncode == 0
    heading = (
        "Multinational force for Ukraine: "
        "3 conditional, further debtors not named (number not stated)"
    )
    assert heading in done.stdout
    assert "conditional: waits for a ceasefire, a peace settlement or a" in done.stdout
    assert done.stderr.startswith(f"{FORCE}; as of 2026-01-31, ")


def test_each_debtor_is_shown_with_its_state_and_since_when(answer: Answer) -> None:
    found = answer("show", FORCE, "--as-of", "2026-01")
    assert (found["undertaking"], found["kind"]) == (ID + FORCE, "commitment")
    assert found["unnamed"] is None
    canada, france, kingdom = found["debtors"]
    assert canada == {
        "debtor": f"{ID}actor/canada",
        "label": "Canada",
        "since": "2026-01-31",
        "state": "conditional",
        "remarks": [],
        "sentence": "conditional: waits for a ceasefire, a peace settlement or a comprehensive "
        "settlement, and then for approval by the Parliament of Canada",
        "share": None,
        "obligations": [],
    }
    assert [each["label"] for each in (france, kingdom)] == ["France", "United Kingdom"]


def test_what_was_given_without_a_condition_is_in_force(answer: Answer) -> None:
    found = answer("show", "commitment/military-assistance", "--as-of", "2026-02")
    assert {each["sentence"] for each in found["debtors"]} == {"in force"}


def test_before_it_was_made_it_is_not_made(answer: Answer) -> None:
    found = answer("show", FORCE, "--as-of", "2025")
    assert {(each["state"], each["since"]) for each in found["debtors"]} == {("not made", None)}


def test_a_plan_is_declared_and_all_its_authors_are_named(answer: Answer) -> None:
    found = answer("show", "intention/military-installations", "--as-of", "2026-02")
    assert (found["kind"], found["distribution"]) == ("intention", "2 declared")


def test_where_nobody_is_named_that_is_said(shown: Shown) -> None:
    out, _ = shown("show", "possibility/weapons-instead-of-forces")
    assert "Weapons instead of forces: further debtors not named (number not stated)" in out


@pytest.mark.parametrize(
    "label", ["Multinational force for Ukraine", "багатонаціональні сили для України"]
)
@pytest.mark.parametrize("verb", ["show", "explain", "timeline", "unlock"])
def test_an_undertaking_may_be_named_by_its_label(answer: Answer, verb: str, label: str) -> None:
    assert answer(verb, label, "--as-of", "2026-01") == answer(verb, FORCE, "--as-of", "2026-01")


def test_what_is_assumed_may_be_named_by_its_label(answer: Answer) -> None:
    day = ("--as-of", "2026-02-15")
    named, found = (
        answer("whatif", "--set", f"{name}=true@2026-02-10", *day)
        for name in ("event/ceasefire", "a ceasefire")
    )
    assert named["scenario"] == found["scenario"] != []


def test_a_part_of_a_label_is_refused_with_what_has_its_words(
    capsys: pytest.CaptureFixture[str], shipped: Path
) -> None:
    assert run(["show", "multinational force", "--data-dir", str(shipped)]) == 2
    said = capsys.readouterr().err
    assert "no undertaking is called `multinational force`" in said
    assert f"`{FORCE}` (Multinational force for Ukraine)" in said
