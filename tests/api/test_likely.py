from __future__ import annotations

from fractions import Fraction

import pytest

from api.likely import read_probabilities, read_probability
from graph.errors import InvalidRequest


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("0.3", Fraction(3, 10)),
        (" 1/3", Fraction(1, 3)),
        (".5", Fraction(1, 2)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
    ],
)
def test_a_probability_is_read_exactly(text: str, exact: Fraction) -> None:
    assert read_probability(text) == exact


@pytest.mark.parametrize("text", ["", "1.1", "-0.1", "3/2", "1/0", "1e-3", "nan", "half", "\u0661"])
def test_what_is_no_number_from_0_to_1_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest, match="is no probability; give a number from 0 to 1"):
        read_probability(text)


def test_an_identifier_may_hold_an_equals_sign() -> None:
    assert list(read_probabilities(["event/a=b=0.5"])) == [("event/a=b", Fraction(1, 2))]


def test_a_number_alone_is_given_to_nothing() -> None:
    with pytest.raises(InvalidRequest, match="gives no probability"):
        list(read_probabilities(["=0.5"]))
