from __future__ import annotations

import gc
import weakref
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings

from graph.condition import Evaluation
from graph.lifecycle import Flag, Lifecycle, Phase, Standing
from graph.model import (
    AnyOf,
    Condition,
    DateReached,
    Gate,
    InState,
    Model,
    Not,
    Provision,
    QuantityReached,
    Stage,
    State,
    Undertaking,
    UndertakingKind,
)
from graph.questions import Owed
from graph.timeline import BEGINNING, NEVER, Span, Timeline
from graph.world import World
from tests.graph.models import LAST, worlds

IN_FORCE = frozenset({State.IN_FORCE})


def commitment(name: str, gates: dict[Gate, Condition], *debtors: str) -> Undertaking:
    kind = UndertakingKind.COMMITMENT
    return Undertaking(name, kind, debtors or ("d",), made=Span(1, 1), gates=gates)


def lifecycle(*undertakings: Undertaking, **parts: object) -> Lifecycle:
    model = Model({each.id: each for each in undertakings}, **parts)  # type: ignore[arg-type]
    return Lifecycle(World(model, known_at=100))


def waits_for(name: str) -> InState:
    return InState(id=f"{name}-in-force", commitment=name, states=IN_FORCE)


@settings(max_examples=50)
@given(worlds())
def test_phases_follow_each_other_from_the_beginning_without_end(world: World) -> None:
    lives = Lifecycle(world)
    for undertaking in world.model.undertakings.values():
        for debtor in undertaking.debtors:
            phases = lives.phases(undertaking.id, debtor)
            assert (phases[0].start, phases[-1].end) == (BEGINNING, NEVER)
            for before, after in pairwise(phases):
                assert before.end == after.start
                assert before.standing != after.standing


@settings(max_examples=50)
@given(worlds())
def test_the_order_of_asking_does_not_matter(world: World) -> None:
    asked = [(u.id, debtor) for u in world.model.undertakings.values() for debtor in u.debtors]
    forwards, backwards = Lifecycle(world), Lifecycle(world)
    found = {one: forwards.phases(*one) for one in asked}
    assert {one: backwards.phases(*one) for one in reversed(asked)} == found


@settings(max_examples=50)
@given(worlds())
def test_what_was_derived_is_let_go_of_without_a_collection(world: World) -> None:
    gc.disable()
    try:
        lives = Lifecycle(world)
        for undertaking in world.model.undertakings.values():
            for debtor in undertaking.debtors:
                lives.obligations(undertaking.id, debtor)
        gone = weakref.ref(lives)
        del lives
        assert gone() is None
    finally:
        gc.enable()


def test_a_phase_names_the_gate_that_decided_it() -> None:
    gates: dict[Gate, Condition] = {
        Gate.ACTIVATED: DateReached(id="start", day=5),
        Gate.DUE: DateReached(id="due", day=9),
    }
    assert lifecycle(commitment("c", gates)).phases("c", "d") == [
        Phase(Standing(State.NOT_MADE), BEGINNING, 1),
        Phase(Standing(State.CONDITIONAL, Gate.ACTIVATED), 1, 5),
        Phase(Standing(State.IN_FORCE), 5, 10),
        Phase(Standing(State.OVERDUE, Gate.DUE), 10, NEVER),
    ]


def test_the_phase_of_a_day_is_the_one_it_lies_in() -> None:
    lives = lifecycle(commitment("c", {Gate.ENDS: DateReached(id="end", day=9)}))
    states = [lives.phase("c", "d", day).standing.state for day in (0, 1, 8, 9)]
    assert states == [State.NOT_MADE, State.IN_FORCE, State.IN_FORCE, State.EXPIRED]


def test_a_share_is_never_more_than_the_whole() -> None:
    node = QuantityReached(id="q", stage=Stage.PLEDGED, quantity=Decimal(2), unit="EUR")
    on = Span(3, 3)
    provision = Provision("c", "d", Stage.PLEDGED, Decimal(5), "EUR", on, on, ("s",))
    lives = lifecycle(commitment("c", {Gate.DISCHARGED: node}), provisions=(provision,))
    assert [lives.share("c", "d", day) for day in (2, 3)] == [0.0, 1.0]


def test_a_very_long_chain_of_commitments_is_followed_to_its_end() -> None:
    first = commitment("0", {Gate.ACTIVATED: DateReached(id="start", day=5)})
    others = (commitment(str(n), {Gate.ACTIVATED: waits_for(str(n - 1))}) for n in range(1, 3_000))
    lives = lifecycle(first, *others)
    states = [lives.phase("2999", "d", day).standing.state for day in (4, 5)]
    assert states == [State.CONDITIONAL, State.IN_FORCE]


def test_a_large_circle_comes_to_rest() -> None:
    ring = [
        commitment(str(n), {Gate.ACTIVATED: waits_for(str((n + 1) % 40))}) for n in range(1, 40)
    ]
    either = (waits_for("1"), DateReached(id="start", day=5))
    opened = commitment("0", {Gate.ACTIVATED: AnyOf(id="either", operands=either)})
    lives = lifecycle(opened, *ring)
    for n in range(40):
        states = [lives.phase(str(n), "d", day).standing.state for day in (4, 5)]
        assert states == [State.CONDITIONAL, State.IN_FORCE]


def test_a_ring_that_undoes_itself_is_unknown_all_round() -> None:
    ring = [
        commitment(
            str(n), {Gate.ACTIVATED: Not(id=f"not-{n}", operand=waits_for(str((n + 1) % 5)))}
        )
        for n in range(5)
    ]
    lives = lifecycle(*ring)
    for n in range(5):
        standing = lives.phase(str(n), "d", 9).standing
        assert standing == Standing(State.CONDITIONAL, Gate.ACTIVATED, frozenset({Flag.UNKNOWN}))


def test_each_gate_is_judged_once_where_nothing_looks_in_a_circle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged: list[str] = []
    judge = Evaluation._judged

    def counting(self: Evaluation, node: Condition, owed: Owed, floor: Span | None) -> Timeline:
        judged.append(node.id)
        return judge(self, node, owed, floor)

    monkeypatch.setattr(Evaluation, "_judged", counting)
    first = commitment("0", {Gate.ACTIVATED: DateReached(id="start", day=5)})
    others = [commitment(str(n), {Gate.ACTIVATED: waits_for(str(n - 1))}) for n in range(1, 50)]
    lives = lifecycle(first, *others)
    for n in range(50):
        for day in range(LAST):
            lives.phase(str(n), "d", day)
    assert sorted(judged) == sorted(["start", *(f"{n}-in-force" for n in range(49))])
