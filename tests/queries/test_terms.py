"""The page of questions names the terms that each question needs, and all of them exist."""

from __future__ import annotations

import pytest

from tests.queries import terms
from tests.queries.page import Question, questions


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.number)
def test_the_page_names_the_terms_a_question_needs(question: Question) -> None:
    assert terms.on_page()[question.number] == terms.needed(question)


def test_every_question_needs_terms_and_has_one_row() -> None:
    assert list(terms.on_page()) == [question.number for question in questions()]
    assert all(terms.on_page().values())


def test_the_page_names_what_the_engine_reads() -> None:
    assert terms.engine_on_page() == terms.read_by_engine()
    assert {"debtor", "establishedWhen", "operand", "polarity"} <= terms.read_by_engine()


def test_every_term_on_the_page_is_declared() -> None:
    named = set().union(*terms.on_page().values(), terms.engine_on_page())
    assert named - {terms.ENGINE} <= terms.declared()
