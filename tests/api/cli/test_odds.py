"""Odds in the shipped data: reckoned by hand, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from graph.namespaces import ID
from tests.api.cli.conftest import Answer, Shown

DAY = ("--as-of", "2026-02-15")
APPROVALS = tuple(
    f"approval/{name}=0.5"
    for name in (
        "canada-implementation",
        "france-implementation",
        "france-troops",
        "united-kingdom-implementation",
        "united-kingdom-troops",
    )
)
LIKELY = (
    "event/ceasefire=0.3",
    "event/peace-settlement=0.2",
    "event/comprehensive-settlement=0.2",
    *APPROVALS,
)
CONSENT = "condition/russia-consents-to-peace-settlement"
NO_NATO = "state-of-affairs/no-nato-troops-in-ukraine"


def options(likely: tuple[str, ...]) -> list[str]:
    return [part for each in likely for part in ("--probability", each)]


def odds(answer: Answer, *arguments: str) -> dict[str, dict[str, Any]]:
    found = answer("whatif", *DAY, *arguments)
    assert found["hypothetical"] is True
    return {each["commitment"].rpartition("/")[2]: each for each in found["commitments"]}


def exact(found: dict[str, Any]) -> Fraction:
    return Fraction(found["probability"]["exact"])


def by_debtor(found: dict[str, Any]) -> dict[str, Fraction]:
    return {each["debtor"].rpartition("/")[2]: exact(each) for each in found["debtors"]}


def test_the_multinational_force_comes_as_a_hand_calculation_says(answer: Answer) -> None:
    force = odds(answer, *options(LIKELY))["multinational-force"]
    # A ceasefire or one of the two settlements; they are independent.
    opened = 1 - Fraction(7, 10) * Fraction(8, 10) * Fraction(8, 10)
    assert opened == Fraction("0.552")
    # Canada needs one approval; France and the United Kingdom need one of troops as well.
    assert by_debtor(force) == {
        "canada": opened / 2,
        "france": opened / 4,
        "united-kingdom": opened / 4,
    }
    # All three share the opening and need five approvals.
    assert exact(force) == opened / 32 == Fraction("0.01725")
    assert force["probability"]["value"] == 0.01725


def test_under_a_reading_the_two_settlements_are_one(answer: Answer) -> None:
    reading = ("--reading", "reading/settlements-are-one")
    likely = ("event/ceasefire=0.3", "event/peace-settlement=0.2", *APPROVALS)
    force = odds(answer, *reading, *options(likely))["multinational-force"]
    assert exact(force) == Fraction("0.44") / 32


def test_a_force_and_a_territory_without_nato_troops_do_not_go_together(answer: Answer) -> None:
    force = odds(answer, *options((*LIKELY, f"{NO_NATO}=0.4")))["multinational-force"]
    whole, bare = Fraction("0.01725"), Fraction("0.4")
    # A force is in Ukraine as soon as one of the three is bound to send its part.
    none_of_three = (1 - Fraction(1, 2)) * (1 - Fraction(1, 4)) * (1 - Fraction(1, 4))
    force_there = Fraction("0.552") * (1 - none_of_three)
    assert exact(force) == whole * (1 - bare) / (1 - force_there * bare)
    assert ids(force["excluded"]) == [("multinational-force-in-ukraine", NO_NATO)]
    # Of NATO troops nothing was said: that they exclude a bare territory is left aside.
    assert ids(force["aside"]) == [("nato-troops-in-ukraine", NO_NATO)]


def ids(pairs: list[list[dict[str, str]]]) -> list[tuple[str, str]]:
    return [(one["id"].rpartition("/")[2], other["id"].removeprefix(ID)) for one, other in pairs]


def test_what_has_no_probability_is_named_and_not_guessed(answer: Answer) -> None:
    found = odds(answer, *options(LIKELY))
    response = found["response-protocols"]
    assert response["probability"] is None
    assert [each["id"].removeprefix(ID) for each in response["missing"]] == [
        "condition/aggression-determined",
        "event/renewed-aggression",
    ]
    assert exact(found["military-assistance"]) == 1
    assert ids(found["multinational-force"]["aside"]) == [
        ("multinational-force-in-ukraine", NO_NATO)
    ]


def test_one_probability_can_be_given_for_all_others(answer: Answer) -> None:
    found = odds(answer, *options(("event/ceasefire=1", f"{NO_NATO}=0")), "--otherwise", "1/2")
    assert exact(found["multinational-force"]) == Fraction(1, 32)
    assert exact(found["response-protocols"]) == Fraction(1, 8) * Fraction(1, 4)


def test_a_consent_can_be_given_without_its_condition(answer: Answer) -> None:
    likely = options((f"{NO_NATO}=0", *(each.replace("0.5", "1") for each in APPROVALS)))
    never = odds(answer, *likely)["multinational-force"]
    assert exact(never) == 0
    perhaps = odds(answer, *likely, "--waiver", f"{CONSENT}=0.25")["multinational-force"]
    assert exact(perhaps) == Fraction(1, 4)


def test_probabilities_are_read_from_a_file(answer: Answer, tmp_path: Path) -> None:
    file = tmp_path / "likely.txt"
    file.write_text("\n".join(("# a guess", "", *LIKELY)), "utf-8")
    force = odds(answer, "--probabilities", str(file))["multinational-force"]
    assert exact(force) == Fraction("0.01725")


def test_the_table_puts_debtors_with_equal_odds_together(shown: Shown) -> None:
    out, err = shown("whatif", *DAY, *options(LIKELY))
    force = [line for line in out.splitlines() if "Multinational force" in line]
    assert ["France, United Kingdom" in line and "0.138" in line for line in force] == [
        False,
        False,
        True,
    ]
    assert "a finding that there was an aggression; a future" in out
    assert "left aside, for want of a probability: a multinational force is in Ukraine" in err
    assert "hypothetical; no act is taken to bear on another; as of 2026-02-15" in err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--probability", "event/ceasefir=0.5"], "did you mean `event/ceasefire`"),
        (["--probability", "event/ceasefire=1.5"], "`1.5` is no probability; give a number from"),
        (["--probability", "event/ceasefire=-0.5"], "`-0.5` is no probability"),
        (["--probability", "event/ceasefire=1/0"], "`1/0` is no probability"),
        (["--probability", "event/ceasefire=1e-999999999"], "is no probability"),
        (["--probability", "event/ceasefire="], "`` is no probability"),
        (["--probability", "0.5"], "`0.5` gives no probability; write it as event/ceasefire=0.3"),
        (
            ["--probability", "event/ceasefire=0.5", "--probability", "event/ceasefire=0.4"],
            "`event/ceasefire` is given two probabilities",
        ),
        (
            ["--probability", "event/ceasefire=0.5", "--set", "event/ceasefire=true@2026-02-01"],
            "`event/ceasefire` is so on that day already; leave it out",
        ),
        (
            ["--probability", "event/ceasefire=1", "--waiver", "event/ceasefire=1"],
            "no consent that a commitment hangs on is called `event/ceasefire`",
        ),
        (
            ["--probability", f"{CONSENT}=1", "--waiver", f"{CONSENT}=1"],
            "is given a probability with its condition and one without it",
        ),
        (["--otherwise", "much"], "`much` is no probability"),
        (
            [
                *options(tuple(each.replace("0.5", "1") for each in APPROVALS)),
                *options(("event/ceasefire=1", f"{NO_NATO}=1")),
            ],
            "exclude each other and are both certain",
        ),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(
    arguments: list[str], complaint: str, shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["whatif", *DAY, *arguments, "--data-dir", str(shipped)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert complaint in line


def test_a_file_that_is_no_text_is_refused(
    shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "likely.bin"
    file.write_bytes(b"\xff\xfe\x00")
    code = run(["whatif", "--probabilities", str(file), "--data-dir", str(shipped)])
    assert (code, "is not UTF-8" in capsys.readouterr().err) == (3, True)
    assert run(["whatif", "--probabilities", "absent", "--data-dir", str(shipped)]) == 3
