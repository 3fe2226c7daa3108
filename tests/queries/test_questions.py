"""The page of questions has all of them, each with what asks it, in step with the headers."""

from __future__ import annotations

import re
from collections import defaultdict

import yaml

from graph.query import queries
from tests.queries.cases import HERE
from tests.queries.page import PAGE, questions

NUMBERS = [
    f"{number}{'E' if number <= 10 else 'M' if number <= 26 else 'H' if number <= 40 else 'X'}"
    for number in range(1, 55)
]


def test_every_question_is_on_the_page_in_order_with_something_that_asks_it() -> None:
    assert [each.number for each in questions()] == NUMBERS
    assert all(each.command.startswith("servanda ") and each.answer for each in questions())


def test_the_page_of_questions_is_in_step_with_the_headers() -> None:
    answered: dict[str, set[str]] = defaultdict(set)
    for query in queries():
        for number in query.question:
            answered[number].add(query.name)
    asked = {each.number: {one.query for one in each.queries} for each in questions()}
    assert {number: names for number, names in asked.items() if names} == answered


def test_every_query_is_named_on_the_page_of_questions() -> None:
    named = set(re.findall(r"`servanda query ([a-z-]+)", PAGE))
    assert {query.name for query in queries()} == named


def test_a_case_that_answers_for_want_of_data_is_run() -> None:
    (case,) = re.findall(r"the case “(.*?)”", PAGE)
    cases = yaml.safe_load((HERE.parent / "cases" / "lifecycle.yaml").read_text(encoding="utf-8"))
    assert case in {each["case"] for each in cases}
