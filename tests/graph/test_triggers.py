from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import (
    After,
    AllOf,
    AnyOf,
    Condition,
    Consents,
    DateReached,
    Elapsed,
    Gate,
    Not,
    Occurs,
    Undertaking,
    UndertakingKind,
)
from graph.timeline import Span
from graph.triggers import narrowed, triggers

ATTACK = Occurs(id="attacked", event="attack")
BLOCKADE = Occurs(id="blockaded", event="blockade")
SPRING = DateReached(id="spring", day=80)


def promise(
    gate: Condition, *, kind: UndertakingKind = UndertakingKind.COMMITMENT, repeatable: bool = True
) -> Undertaking:
    due = Elapsed(id="due", anchor=gate, days=3)
    gates = {Gate.ACTIVATED: gate, Gate.DUE: due}
    return Undertaking("promise", kind, ("d",), Span(1, 1), gates, repeatable=repeatable)


def test_every_event_that_is_looked_for_once_is_a_trigger() -> None:
    twice = Occurs(id="twice", event="raid", count=2)
    after = After(id="after", anchor=ATTACK, operand=SPRING)
    gate = AllOf(id="all", operands=(after, twice, Not(id="not", operand=BLOCKADE)))
    assert triggers(promise(gate), "d") == ("attack",)


@pytest.mark.parametrize(
    "undertaking",
    [
        promise(SPRING),
        promise(ATTACK, repeatable=False),
        promise(ATTACK, kind=UndertakingKind.INTENTION),
        promise(Consents(id="consent", actor="x", matter="y", when=ATTACK)),
    ],
    ids=["a date", "not repeatable", "a plan", "a consent"],
)
def test_nothing_sets_off_what_is_not_owed_anew(undertaking: Undertaking) -> None:
    assert triggers(undertaking, "d") == ()


def test_an_occurrence_takes_the_place_of_its_kind_in_every_gate() -> None:
    gates = narrowed(promise(ATTACK), "attack", "raid", {}).gates
    raid = Occurs(id="attacked", event="raid")
    assert gates == {Gate.ACTIVATED: raid, Gate.DUE: Elapsed(id="due", anchor=raid, days=3)}


def test_an_any_of_keeps_the_ways_that_lead_through_the_trigger() -> None:
    both = AllOf(id="both", operands=(ATTACK, SPRING))
    ways = AnyOf(id="ways", operands=(BLOCKADE, both, SPRING))
    others = AnyOf(id="others", operands=(BLOCKADE, SPRING))
    gate = AllOf(id="all", operands=(ways, others))
    found = narrowed(promise(gate), "attack", "raid", {}).gates[Gate.ACTIVATED]
    raid = AllOf(id="both", operands=(Occurs(id="attacked", event="raid"), SPRING))
    assert found == AllOf(id="all", operands=(AnyOf(id="ways", operands=(raid,)), others))


def test_an_any_of_keeps_its_ways_but_where_something_begins() -> None:
    ways = AnyOf(id="ways", operands=(ATTACK, BLOCKADE))
    unless = Not(id="not", operand=ways)
    found = narrowed(promise(AllOf(id="all", operands=(ATTACK, unless))), "attack", "raid", {})
    raid = Occurs(id="attacked", event="raid")
    both = AnyOf(id="ways", operands=(raid, BLOCKADE))
    activation = AllOf(id="all", operands=(raid, Not(id="not", operand=both)))
    assert found.gates[Gate.ACTIVATED] == activation
    kept = replace(promise(ATTACK), gates={Gate.ACTIVATED: ATTACK, Gate.DISCHARGED: ways})
    assert narrowed(kept, "attack", "raid", {}).gates[Gate.DISCHARGED] == both


def test_what_is_owed_for_a_kind_itself_is_owed_for_none_of_its_cases() -> None:
    gate = narrowed(promise(ATTACK), "attack", "attack", {}).gates[Gate.ACTIVATED]
    assert gate == Occurs(id="attacked", event="attack", only=("attack",))


def test_of_a_kind_that_is_needed_too_only_the_given_occurrences_count() -> None:
    gate = AllOf(id="all", operands=(ATTACK, BLOCKADE))
    kept = replace(promise(gate), gates={Gate.ACTIVATED: gate})
    found = narrowed(kept, "attack", "raid", {"blockade": ("first",)}).gates[Gate.ACTIVATED]
    raid = Occurs(id="attacked", event="raid")
    first = Occurs(id="blockaded", event="blockade", only=("first",))
    assert found == AllOf(id="all", operands=(raid, first))
