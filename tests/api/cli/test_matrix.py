from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from graph.database import Database
from graph.namespaces import ID, SV
from tests.api.cli.conftest import Answer, Shown
from tests.api.conftest import fill

PACT = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix id: <https://w3id.org/servanda/id/> .
id:pact a sv:Commitment ; sv:debtor id:ruritania ; sv:content id:watch ; sv:component id:part .
id:watch sv:domain sv:Cyber .
id:part sv:domain sv:Space .
"""


def of_france(found: dict[str, Any]) -> dict[str | None, dict[str, int]]:
    return {
        each["column"]: each["states"]
        for each in found["cells"]
        if each["actor"] == f"{ID}actor/france"
    }


def test_what_lies_in_three_domains_counts_in_each(answer: Answer) -> None:
    found = answer("matrix", "--as-of", "2026-01")
    assert found["columns"] == "domain"
    in_domain = {"conditional": 1, "declared": 1}
    assert of_france(found) == {
        f"{SV}Air": in_domain,
        f"{SV}Land": in_domain,
        f"{SV}Sea": in_domain,
        None: {"conditional": 4, "in force": 1, "declared": 1},
    }


def test_components_are_counted_apart(answer: Answer) -> None:
    found = of_france(answer("matrix", "--cols", "component", "--as-of", "2026-01"))
    component = f"{ID}component/"
    assert found == {
        f"{component}ceasefire-monitoring": {"conditional": 1},
        f"{component}long-term-cooperation": {"conditional": 1},
        f"{component}multinational-force": {"conditional": 1, "declared": 1},
        f"{component}response-protocols": {"conditional": 1},
        f"{component}support-for-armed-forces": {"in force": 1},
        None: {"conditional": 1, "declared": 1},
    }


@pytest.mark.parametrize(("day", "state"), [("2025", "not made"), ("2026-01-10", "undetermined")])
def test_the_states_are_those_of_the_day(day: str, state: str, answer: Answer) -> None:
    found = answer("matrix", "--as-of", day)
    assert {each for cell in found["cells"] for each in cell["states"]} == {state}


def test_the_table_has_one_row_for_each_actor(shown: Shown) -> None:
    out, err = shown("matrix", "--as-of", "2026-01")
    heading, _, *rows = [line.strip() for line in out.splitlines() if line.strip()]
    assert heading.split() == ["actor", "air", "land", "sea", "none", "stated"]
    assert [row.split("  ")[0] for row in rows] == ["Canada", "France", "United Kingdom"]
    assert "4 conditional, 1 in force" in rows[0]
    assert err.startswith("as of 2026-01-31, ")


def test_the_domains_are_those_of_the_content_and_of_the_component(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Database.open(tmp_path / "graph") as database:
        fill(database, "pact", PACT)
    assert run(["matrix", "--format", "json", "--data-dir", str(tmp_path / "graph")]) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert {each["column"] for each in cells} == {f"{SV}Cyber", f"{SV}Space"}


def test_the_other_texts_fill_the_domains(
    all_shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["matrix", "--as-of", "2026-02", "--format", "json", "--data-dir", str(all_shipped)]
    assert run(asked) == 0
    found = json.loads(capsys.readouterr().out)["cells"]
    of = {(each["actor"], each["column"]): each["states"] for each in found}
    in_space = {actor for actor, column in of if column == f"{SV}Space"}
    assert in_space == {f"{ID}actor/lithuania", f"{ID}actor/portugal"}
    assert of[f"{ID}actor/bulgaria", None]["proposed"] == 1
    assert of[f"{ID}actor/united-states", None]["lapsed"] == 1
