"""A named query written as a text of its own gives the same answers."""

from __future__ import annotations

import pytest

from graph.errors import InvalidRequest
from graph.query import find
from graph.query_text import filled_in
from graph.store import Store
from tests.queries.cases import Case, Data, cases, table


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_the_text_with_its_parameters_filled_in_answers_as_the_query_does(
    case: Case, stores: dict[Data, Store]
) -> None:
    text = filled_in(find(case.query), case.arguments)
    assert table(stores[case.data].query(text), case.columns) == case.rows


def test_the_text_begins_with_what_it_answers_and_has_no_header() -> None:
    text = filled_in(find("amounts"), {"unit": 'a "unit"'})
    assert text.startswith("# Which figures were promised, by whom, and as a floor,")
    assert "#+" not in text
    assert 'WHERE {\n  VALUES ?unit { "a \\"unit\\"" }\n' in text


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="`France!` is not"):
        filled_in(find("amounts"), {"debtor": "France!"})
