from __future__ import annotations

from itertools import product

import pytest

from graph.truth import (
    DISPUTED,
    HOLDING,
    MET,
    RULED_OUT,
    UNKNOWN,
    WAITING,
    Truth,
    Value,
    Verdict,
    at_least,
    conjunction,
    disjunction,
    negation,
)

VALUES = (MET, HOLDING, WAITING, RULED_OUT, UNKNOWN, DISPUTED)
ORDER = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}


def becomes(value: Value) -> set[Value]:
    """Give what a value may be found to be once more is known or time has passed."""
    if value.settled:
        return {value}
    return {*VALUES}


def test_kleene_conjunction_is_the_least_and_disjunction_the_greatest_truth() -> None:
    for values in product(VALUES, repeat=3):
        truths = [value.truth for value in values]
        assert conjunction(values).truth is min(truths, key=lambda truth: ORDER[truth])
        assert disjunction(values).truth is max(truths, key=lambda truth: ORDER[truth])


def test_de_morgan_holds_with_outlook_and_dispute() -> None:
    for values in product(VALUES, repeat=3):
        flipped = [negation(value) for value in values]
        assert negation(conjunction(values)) == disjunction(flipped)


def test_negation_undoes_itself() -> None:
    for value in VALUES:
        assert negation(negation(value)) == value


def test_order_and_grouping_do_not_matter() -> None:
    for a, b, c in product(VALUES, repeat=3):
        for combine in (conjunction, disjunction):
            assert combine([a, b]) == combine([b, a])
            assert combine([combine([a, b]), c]).truth is combine([a, b, c]).truth
            assert combine([combine([a, b]), c]).settled is combine([a, b, c]).settled


def test_a_settled_result_is_one_that_no_later_value_of_an_open_operand_changes() -> None:
    for minimum in range(4):
        for values in product(VALUES, repeat=2):
            result = at_least(minimum, values)
            futures = product(*(becomes(value) for value in values))
            reached = {at_least(minimum, future).truth for future in futures}
            if result.settled:
                assert reached == {result.truth}
            elif result.truth is not Truth.UNKNOWN:
                assert len(reached) > 1


def test_of_nothing_all_is_met_and_any_is_ruled_out() -> None:
    assert conjunction([]) == MET
    assert disjunction([]) == RULED_OUT
    assert at_least(0, [UNKNOWN]) == MET


def test_a_dispute_shows_only_where_the_result_is_unknown() -> None:
    for values in product(VALUES, repeat=2):
        for minimum in (1, 2):
            result = at_least(minimum, values)
            assert result.disputed is (result.truth is Truth.UNKNOWN and DISPUTED in values)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (MET, Verdict.MET),
        (HOLDING, Verdict.HOLDING),
        (WAITING, Verdict.WAITING),
        (RULED_OUT, Verdict.RULED_OUT),
        (UNKNOWN, Verdict.UNKNOWN),
        (DISPUTED, Verdict.DISPUTED),
    ],
)
def test_each_value_has_its_word(value: Value, verdict: Verdict) -> None:
    assert value.verdict is verdict
