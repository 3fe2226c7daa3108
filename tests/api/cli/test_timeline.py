from __future__ import annotations

from tests.api.cli.conftest import Answer, Shown

FORCE = "commitment/multinational-force"


def test_each_phase_has_its_days_and_what_began_it(answer: Answer) -> None:
    found = answer("timeline", FORCE, "--as-of", "2026-01-10")
    (canada, _, _) = found["debtors"]
    days = [(each["from"], each["to"], each["state"]) for each in canada["phases"]]
    assert days == [
        (None, "2025-12-31", "not made"),
        ("2026-01-01", "2026-01-30", "undetermined"),
        ("2026-01-31", None, "conditional"),
    ]
    assert [each["askedAbout"] for each in canada["phases"]] == [False, True, False]
    causes = [[cause["text"] for cause in each["because"]] for each in canada["phases"]]
    assert causes == [
        [],
        ["it was made", "the framework is endorsed: waiting -> unknown"],
        ["it was made", "the framework is endorsed: unknown -> met"],
    ]


def test_the_phase_asked_about_is_marked(shown: Shown) -> None:
    out, err = shown("timeline", FORCE, "--as-of", "2026-02")
    marked = [line.split() for line in out.splitlines() if line.lstrip().startswith("*")]
    assert marked == [
        ["*", *debtor.split(), "2026-01-31", "conditional", "it", "was", "made"]
        for debtor in ("Canada", "France", "United Kingdom")
    ]
    assert err.startswith(f"{FORCE}; as of 2026-02-28, ")
