"""Odds: by hand on little rules, and equal to a sum over every set of acts."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.circularity import (
    EXCLUDED,
    GIVEN,
    AtLeastOf,
    Atom,
    Exclusion,
    Formula,
    Rules,
    Sort,
    either,
    every,
)
from graph.errors import InvalidRequest
from graph.odds import Chances, Odds, odds
from tests.graph.systems import ATOMS, A, B, C, D, E, formulas, holds, sets_of, systems

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def chance(
    target: Formula, given_: dict[Atom, Fraction], rules: Rules | None = None
) -> Fraction | None:
    return of(target, given_, rules).probability


def of(
    target: Formula,
    given_: dict[Atom, Fraction],
    rules: Rules | None = None,
    *pairs: tuple[Atom, Atom],
    otherwise: Fraction | None = None,
) -> Odds:
    exclusions = [Exclusion((one.iri, other.iri), every((one, other))) for one, other in pairs]
    (found,) = odds(rules or Rules({}), [target], Chances(given_, otherwise), exclusions)
    return found


def test_of_independent_acts_probabilities_multiply() -> None:
    assert chance(every((A, B)), {A: HALF, B: THIRD}) == Fraction(1, 6)
    assert chance(either((A, B)), {A: HALF, B: THIRD}) == Fraction(2, 3)


def test_an_act_that_two_parts_share_counts_once() -> None:
    assert chance(either((every((A, B)), every((A, C)))), dict.fromkeys((A, B, C), HALF)) == (
        Fraction(3, 8)
    )


def test_what_is_given_is_certain_and_what_is_excluded_is_not() -> None:
    assert chance(GIVEN, {}) == 1
    assert chance(EXCLUDED, {}) == 0


def test_a_circle_without_a_way_in_never_comes_about() -> None:
    assert chance(A, {}, Rules({A: B, B: A})) == 0
    assert chance(A, {C: THIRD}, Rules({A: either((B, C)), B: A})) == THIRD


def test_a_probability_stands_in_place_of_what_a_thing_needs() -> None:
    rules = Rules({A: every((B, C))})
    assert chance(A, {B: HALF, C: HALF}, rules) == Fraction(1, 4)
    assert chance(A, {A: THIRD, B: HALF, C: HALF}, rules) == THIRD


def test_a_consent_is_given_without_its_condition_only_if_that_has_a_probability() -> None:
    consent, waiver = Atom("a", Sort.CONSENT), Atom("a", Sort.WAIVER)
    rules = Rules({consent: B})
    assert chance(consent, {B: HALF}, rules) == HALF
    assert chance(consent, {B: HALF, waiver: HALF}, rules) == Fraction(3, 4)


def test_acts_without_a_probability_are_named_if_they_make_a_difference() -> None:
    target = either((A, every((A, B)), every((C, D))))
    assert of(target, {A: HALF}) == Odds(None, missing=(C, D))
    assert of(target, {A: HALF}, otherwise=Fraction(0)).probability == HALF


def test_what_is_certain_leaves_nothing_else_to_ask_for() -> None:
    assert of(every((A, B)), {A: Fraction(0)}) == Odds(Fraction(0))
    assert of(either((A, B)), {A: Fraction(1)}) == Odds(Fraction(1))


def test_for_a_consent_that_cannot_come_in_a_circle_nothing_else_is_asked() -> None:
    consent = Atom("a", Sort.CONSENT)
    rules = Rules({consent: B, B: every((consent, C))})
    assert of(B, {}, rules) == Odds(Fraction(0))
    assert of(B, {Atom("a", Sort.WAIVER): HALF}, rules) == Odds(None, missing=(C,))


def test_a_pair_that_is_so_already_excludes_nothing() -> None:
    (found,) = odds(Rules({}), [A], Chances({A: HALF}), [Exclusion(("x", "y"), GIVEN)])
    assert found == Odds(HALF)


def test_what_excludes_each_other_is_conditioned_on() -> None:
    found = of(A, {A: HALF, B: HALF}, None, (A, B))
    # Of the four equal cases the one with both is out; in one of the other three A holds.
    assert found == Odds(THIRD, excluded=(("a", "b"),))


def test_a_pair_that_has_no_act_in_common_cancels_out() -> None:
    found = of(A, {A: HALF, B: HALF, C: HALF}, None, (B, C))
    assert found == Odds(HALF)


def test_a_pair_counts_if_it_is_bound_to_a_target_by_another_pair() -> None:
    found = of(A, dict.fromkeys((A, B, C), HALF), None, (A, B), (B, C))
    # Without both pairs five cases are left: none, a, b, c, a and c.
    assert found == Odds(Fraction(2, 5), excluded=(("a", "b"), ("b", "c")))


def test_a_pair_whose_other_matter_has_no_probability_is_left_aside_and_named() -> None:
    assert of(A, {A: HALF}, None, (A, B)) == Odds(HALF, aside=(("a", "b"),))


def test_two_that_exclude_each_other_cannot_both_be_certain() -> None:
    with pytest.raises(InvalidRequest, match="`a` and `b` exclude each other and are both certain"):
        of(A, dict.fromkeys((A, B), Fraction(1)), None, (A, B))
    with pytest.raises(InvalidRequest, match="both certain"):
        of(C, {}, None, (A, B), otherwise=Fraction(1))


def test_two_hundred_acts_are_no_matter() -> None:
    acts = [Atom(f"act-{number:03}", Sort.ACT) for number in range(200)]
    found = chance(AtLeastOf(100, tuple(acts)), dict.fromkeys(acts, HALF))
    # By symmetry: half of what is not exactly 100, and all of that.
    assert found is not None
    assert 2 * found - 1 == Fraction(_choose(200, 100), 2**200)


def _choose(many: int, few: int) -> int:
    row = [1]
    for _ in range(many):
        row = [left + right for left, right in zip([0, *row], [*row, 0], strict=True)]
    return row[few]


probabilities = st.dictionaries(
    st.sampled_from(ATOMS), st.integers(0, 10).map(lambda tenths: Fraction(tenths, 10))
)


@given(
    systems(),
    formulas(*ATOMS),
    probabilities,
    st.integers(0, 10),
    st.lists(st.tuples(formulas(*ATOMS), formulas(A, D, E)), max_size=2),
)
def test_the_odds_are_those_that_a_sum_over_every_set_of_acts_gives(
    rules: Rules,
    target: Formula,
    given_: dict[Atom, Fraction],
    otherwise: int,
    pairs: list[tuple[Formula, Formula]],
) -> None:
    """Every pair of formulas is excluded, whether or not it bears on the target."""
    chances = Chances(given_, Fraction(otherwise, 10))
    exclusions = [Exclusion((str(n), "other"), every(pair)) for n, pair in enumerate(pairs)]
    cut = Rules({atom: need for atom, need in rules.needs.items() if atom not in given_})
    free = [atom for atom in ATOMS if atom not in cut.needs]
    whole = both = Fraction(0)
    for acts in sets_of(free):
        true = cut.following(acts)
        if any(holds(each.formula, true) for each in exclusions):
            continue
        weight = prod(p if a in acts else 1 - p for a in free if (p := chances.of(a)) is not None)
        whole += weight
        both += weight * holds(target, true)
    if whole:
        (found,) = odds(rules, [target], chances, exclusions)
        assert found.probability == both / whole
    elif not any(rules.already(each.formula) for each in exclusions):
        with pytest.raises(InvalidRequest, match="both certain"):
            odds(rules, [target], chances, exclusions)
