from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Claims, Policy, Rule
from graph.model import Evidence, Matter, MatterKind
from graph.timeline import NEVER, Span
from graph.truth import DISPUTED, HOLDING, MET, UNKNOWN, WAITING, Value
from tests.graph.models import claims as heard
from tests.graph.models import spans
from tests.graph.naive.claims import Heard
from tests.graph.naive.courses import DAYS

EVENT = Matter("attack", MatterKind.EVENT)
STATE = Matter("truce", MatterKind.STATE)


def claim(name: str, holds: bool, since: int, latest: int | None = None) -> Evidence:
    span = Span(since, since if latest is None else latest)
    return Evidence(name, "m", holds, span, published=span, sources=(f"source-of-{name}",))


def claims(matter: Matter, *about: Evidence, rule: Rule = Rule.SCEPTICAL) -> Claims:
    return Claims(matter, about, rule, {"source-of-high": 9})


def test_the_ground_of_a_clash_names_both_sides() -> None:
    told, denied = claim("told", True, 5), claim("denied", False, 7)
    ground = claims(EVENT, told, denied).on(10)
    assert (ground.value, ground.supporting, ground.opposing) == (DISPUTED, (told,), (denied,))


def test_a_denial_that_a_later_report_leaves_behind_opposes_nothing() -> None:
    told, denied = claim("told", True, 9), claim("denied", False, 7)
    ground = claims(EVENT, told, denied).on(10)
    assert (ground.value, ground.supporting, ground.opposing) == (MET, (told,), ())


def test_the_ground_of_not_yet_names_the_denials() -> None:
    denied = claim("denied", False, 7)
    ground = claims(EVENT, denied).on(10)
    assert (ground.value, ground.supporting, ground.opposing) == (WAITING, (), (denied,))


def test_the_ground_of_a_doubt_names_who_may_speak() -> None:
    told, denied = claim("told", True, 5), claim("denied", False, 6, latest=9)
    ground = claims(STATE, told, denied).on(7)
    assert (ground.value, ground.supporting, ground.opposing) == (UNKNOWN, (told,), (denied,))


@pytest.mark.parametrize(
    ("rule", "value"),
    [(Rule.SCEPTICAL, DISPUTED), (Rule.RANKED, HOLDING), (Rule.CREDULOUS, HOLDING)],
)
def test_a_policy_decides_a_clash(rule: Rule, value: Value) -> None:
    both = claims(STATE, claim("high", True, 5), claim("low", False, 5), rule=rule)
    assert both.on(6).value == value


def test_claims_that_come_in_another_order_come_to_the_same() -> None:
    about = [claim("a", True, 3), claim("b", False, 5, latest=8), claim("c", True, 9)]
    for matter in (EVENT, STATE, replace(STATE, kind=MatterKind.APPROVAL)):
        assert claims(matter, *about).timeline() == claims(matter, *about[::-1]).timeline()


def test_what_surely_came_about_by_a_floor_does_not_count() -> None:
    floored = claims(EVENT, claim("early", True, 3), claim("late", True, 9)).later_than(Span(5, 5))
    assert [floored.on(day).value for day in (4, 8, 9)] == [WAITING, WAITING, MET]


def test_what_may_have_come_about_by_a_floor_never_makes_sure() -> None:
    floored = claims(EVENT, claim("some-day", True, 3, latest=9)).later_than(Span(5, 5))
    assert [floored.on(day).value for day in (2, 3, 99)] == [WAITING, UNKNOWN, UNKNOWN]


def test_a_surely_later_denial_takes_over_from_what_may_be_later_than_a_floor() -> None:
    some_day, denied = claim("some-day", True, 3, latest=9), claim("denied", False, 12)
    floored = claims(STATE, some_day, denied).later_than(Span(5, 5))
    assert [floored.on(day).value for day in (10, 12)] == [UNKNOWN, WAITING]


def test_a_timeline_has_the_value_of_each_day() -> None:
    both = claims(STATE, claim("a", True, 3, latest=6), claim("b", False, 9))
    timeline = both.timeline()
    assert [timeline.at(day) for day in range(20)] == [both.on(day).value for day in range(20)]
    assert timeline.starts[-1] < NEVER


def test_a_policy_names_its_rule_and_its_sources() -> None:
    assert str(Policy()) == "sceptical"
    assert str(Policy(Rule.RANKED, frozenset({"b", "a"}))) == "ranked, sources a, b"


@settings(max_examples=500)
@given(
    st.sampled_from(MatterKind),
    st.booleans(),
    heard(("m",), fewest=1, most=4),
    st.sampled_from(Rule),
    st.none() | spans(),
)
def test_claims_come_to_what_the_naive_evaluator_makes_of_them(
    kind: MatterKind,
    monitored: bool,
    about: tuple[Evidence, ...],
    rule: Rule,
    floor: Span | None,
) -> None:
    ranks = {"source-1": 1, "source-2": 2, "source-3": 2}
    found = Claims(Matter("m", kind, monitored), about, rule, ranks).timeline(floor)
    kept = [c for c in about if not (floor and c.holds and c.since.latest <= floor.earliest)]
    unsure = {c.id for c in kept if floor and c.holds and c.since.earliest <= floor.latest}
    naive = Heard(kind, monitored, tuple(kept), frozenset(unsure), rule, ranks)
    assert tuple(found.at(day) for day in DAYS) == naive.course()
