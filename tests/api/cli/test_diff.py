from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.cli import run
from graph.database import Database
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown
from tests.api.conftest import fill

PACT = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix id: <https://w3id.org/servanda/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:pact a sv:Commitment ; sv:debtor id:ruritania ; sv:activatedWhen id:both .
id:both a sv:AllOf ; sv:operand id:on-truce , id:on-vote .
id:on-truce a sv:Occurs ; sv:matter id:truce .
id:on-vote a sv:Occurs ; sv:matter id:vote .
id:truce a sv:Event ; sv:monitored true .
id:vote a sv:Event ; sv:monitored true .
id:told a sv:Evidence ; sv:evidenceFor id:truce ; sv:polarity true ; sv:source id:press ;
    sv:validFrom "2026-03-05T00:00:00Z"^^xsd:dateTime .
"""


def test_states_that_differ_are_given_with_their_causes(answer: Answer) -> None:
    found = answer("diff", "--from", "2025", "--to", "2026-02")
    assert (found["from"], found["to"], found["asOf"]) == (
        "2025-12-31",
        "2026-02-28",
        "2026-02-28",
    )
    moves = [(each["before"]["state"], each["after"]["state"]) for each in found["changes"]]
    assert {move: moves.count(move) for move in moves} == {
        ("not made", "conditional"): 15,
        ("not made", "in force"): 3,
        ("not made", "declared"): 5,
    }
    causes = {cause["text"] for each in found["changes"] for cause in each["because"]}
    assert causes == {"it was made", "the framework is endorsed: waiting -> met"}


def test_days_between_which_nothing_changed_differ_in_nothing(answer: Answer, shown: Shown) -> None:
    days = ("--from", "2026-02", "--to", "2026-06")
    assert answer("diff", *days)["changes"] == []
    out, err = shown("diff", *days)
    assert out == ""
    assert err.startswith("0 states differ from 2026-02-28; as of 2026-06-30, known at ")


def test_the_table_says_from_what_to_what(shown: Shown) -> None:
    out, err = shown("diff", "--from", "2026-01-10", "--to", "2026-01-31")
    assert "Sustained military assistance and arms" in out
    assert "the framework is endorsed: unknown" in out
    assert err.startswith("23 states differ from 2026-01-10; as of 2026-01-31, ")


def test_what_only_waits_for_less_is_in_the_same_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Database.open(tmp_path / "graph") as database:
        fill(database, "pact", PACT)
    days = ("--from", "2026-03-04", "--to", "2026-03-05")
    assert run(["diff", *days, "--data-dir", str(tmp_path / "graph")]) == 0
    out, err = capsys.readouterr()
    assert (out, err[:15]) == ("", "0 states differ")


CLASH = (
    PACT.replace("id:on-truce , id:on-vote", "id:on-truce")
    + """
id:denied a sv:Evidence ; sv:evidenceFor id:truce ; sv:polarity false ; sv:source id:court ;
    sv:validFrom "2026-03-06T00:00:00Z"^^xsd:dateTime .
id:ministry-confirms a sv:Evidence ; sv:evidenceFor id:vote ; sv:polarity true ;
    sv:source id:press ; sv:validFrom "2026-03-05T00:00:00Z"^^xsd:dateTime .
"""
)


@pytest.fixture
def clashing(tmp_path: Path) -> Path:
    with Database.open(tmp_path / "graph") as database:
        fill(database, "pact", CLASH)
    return tmp_path / "graph"


def test_source_policies_are_compared_on_one_day(
    clashing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("diff", "--policies", "--to", "2026-03-07", "--data-dir", str(clashing))
    assert run([*asked, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (pact,) = found["differing"]
    assert (pact["undertaking"], pact["debtor"]) == (f"{ID}pact", f"{ID}ruritania")
    assert {name: each["state"] for name, each in pact["policies"].items()} == {
        "sceptical": "conditional",
        "ranked": "conditional",
        "credulous": "in force",
    }
    assert run(asked) == 0
    out, err = capsys.readouterr()
    assert "sources clash" in out
    assert err.startswith("1 states differ between source policies; as of 2026-03-07")


def test_where_no_sources_clash_no_policy_differs(shown: Shown) -> None:
    out, err = shown("diff", "--policies", "--to", "2026-02-15")
    assert out == ""
    assert err.startswith("0 states differ between source policies; as of 2026-02-15")


def test_an_answer_that_hangs_on_one_disputed_statement_is_found(
    clashing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("whatif", "--each-claim", "--as-of", "2026-03-07", "--data-dir", str(clashing))
    assert run([*asked, "--format", "json"]) == 0
    claims = json.loads(capsys.readouterr().out)["claims"]
    assert [(each["evidence"].removeprefix(ID), each["disputed"]) for each in claims] == [
        ("denied", True),
        ("told", True),
    ]
    assert [each["changes"][0]["after"]["state"] for each in claims] == ["in force", "conditional"]
    assert run(asked) == 0
    assert "states hang on 2 of 2 claims, 2 of them disputed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--from", "2026-02-01"], "two days are compared; give --to as well"),
        (["--policies", "--from", "2026-02-01"], "one thing is compared at a time"),
        (["--known-from", "2026-02-01", "--from-version", "1"], "one thing is compared at a time"),
        (["--to", "2026-02-01"], "give --from and --to, or one of --known-from"),
        (["--known-from", "2026-02", "--known-at", "2026-01"], "swap the two days"),
        (["--from-version", "one"], "`one` is no number of a transaction"),
        (["--from-version", "7"], "there is no version 7"),
        (["--from", "2026-02", "--to", "2026-01"], "swap the two days"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    arguments: list[str], complaint: str, shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["diff", *arguments, "--data-dir", str(shipped)]) == 2
    assert complaint in capsys.readouterr().err


TRUCE_TOLD = PACT.replace("id:on-truce , id:on-vote", "id:on-truce").partition("id:told a")

PUBLISHED = 'id:told sv:publishedOn "2026-03-05T00:00:00Z"^^xsd:dateTime .'


@pytest.fixture
def told_later(tmp_path: Path) -> Path:
    """Give a graph whose version 1 lacks the claim of version 2, which was public on 5 March."""
    with Database.open(tmp_path / "graph") as database:
        fill(database, "pact", TRUCE_TOLD[0])
        prefixes = "".join(line for line in PACT.splitlines(True) if line.startswith("@prefix"))
        fill(database, "news", prefixes + "".join(TRUCE_TOLD[1:]) + PUBLISHED)
    return tmp_path / "graph"


@pytest.mark.parametrize(
    ("compared", "since"),
    [
        (("--from-version", "1"), "version 1"),
        (("--known-from", "2026-03-01", "--known-at", "2026-03-05"), "what was known at"),
    ],
)
def test_what_was_learned_is_given_with_the_claims_that_changed_states(
    compared: tuple[str, ...], since: str, told_later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("diff", *compared, "--to", "2026-03-06", "--data-dir", str(told_later))
    assert run([*asked, "--format", "json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["before"]["state"], change["after"]["state"]) == ("conditional", "in force")
    assert [each["evidence"] for each in change["came"]] == [f"{ID}told"]
    assert change["went"] == []
    assert run(asked) == 0
    out, err = capsys.readouterr()
    assert "now: told (press)" in out
    assert err.startswith(f"1 states differ from {since}")


def test_a_version_is_compared_with_one_in_which_less_was_recorded(
    told_later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("diff", "--from-version", "2", "--version", "1", "--to", "2026-03-06")
    assert run([*asked, "--data-dir", str(told_later)]) == 0
    assert "no longer: told (press)" in capsys.readouterr().out
    asked = ("diff", "--from-version", "0", "--version", "1", "--to", "2026-03-06")
    assert run([*asked, "--data-dir", str(told_later)]) == 0
    out, _ = capsys.readouterr()
    assert "not recorded" in out
    assert "what is recorded of the undertaking itself" in out


def test_the_past_of_the_graph_can_be_shown_and_explained(
    told_later: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    states = {"1": "conditional", "2": "in force"}
    for verb in ("show", "explain", "timeline"):
        for version, state in states.items():
            asked = (verb, "pact", "--as-of", "2026-03-06", "--version", version)
            assert run([*asked, "--data-dir", str(told_later), "--format", "json"]) == 0
            found = json.loads(capsys.readouterr().out)
            assert found["version"] == int(version)
            assert state in json.dumps(found["debtors"])
