"""Circles, ways out of them, and smallest sets of acts: on little rules that are judged by hand."""

from __future__ import annotations

import pytest
from hypothesis import given

from graph.circularity import (
    EXCLUDED,
    GIVEN,
    AtLeastOf,
    Atom,
    Rules,
    Sort,
    Way,
    either,
    every,
)
from tests.graph.systems import A, B, C, D, holds, sets_of, systems


def test_what_needs_nothing_is_a_free_act() -> None:
    rules = Rules({A: every((B, C))})
    assert rules.step_by_step == {A, B, C}
    assert rules.way(A) is Way.STEP_BY_STEP
    assert rules.circles() == []


def test_two_that_wait_for_each_other_can_only_come_about_at_once() -> None:
    rules = Rules({A: B, B: A})
    assert rules.step_by_step == set()
    assert rules.way(A) is rules.way(B) is Way.AT_ONCE
    (circle,) = rules.circles()
    assert (circle.atoms, circle.hard) == ((A, B), True)
    assert rules.unlocking(A) == []


def test_an_alternative_outside_makes_a_circle_avoidable() -> None:
    rules = Rules({A: either((B, C)), B: A})
    (circle,) = rules.circles()
    assert (circle.atoms, circle.hard) == ((A, B), False)
    assert rules.unlocking(B) == [frozenset({C})]


def test_what_is_excluded_cannot_come_about_at_all() -> None:
    rules = Rules({A: every((B, EXCLUDED)), C: GIVEN})
    assert rules.way(A) is Way.NOT
    assert rules.way(C) is Way.STEP_BY_STEP
    assert rules.unlocking(C) == [frozenset()]


def test_one_that_waits_for_itself_is_a_circle_of_its_own() -> None:
    (circle,) = Rules({A: A}).circles()
    assert (circle.atoms, circle.hard) == ((A,), True)


def test_a_consent_may_be_given_without_its_condition_by_its_holder() -> None:
    consent = Atom("a", Sort.CONSENT)
    rules = Rules({consent: B, B: consent})
    assert rules.unlocking(B) == []
    assert rules.with_waivers().unlocking(B) == [frozenset({Atom("a", Sort.WAIVER)})]
    assert rules.way(B) is Way.AT_ONCE


def test_two_of_three_have_three_smallest_sets() -> None:
    rules = Rules({A: AtLeastOf(2, (B, C, D))})
    assert rules.unlocking(A) == [frozenset({B, C}), frozenset({B, D}), frozenset({C, D})]


def test_forty_that_must_all_come_about_are_one_set_and_not_their_halves() -> None:
    each = [Atom(f"approval-{number}", Sort.MATTER) for number in range(40)]
    rules = Rules({A: every((B, *each))})
    assert rules.unlocking(A) == [frozenset({B, *each})]


@given(systems())
def test_the_smallest_sets_are_those_that_trying_every_set_finds(rules: Rules) -> None:
    free = sorted(rules.atoms - set(rules.needs))
    for target in rules.atoms:
        enough = [acts for acts in sets_of(free) if target in closed(rules, acts)]
        smallest = {acts for acts in enough if not any(other < acts for other in enough)}
        assert set(rules.unlocking(target)) == smallest


@given(systems())
def test_what_comes_about_step_by_step_could_also_stand_at_once(rules: Rules) -> None:
    assert rules.step_by_step <= rules.at_once
    assert all(
        not circle.hard or not set(circle.atoms) & rules.step_by_step for circle in rules.circles()
    )


def closed(rules: Rules, acts: frozenset[Atom]) -> set[Atom]:
    """Do some acts and let follow what follows, one naive round after another."""
    true = set(acts)
    for _ in rules.needs:
        true |= {atom for atom, formula in rules.needs.items() if holds(formula, true)}
    return true


@pytest.mark.parametrize("count", [1, 3])
def test_a_circle_is_walked_in_the_order_of_waiting(count: int) -> None:
    atoms = [Atom(str(number), Sort.MATTER) for number in range(count)]
    rules = Rules({one: atoms[(place + 1) % count] for place, one in enumerate(atoms)})
    assert rules.circles()[0].atoms == tuple(atoms)
