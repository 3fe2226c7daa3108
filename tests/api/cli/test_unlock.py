from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown


def test_the_smallest_sets_name_their_holders_and_what_clashes(answer: Answer) -> None:
    found = answer("unlock", "commitment/multinational-force")
    assert found["way"] == "reachable step by step"
    assert [len(each["conflicts"]) for each in found["sets"]] == [0, 0, 0, 1]
    clash = found["sets"][-1]
    (conflict,) = clash["conflicts"]
    assert conflict == [
        {
            "id": f"{ID}state-of-affairs/multinational-force-in-ukraine",
            "label": "a multinational force is in Ukraine",
        },
        {
            "id": f"{ID}state-of-affairs/no-nato-troops-in-ukraine",
            "label": "Ukrainian territory is free of NATO troops",
        },
    ]
    for each in found["sets"]:
        holders = {act["heldBy"] for act in each["acts"] if "/approval/" in act["id"]}
        assert holders == {
            "Parliament of Canada",
            "Parliament of France",
            "Parliament of the United Kingdom",
        }


def test_what_is_in_force_already_needs_no_act(answer: Answer) -> None:
    (nothing,) = answer("unlock", "commitment/military-assistance", "--as-of", "2026-02")["sets"]
    assert nothing["acts"] == []


def test_a_plan_cannot_be_unlocked(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["unlock", "intention/military-installations", "--data-dir", str(shipped)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "declared and never in force" in line


REJECTED = tuple(
    part
    for name in ("france", "united-kingdom")
    for part in ("--set", f"approval/{name}-troops=false")
)
FORCE = "commitment/multinational-force"


def test_if_two_parliaments_reject_one_approval_still_gives_a_part_of_the_force(
    answer: Answer,
) -> None:
    whole = answer("unlock", FORCE, *REJECTED)
    assert (whole["way"], whole["sets"]) == ("unreachable", [])
    assert {each["about"].removeprefix(ID) for each in whole["scenario"]} == {
        "approval/france-troops",
        "approval/united-kingdom-troops",
    }
    part = answer("unlock", FORCE, *REJECTED, "--at-least", "1")
    assert part["sets"]
    for each in part["sets"]:
        approvals = [act["id"].removeprefix(ID) for act in each["acts"] if "approval" in act["id"]]
        assert approvals == ["approval/canada-implementation"]


def test_one_debtor_is_unlocked_by_its_own_parliament(answer: Answer) -> None:
    found = answer("unlock", FORCE, "--debtor", "actor/france")
    assert (found["debtor"], found["atLeast"]) == (f"{ID}actor/france", None)
    holders = {act["heldBy"] for each in found["sets"] for act in each["acts"]}
    assert "Parliament of France" in holders
    assert not holders & {"Parliament of Canada", "Parliament of the United Kingdom"}


def test_what_is_assumed_needs_no_act(answer: Answer) -> None:
    (only,) = answer("unlock", FORCE, "--set", "event/ceasefire=true")["sets"]
    assert all("/approval/" in act["id"] for act in only["acts"])


def test_power_is_that_of_acts_and_of_actors(answer: Answer) -> None:
    power = answer("unlock", FORCE, "--power", "--as-of", "2026-02-15")
    actors = {each["id"].removeprefix(ID): each for each in power["actors"]}
    # All three parliaments are needed, and beside them Russia or a territory without NATO troops;
    # Ukraine alone can only bring a ceasefire with Russia, who can do without.
    assert {name: each["shapleyShubik"]["exact"] for name, each in actors.items()} == {
        "actor/parliament-of-canada": "3/10",
        "actor/parliament-of-france": "3/10",
        "actor/parliament-of-the-united-kingdom": "3/10",
        "actor/russia": "1/20",
        "state-of-affairs/no-nato-troops-in-ukraine": "1/20",
        "actor/ukraine": "0",
    }
    assert {name: each["swings"] for name, each in actors.items()} == {
        "actor/parliament-of-canada": 6,
        "actor/parliament-of-france": 6,
        "actor/parliament-of-the-united-kingdom": 6,
        "actor/russia": 2,
        "state-of-affairs/no-nato-troops-in-ukraine": 2,
        "actor/ukraine": 0,
    }
    assert len(power["acts"]) == 10
    assert power["acts"][0]["banzhaf"]["exact"] == "29/156"


def test_power_is_shown_as_two_tables(shown: Shown) -> None:
    out, err = shown("unlock", FORCE, "--power", "--as-of", "2026-02-15")
    acts, actors = out.split("actor   ")
    (talks,) = (line for line in acts.splitlines() if "to ceasefire discussions" in line)
    assert "Russia" in talks.split("without its condition")[1]
    assert "nobody in particular: Ukrainian territory is free of NATO troops" in actors
    assert err.startswith("power of 10 acts and 6 actors; as of 2026-02-15")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--debtor", "actor/franc"], "did you mean `actor/france`"),
        (["--debtor", "actor/russia"], "no debtor of this commitment is called `actor/russia`"),
        (["--debtor", "actor/france", "--at-least", "1"], "give one of the two"),
        (["--at-least", "4"], "it names 3 debtors, and not 4"),
        (["--at-least", "0"], "it names 3 debtors, and not 0"),
        (["--set", "event/ceasefire"], "`event/ceasefire` assumes nothing"),
    ],
)
def test_what_cannot_be_unlocked_is_refused(
    arguments: list[str], complaint: str, shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["unlock", FORCE, *arguments, "--data-dir", str(shipped)]) == 2
    assert complaint in capsys.readouterr().err
