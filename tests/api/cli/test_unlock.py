from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer


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
