"""The page of questions is read as it is written; that it is right is tested in tests/queries."""

from __future__ import annotations

import pytest

from graph import competency
from graph.competency import Asking, Group
from graph.errors import NotFound, UnreadableInput


def test_there_are_54_questions_of_four_groups() -> None:
    found = competency.questions()
    assert len(found) == 54
    assert [each.group for each in found] == sorted(
        (each.group for each in found), key=list(Group).index
    )


def test_a_question_has_what_asks_it_and_what_it_needs() -> None:
    found = competency.question("29H")
    assert found.text == "What is a commitment waiting for?"
    assert found.queries == [
        Asking("waits-for", {"date": "2026-02-15", "commitment": "commitment/multinational-force"})
    ]
    assert found.asks[1] == "servanda explain ID"
    assert "waitsFor" in found.terms
    assert found.needs_engine


def test_an_unknown_number_is_not_found() -> None:
    with pytest.raises(NotFound, match="`55X`"):
        competency.question("55X")


@pytest.mark.parametrize(
    ("page", "said"),
    [("# Nothing\n", "no line"), ("| 1E Who? | `servanda gaps` | `x` | y |\n", "no terms for 1E")],
)
def test_a_page_that_lacks_something_is_refused(page: str, said: str) -> None:
    with pytest.raises(UnreadableInput, match=said):
        competency.read(page)
