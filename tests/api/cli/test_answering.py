from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown, servanda

FORCE = "commitment/multinational-force"
VERBS = [
    ("show", FORCE),
    ("explain", FORCE),
    ("whatif", "--set", "event/ceasefire=true"),
    ("timeline", FORCE),
    ("matrix",),
    ("gaps",),
]
ASKED = ("--as-of", "2026-01", "--known-at", "2026-03-05", "--policy", "ranked")


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_every_answer_names_what_it_depends_on(
    verb: tuple[str, ...], answer: Answer, shown: Shown
) -> None:
    found = answer(*verb, *ASKED)
    assumed = {
        "about": f"{ID}event/ceasefire",
        "label": "a ceasefire",
        "truth": "true",
        "since": "2026-01-31",
    }
    assert (found["asOf"], found["knownAt"]) == ("2026-01-31", "2026-03-05")
    assert (found["policy"], found["sources"], found["version"]) == ("ranked", None, 1)
    assert found["scenario"] == ([assumed] if verb[0] == "whatif" else [])
    scenario = "a ceasefire true from 2026-01-31" if verb[0] == "whatif" else "none"
    readings = ", readings none" if verb[0] == "whatif" else ""
    assert shown(*verb, *ASKED)[1].endswith(
        "as of 2026-01-31, known at 2026-03-05, policy ranked, "
        f"scenario {scenario}, graph version 1{readings}\n"
    )


def test_without_dates_today_is_asked_about(answer: Answer) -> None:
    before = datetime.now(UTC).date().isoformat()
    found = answer("show", FORCE)
    after = datetime.now(UTC).date().isoformat()
    assert before <= found["asOf"] == found["knownAt"] <= after
    assert found["policy"] == "sceptical"


def test_what_was_not_public_by_then_does_not_count(answer: Answer) -> None:
    found = answer("show", FORCE, "--as-of", "2026-01", "--known-at", "2026-01-30")
    assert {each["state"] for each in found["debtors"]} == {"undetermined"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "commitment/multinational"], f"did you mean `{FORCE}`"),
        (["explain", FORCE, "--debtor", "actor/frnce"], "did you mean `actor/france`"),
        (["timeline", "event/ceasefire"], "no undertaking is called `event/ceasefire`"),
        (["whatif", "--set", "event/truce=true"], "no matter or condition is called `event/truce`"),
        (["whatif", "--set", "event/ceasefire"], "`event/ceasefire` assumes nothing"),
        (["whatif", "--set", "event/ceasefire=maybe"], "`event/ceasefire=maybe` assumes nothing"),
        (["whatif", "--set", "event/ceasefire=true@soon"], "`soon` is no date"),
        (["whatif"], "--set"),
        (["show", FORCE, "--as-of", "January"], "`January` is no date"),
        (["show", FORCE, "--policy", "naive"], "choose sceptical, ranked or credulous"),
        (["matrix", "--cols", "place"], "choose domain or component"),
        (["gaps", "--format", "csv"], "choose table or json"),
        (["diff", "--from", "2026-02", "--to", "2026-01"], "swap the two days"),
    ],
)
def test_a_request_that_is_wrong_is_one_line_and_exit_code_2(
    arguments: list[str], told: str, shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--data-dir", str(shipped)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert told in line


def test_without_a_graph_nothing_can_be_asked(tmp_path: Path) -> None:
    done = servanda("show", FORCE, cwd=tmp_path)
    assert done.returncode == 3
    assert "`servanda load data`" in done.stderr
    assert list(tmp_path.iterdir()) == []
