"""The competency questions are answered, and docs/questions.md names the queries that do it."""

from __future__ import annotations

import re
from collections import defaultdict

from graph.query import queries
from tests.queries.cases import HERE

PAGE = (HERE.parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")
LINE = re.compile(r"^\| (?P<number>\d+[EMHX]) .*\? ?[^|]*\| (?P<names>[^|]+) \| (?P<answer>.+) \|$")
EASY = {f"{number}E" for number in range(1, 11)}
MEDIUM = {f"{number}M" for number in range(11, 27)}


def test_every_easy_and_medium_question_has_a_query() -> None:
    assert set(_answered()) >= EASY | MEDIUM


def test_the_page_of_questions_is_in_step_with_the_headers() -> None:
    lines = [match for line in PAGE.splitlines() if (match := LINE.match(line))]
    listed = {line["number"]: set(re.findall(r"`([^`]+)`", line["names"])) for line in lines}
    assert len(lines) == len(listed)
    assert listed == _answered()


def test_every_query_is_named_on_the_page_of_questions() -> None:
    assert {query.name for query in queries()} <= set(re.findall(r"`([a-z-]+)`", PAGE))


def _answered() -> dict[str, set[str]]:
    answered: dict[str, set[str]] = defaultdict(set)
    for query in queries():
        for number in query.question:
            answered[number].add(query.name)
    return dict(answered)
