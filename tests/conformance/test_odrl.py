"""Compares Servanda with the reports that the ODRL test suite expects.

By the instant, the language of conditions is put to the test: each instant that a case names is a
day. By the day, the calendar is too: the time of day cannot be told. What disagrees stands in
`odrl-skips.yaml` with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conformance.odrl import Translation, by_the_day, by_the_instant
from tests.conformance.odrl_report import Answered, Expected
from tests.conformance.odrl_suite import FOLDER, REPORT, Case, Facts, read_cases

if not FOLDER.is_dir():
    pytest.skip(f"the ODRL test suite is not at {FOLDER}", allow_module_level=True)


@dataclass(frozen=True)
class Comparison:
    """One thing that a report says, and how Servanda says it; nothing expected compares nothing."""

    expected: Callable[[Case], object]
    answered: Callable[[Case], object]


COMPARISONS = {
    "activation by the instant": Comparison(
        lambda case: Expected(case).activation(),
        lambda case: Answered(Translation(case, by_the_instant(case))).activation(),
    ),
    "activation by the day": Comparison(
        lambda case: Expected(case).activation(),
        lambda case: Answered(Translation(case, by_the_day(case))).activation(),
    ),
    "premises by the instant": Comparison(
        lambda case: Expected(case).satisfactions(),
        lambda case: Answered(Translation(case, by_the_instant(case))).satisfactions(),
    ),
    "premises by the day": Comparison(
        lambda case: Expected(case).satisfactions(),
        lambda case: Answered(Translation(case, by_the_day(case))).satisfactions(),
    ),
    "duties": Comparison(
        lambda case: Expected(case).duties(),
        lambda case: Answered(Translation(case, by_the_instant(case))).duties(),
    ),
}
OPPOSITES = {
    REPORT + state: REPORT + opposite
    for state, opposite in {
        "Active": "Inactive",
        "Inactive": "Active",
        "Satisfied": "Unsatisfied",
        "Unsatisfied": "Satisfied",
        "Fulfilled": "Violated",
        "Violated": "Fulfilled",
        "NonSet": "Violated",
    }.items()
}
CASES = read_cases()
SKIPS = Path(__file__).with_name("odrl-skips.yaml")
DISAGREEMENTS: dict[tuple[str, int], dict[str, Any]] = {
    (entry["comparison"], entry["case"]): entry
    for entry in yaml.safe_load(SKIPS.read_text("utf-8"))
}
COMPARED = [
    (name, case)
    for case in CASES
    for name, comparison in COMPARISONS.items()
    if comparison.expected(case)
]


def parameters() -> Iterator[Any]:
    for name, case in COMPARED:
        entry = DISAGREEMENTS.get((name, case.number))
        marks = [pytest.mark.xfail(reason=entry["reason"], raises=AssertionError)] if entry else []
        yield pytest.param(name, case, id=f"{case.name} {name}", marks=marks)


def agree(name: str, case: Case) -> None:
    comparison = COMPARISONS[name]
    assert comparison.answered(case) == comparison.expected(case)


@pytest.mark.parametrize(("name", "case"), list(parameters()))
def test_servanda_says_what_the_report_says(name: str, case: Case) -> None:
    agree(name, case)


@pytest.mark.parametrize("name", COMPARISONS)
def test_a_flipped_expectation_is_noticed(name: str) -> None:
    agreeing = [c for n, c in COMPARED if n == name and (n, c.number) not in DISAGREEMENTS]
    assert agreeing
    for case in agreeing:
        with pytest.raises(AssertionError):
            agree(name, flipped(case))


@pytest.mark.parametrize(("name", "number"), DISAGREEMENTS)
def test_servanda_disagrees_in_no_other_way_than_is_listed(name: str, number: int) -> None:
    (case,) = (case for of, case in COMPARED if (of, case.number) == (name, number))
    answered, expected = COMPARISONS[name].answered(case), COMPARISONS[name].expected(case)
    assert differing(answered, expected) == DISAGREEMENTS[name, number]["servanda"]


def test_the_suite_is_compared_as_a_whole() -> None:
    assert [case.number for case in CASES] == list(range(1, 69))
    by_the_instant = [case for name, case in COMPARED if name == "activation by the instant"]
    assert by_the_instant == CASES
    assert sum(len(Expected(case).satisfactions()) for case in CASES) == 2559


def differing(answered: object, expected: object) -> object:
    """Give what of an answer is not as expected."""
    if not isinstance(answered, dict) or not isinstance(expected, dict):
        return answered
    return {each: said for each, said in answered.items() if expected.get(each) != said}


def flipped(case: Case) -> Case:
    """Turn what is expected into its opposite, and leave all that it is derived from."""
    return replace(
        case,
        report=flipped_facts(case.report, REPORT + "activationState", REPORT + "satisfactionState"),
        given=flipped_facts(case.given, REPORT + "deonticState"),
    )


def flipped_facts(facts: Facts, *predicates: str) -> Facts:
    triples = ((s, p, OPPOSITES[o] if p in predicates else o) for s, p, o in facts.triples)
    return replace(facts, triples=frozenset(triples))
