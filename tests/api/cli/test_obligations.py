"""Obligations on the command line: of made-up attacks, for the shipped data tell of none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer
from tests.cases.turtle import turtle

GIVEN = """
groups: {coalition: [france, germany]}
matters:
  attack: {kind: event, monitored: true}
  first-attack: {kind: event, case of: attack}
  second-attack: {kind: event, case of: attack}
evidence:
  - {about: first-attack, is: true, since: 2026-03-01, published: 2026-03-12}
  - {about: second-attack, is: true, since: 2026-03}
commitments:
  response:
    debtors: [coalition]
    repeatable: true
    activated when: {occurs: attack}
    discharged when: {quantity: 10, unit: EUR, stage: delivered}
    due by: {elapsed: 10, since: {occurs: attack}}
provisions:
  - {under: response, by: france, stage: delivered, quantity: 4, unit: EUR, when: 2026-03-05}
"""
RESPONSE = "undertaking/response"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory that tells of two attacks on what a coalition promised to answer."""
    directory = tmp_path_factory.mktemp("attacked")
    (directory / "case.ttl").write_text(turtle(yaml.safe_load(GIVEN)), encoding="utf-8")
    data_dir = directory / "data"
    assert run(["load", str(directory / "case.ttl"), "--data-dir", str(data_dir)]) == 0
    return data_dir


def asked(attacked: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run([*arguments, "--as-of", "2026-03-20", "--data-dir", str(attacked)]) == 0
    return capsys.readouterr().out


def debtors(attacked: Path, capsys: pytest.CaptureFixture[str], command: str) -> dict[str, Any]:
    out = asked(attacked, capsys, command, RESPONSE, "--format", "json")
    return {each["label"]: each for each in json.loads(out)["debtors"]}


def test_explain_tells_what_is_owed_after_the_trees(
    attacked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("explain", RESPONSE, "--debtor", "actor/france")
    lines = asked(attacked, capsys, *arguments).splitlines()
    assert lines[-2:] == [
        "  obligation since 2026-03-01, by first attack, due 2026-03-11: violated; "
        "could not be known in time, 40% provided",
        "  obligation since 2026-03-01 to 2026-03-31, by second attack, "
        "due 2026-03-11 to 2026-04-10: conditional; whether it is due is unknown, 40% provided",
    ]


@pytest.mark.parametrize("command", ["explain", "timeline"])
def test_an_obligation_has_its_trigger_its_days_its_state_and_its_phases(
    command: str, attacked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = debtors(attacked, capsys, command)["france"]["obligations"]
    assert first == {
        "trigger": {"id": f"{ID}matter/first-attack", "label": "first attack"},
        "since": {"earliest": "2026-03-01", "latest": "2026-03-01"},
        "due": {"earliest": "2026-03-11", "latest": "2026-03-11"},
        "state": "violated",
        "remarks": [],
        "unforeseeable": True,
        "share": 0.4,
        "phases": [
            {"from": "2026-03-01", "to": "2026-03-11", "state": "in force", "remarks": []},
            {"from": "2026-03-12", "to": None, "state": "violated", "remarks": []},
        ],
    }
    assert second["since"] == {"earliest": "2026-03-01", "latest": "2026-03-31"}


def test_the_timeline_lists_what_each_debtor_owes(
    attacked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = asked(attacked, capsys, "timeline", RESPONSE)
    owed = out[out.index("obligation by") :].splitlines()[2:]
    assert [line.split("  ")[1].strip() for line in owed if line.strip()] == [
        *["france"] * 2,
        *["germany"] * 2,
    ]
    assert sum("could not be known in time" in line for line in owed) == 2


def test_show_counts_the_obligations_of_each_debtor(
    attacked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [line.split() for line in asked(attacked, capsys, "show", RESPONSE).splitlines()]
    assert [cells[:3] for cells in found if cells and cells[0] in {"france", "germany"}] == [
        ["france", "2026-03-01", "2"],
        ["germany", "2026-03-01", "2"],
    ]


def test_what_waits_is_not_owed(answer: Answer) -> None:
    found = answer("timeline", "commitment/multinational-force", "--as-of", "2026-02")
    assert [each["obligations"] for each in found["debtors"]] == [[], [], []]


def test_what_is_due_from_the_beginning_is_owed_by_no_event(answer: Answer) -> None:
    found = answer("explain", "commitment/military-assistance", "--as-of", "2026-02")
    assert {
        (each["trigger"], each["state"]) for one in found["debtors"] for each in one["obligations"]
    } == {(None, "in force")}
