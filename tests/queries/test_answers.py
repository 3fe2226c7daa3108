"""Every named query gives the answers worked out from the text by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from graph.query import NamedQuery, find, queries, run
from graph.store import Store, Term
from tests.queries.cases import Case, Data, cases, table, text
from tests.queries.page import Question, is_shown, questions

CASES = list(cases())
QUERIES = queries()

# A row is not about these: they are compared with what it is about.
COMPARED = {"date", "months"}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_query_answers_as_the_text_says(case: Case, stores: dict[Data, Store]) -> None:
    results = run(stores[case.data], find(case.query), case.arguments)
    assert table(results, case.columns) == case.rows


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_some_case_checks_every_column(query: NamedQuery, paris: Store) -> None:
    columns = run(paris, query, {}).variables
    assert columns in {case.columns for case in CASES if case.query == query.name}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_some_case_has_rows(query: NamedQuery) -> None:
    assert any(case.rows for case in CASES if case.query == query.name)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_parameter_keeps_exactly_the_rows_about_its_value(
    query: NamedQuery, stores: dict[Data, Store]
) -> None:
    store = stores["second"]
    free = [tuple(row) for row in store.query(query.text).rows()]
    columns = store.query(query.text).variables
    for parameter in query.parameters:
        if parameter.name in COMPARED:
            continue
        place = columns.index(parameter.name)
        for value in {row[place] for row in free if row[place] is not None}:
            expected = [row for row in free if row[place] == value]
            bound = store.query(query.text, bindings={parameter.name: value}).rows()
            assert _bag(map(tuple, bound)) == _bag(expected), f"{parameter.name} = {text(value)}"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_what_two_datasets_state_counts_once(
    query: NamedQuery, stores: dict[Data, Store], told_twice: Store
) -> None:
    once = run(stores["second"], query, {})
    twice = run(told_twice, query, {})
    assert table(twice, twice.variables) == table(once, once.variables)


@pytest.mark.parametrize(
    "question",
    [each for each in questions() if each.elsewhere],
    ids=lambda question: question.number,
)
def test_a_question_that_the_shipped_data_leaves_open_is_answered_from_invented_ones(
    question: Question, stores: dict[Data, Store]
) -> None:
    assert question.query
    ((data, excerpt),) = question.elsewhere.items()
    asked = question.query
    results = run(stores[data], find(asked.query), asked.arguments)  # type: ignore[index] # a name of Data
    assert any(is_shown(excerpt, row) for row in table(results, results.variables))


def _bag(rows: Iterable[tuple[Term | None, ...]]) -> Counter[tuple[Term | None, ...]]:
    return Counter(rows)
