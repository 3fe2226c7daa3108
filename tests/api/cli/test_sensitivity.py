"""What answers hang on: matters, claims and source policies, in the shipped data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown

CEASEFIRE = ("--set", "event/ceasefire=true@2026-02-10", "--as-of", "2026-04")
NEWS = f"""
@prefix sv: <https://w3id.org/servanda/ontology/> .
@prefix id: <{ID}> .
"""


def test_after_a_ceasefire_an_approval_changes_most_states(answer: Answer) -> None:
    found = answer("whatif", "--each-matter", *CEASEFIRE)["matters"]
    best = found[0]
    assert (best["about"], best["truth"]) == (f"{ID}approval/canada-implementation", "true")
    # Canada sends its part of the force without an approval of troops.
    assert {
        (change["undertaking"].rpartition("/")[2], change["debtor"].rpartition("/")[2])
        for change in best["changes"]
    } == {
        (name, "canada")
        for name in (
            "ceasefire-monitoring",
            "long-term-cooperation",
            "multinational-force",
            "security-guarantees",
        )
    }
    counts = [len(each["changes"]) for each in found]
    assert counts == sorted(counts, reverse=True)
    assert [each["about"].rpartition("/")[2] for each in found[1:3]] == [
        "france-implementation",
        "united-kingdom-implementation",
    ]


def test_no_single_event_changes_a_state_while_all_waits_for_several(shown: Shown) -> None:
    out, err = shown("whatif", "--each-matter", "--as-of", "2026-02-15")
    assert out == ""
    assert err.startswith("hypothetical, each alone: 0 change states, ")


def test_the_table_names_each_change(shown: Shown) -> None:
    out, err = shown("whatif", "--each-matter", *CEASEFIRE)
    assert "Multinational force for Ukraine, Canada: conditional -> in force" in out
    assert "scenario a ceasefire true from 2026-02-10" in err


def test_every_binding_promise_hangs_on_the_report_of_the_endorsement(answer: Answer) -> None:
    best, *others = answer("whatif", "--each-claim", "--as-of", "2026-02-15")["claims"]
    assert best["matter"] == f"{ID}event/framework-endorsed" or "endorse" in best["label"]
    assert (best["holds"], best["disputed"], len(best["changes"])) == (True, False, 18)
    assert {change["after"]["state"] for change in best["changes"]} == {"undetermined"}
    assert all(each["changes"] == [] for each in others)


def test_the_table_of_claims_names_source_and_dispute(shown: Shown) -> None:
    out, err = shown("whatif", "--each-claim", "--as-of", "2026-02-15")
    assert "News article on the Paris meeting" in out
    assert "states hang on 1 of 2 claims, 0 of them disputed" in err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "nothing is assumed"),
        (["--each-matter", "--no-approvals"], "ask one at a time"),
        (["--each-claim", "--probability", "event/ceasefire=0.5"], "ask one at a time"),
    ],
)
def test_one_question_is_asked_at_a_time(
    arguments: list[str], complaint: str, shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["whatif", *arguments, "--data-dir", str(shipped)]) == 2
    assert complaint in capsys.readouterr().err


def unapproved(answer: Answer, *arguments: str) -> dict[tuple[str, str], dict[str, Any]]:
    found = answer("whatif", "--no-approvals", "--as-of", "2026-02-15", *arguments)
    return {
        (row["commitment"].rpartition("/")[2], row["debtor"].rpartition("/")[2]): row
        for row in found["commitments"]
    }


def test_without_approvals_all_promises_bind_and_assistance_alone_is_in_force(
    answer: Answer,
) -> None:
    found = unapproved(answer)
    assert {row["binds"] for row in found.values()} == {"already"}
    assert {name for (name, _), row in found.items() if row["inForce"] == "already"} == {
        "military-assistance"
    }
    assert {row["inForce"] for row in found.values()} == {"already", "unreachable"}


def test_an_approval_that_was_given_is_not_taken_back(answer: Answer) -> None:
    found = unapproved(
        answer,
        *("--set", "event/ceasefire=true"),
        *("--set", "approval/canada-implementation=true"),
    )
    assert found["multinational-force", "canada"]["inForce"] == "already"
    assert found["multinational-force", "france"]["inForce"] == "unreachable"


def test_without_approvals_is_shown_as_a_table(shown: Shown) -> None:
    out, err = shown("whatif", "--no-approvals", "--as-of", "2026-02-15")
    assert "binds without approval" in out
    assert "no further approval is given" in err
