"""The page of questions names the terms that each question needs, and all of them exist."""

from __future__ import annotations

import re

import pytest

from graph.competency import engine_terms
from tests.queries import terms
from tests.queries.page import PAGE, Question, questions


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.number)
def test_the_page_names_the_terms_a_question_needs(question: Question) -> None:
    assert terms.on_page(question) == terms.needed(question)
    assert terms.on_page(question)


def test_each_question_has_one_row_of_terms() -> None:
    rows = re.findall(r"^\| (\d+[EMHX]) \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert rows == [question.number for question in questions()]


def test_the_page_names_what_the_engine_reads() -> None:
    assert set(engine_terms()) == terms.read_by_engine()
    assert {"debtor", "establishedWhen", "operand", "polarity"} <= terms.read_by_engine()


def test_every_term_on_the_page_is_declared() -> None:
    named = set().union(*(question.terms for question in questions()), engine_terms())
    assert named <= terms.declared()
