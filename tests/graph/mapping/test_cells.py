"""A cell is read by its datatype, and keeps the digits it has."""

from __future__ import annotations

import pytest

from graph.mapping.cells import datatype_of
from graph.tables.cells import Unfit


@pytest.mark.parametrize(
    ("described", "cell", "literal"),
    [
        ({}, " two words ", " two words "),
        ({"base": "decimal"}, "-0.10", "-0.10"),
        ({"base": "integer", "minimum": 1}, "007", "007"),
        ({"base": "date"}, "2026-01-06", "2026-01-06T00:00:00Z"),
        ({"base": "date", "format": "d.M.yyyy"}, "6.1.2026", "2026-01-06T00:00:00Z"),
        ({"base": "date", "format": "MM/dd/yyyy"}, "01/06/2026", "2026-01-06T00:00:00Z"),
        ({"base": "string", "format": "[A-Z]+"}, "ABC", "ABC"),
    ],
)
def test_a_cell_becomes_a_literal(described: dict[str, object], cell: str, literal: str) -> None:
    assert datatype_of(described).read(cell) == literal


@pytest.mark.parametrize(
    ("described", "cell", "told"),
    [
        ({"base": "decimal"}, "1,5", "`1,5` is not an `xsd:decimal`"),
        ({"base": "integer", "minimum": 1}, "0", "`0` is less than 1"),
        ({"base": "integer", "maximum": 12}, "13", "`13` is more than 12"),
        ({"base": "date"}, "2026-02-30", "`2026-02-30` is not a day of the form yyyy-MM-dd"),
        ({"base": "date", "format": "d.M.yyyy"}, "2026-02-03", "not a day of the form d.M.yyyy"),
        ({"base": "string", "format": "[A-Z]+"}, "abc", "`abc` is not of the form `[A-Z]+`"),
    ],
)
def test_a_cell_of_another_kind_is_refused(
    described: dict[str, object], cell: str, told: str
) -> None:
    with pytest.raises(Unfit) as refused:
        datatype_of(described).read(cell)
    assert told in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("described", "told"),
    [
        ({"base": "date", "format": "yy"}, "`yy` is no form of a day"),
        ({"base": "decimal", "format": "#"}, "a `decimal` takes no `format`"),
        ({"base": "string", "format": "("}, "is no regular expression"),
        ({"base": "string", "minimum": 1}, "a `string` has no bounds"),
        ({"base": "integer", "minimum": "one"}, "`one` is no bound"),
        ({"base": "integer", "minimum": "NaN"}, "`NaN` is no bound"),
        ({"base": ["x"]}, "is no datatype"),
        ({"base": "string", "format": ["x"]}, "`format` is not a text"),
        ({"base": "string", "format": "a{99999999999999}"}, "is no regular expression"),
        ({"base": "string", "format": "(" * 3000 + ")" * 3000}, "is no regular expression"),
        ({"base": "string", "length": 3}, "`length` of a datatype is not followed"),
    ],
)
def test_a_datatype_that_is_not_followed_is_refused(
    described: dict[str, object], told: str
) -> None:
    with pytest.raises(ValueError, match="`") as refused:
        datatype_of(described)
    assert told in str(refused.value)
