"""The vectorised evaluator gives the answers of the scalar one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claims import Policy, Rule
from graph.lifecycle import Lifecycle
from graph.model import (
    After,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    DateReached,
    Evidence,
    Gate,
    Holds,
    Matter,
    MatterKind,
    Model,
    Occurs,
    QuantityReached,
    State,
    Undertaking,
    UndertakingKind,
    Within,
)
from graph.standing import Flag, standing
from graph.timeline import Span
from graph.truth import Truth
from graph.vectorised.compiler import compiled
from graph.vectorised.evaluator import standings
from graph.vectorised.standings import Standings
from graph.world import Assumption, World
from tests.graph.models import LAST, worlds

DAYS = range(40)


def scalar(world: World) -> list[list[object]]:
    lifecycle = Lifecycle(world)
    courses = [
        lifecycle.course(undertaking.id, debtor)
        for undertaking in world.model.undertakings.values()
        for debtor in undertaking.debtors
    ]
    found = [[standing(course, day) for day in DAYS] for course in courses]
    return [[(one.state, one.flags) for one in row] for row in found]


def vectorised(found: Standings) -> list[list[object]]:
    return [
        [(found.state(row, column), found.flags(row, column)) for column in range(len(found.days))]
        for row in range(len(found.pairs))
    ]


@settings(max_examples=150)
@given(worlds(depth=2))
def test_any_world_has_the_standings_of_the_scalar_evaluator(world: World) -> None:
    assert vectorised(standings(world, DAYS)) == scalar(world)


def countable(node: Condition) -> Condition:
    """Put a state of affairs in place of every quantity."""
    if isinstance(node, QuantityReached):
        return Holds(id=node.id, mode=node.mode, state_of_affairs="state")
    changed: dict[str, Any] = {}
    if isinstance(node, AllOf | AnyOf | AtLeast):
        changed["operands"] = tuple(map(countable, node.operands))
    for below in ("operand", "anchor"):
        if getattr(node, below, None) is not None:
            changed[below] = countable(getattr(node, below))
    return replace(node, **changed)


def separate(undertaking: Undertaking) -> Undertaking:
    gates = {gate: countable(node) for gate, node in undertaking.gates.items()}
    return replace(undertaking, gates=gates, reservations=())


def common_case(world: World) -> World:
    """Leave out what is left to the scalar evaluator."""
    undertakings = {one.id: separate(one) for one in world.model.undertakings.values()}
    return replace(world, model=replace(world.model, undertakings=undertakings, acts=()))


@settings(max_examples=300)
@given(worlds(depth=3, alone=True).map(common_case))
def test_the_common_case_is_vectorised_throughout_and_has_the_scalar_standings(
    world: World,
) -> None:
    found = standings(world, DAYS)
    assert not found.scalar
    assert vectorised(found) == scalar(world)


@settings(max_examples=100)
@given(worlds(depth=2), st.sampled_from(Rule), st.integers(1, LAST))
def test_one_program_serves_every_policy_and_day_of_knowledge(
    world: World, rule: Rule, known_at: int
) -> None:
    program = compiled(world.model)
    for one in (world, replace(world, policy=Policy(rule)), replace(world, known_at=known_at)):
        assert vectorised(standings(one, DAYS, program)) == scalar(one)


def test_a_model_without_undertakings_has_no_standings() -> None:
    found = standings(World(Model({}), known_at=1), DAYS)
    assert found.cells.shape == (0, len(DAYS))
    assert found.count(State.VIOLATED).tolist() == [0] * len(DAYS)


def test_pairs_are_counted_by_state_on_each_day() -> None:
    gates: dict[Gate, Condition] = {
        Gate.DUE: DateReached(id="due", day=10),
        Gate.DISCHARGED: After(
            id="later",
            operand=Occurs(id="done", event="payment"),
            anchor=DateReached(id="from", day=4),
        ),
    }
    debtors = ("debtor-a", "debtor-b")
    promise = Undertaking("promise", UndertakingKind.COMMITMENT, debtors, Span(2, 2), gates)
    model = Model(
        {"promise": promise}, {"payment": Matter("payment", MatterKind.EVENT, monitored=True)}
    )
    found = standings(World(model, known_at=30), (1, 2, 10, 11))
    assert found.count(State.NOT_MADE).tolist() == [2, 0, 0, 0]
    assert found.count(State.IN_FORCE).tolist() == [0, 2, 2, 0]
    assert found.count(State.VIOLATED).tolist() == [0, 0, 0, 2]
    paid = Evidence("claim", "payment", True, Span(12, 12), Span(12, 12), ("source",))
    later = standings(World(replace(model, evidence=(paid,)), known_at=30), (11, 12))
    assert later.count(State.FULFILLED_LATE).tolist() == [0, 2]
    early = replace(paid, since=Span(4, 4))
    same_day = standings(World(replace(model, evidence=(early,)), known_at=30), (11, 12))
    assert same_day.count(State.VIOLATED).tolist() == [2, 2]


EVENT = Matter("event", MatterKind.EVENT, monitored=True)
NEVER_SEEN = Occurs(id="never", event="never seen")
CLOSED = Occurs(id="closed", event="event", until=10)


def only_gate(gate: Gate, node: Condition, *evidence: Evidence) -> Model:
    gates = {gate: node, Gate.DUE: DateReached(id="due", day=10)}
    promise = Undertaking("promise", UndertakingKind.COMMITMENT, ("debtor",), Span(1, 1), gates)
    matters = {one.id: one for one in (EVENT, replace(EVENT, id="never seen"))}
    return Model({"promise": promise}, matters, evidence)


@pytest.mark.parametrize(
    "node",
    [
        After(id="node", operand=CLOSED, anchor=NEVER_SEEN),
        Within(id="node", operand=CLOSED, anchor=NEVER_SEEN, days=3),
    ],
    ids=["after", "within"],
)
def test_what_waits_for_an_anchor_that_never_comes_is_not_ruled_out(node: Condition) -> None:
    world = World(only_gate(Gate.ACTIVATED, node), known_at=30)
    assert standings(world, (12,)).state(0, 0) is State.CONDITIONAL
    assert vectorised(standings(world, DAYS)) == scalar(world)


def test_what_is_assumed_to_come_too_early_is_no_news() -> None:
    node = After(id="node", operand=CLOSED, anchor=DateReached(id="date", day=7))
    scenario = (Assumption("event", Truth.TRUE, 5),)
    world = World(only_gate(Gate.ACTIVATED, node), known_at=30, scenario=scenario)
    assert standings(world, (8,)).flags(0, 0) == frozenset()
    assert vectorised(standings(world, DAYS)) == scalar(world)


def test_a_clash_over_what_was_due_is_remarked() -> None:
    report = Evidence("report", "event", True, Span(5, 5), Span(5, 5), ("source",))
    denial = replace(report, id="denial", holds=False, since=Span(9, 9))
    node = Occurs(id="node", event="event")
    world = World(only_gate(Gate.DISCHARGED, node, report, denial), known_at=30)
    found = standings(world, (12,))
    assert (found.state(0, 0), found.flags(0, 0)) == (State.OVERDUE, frozenset({Flag.DISPUTED}))
    assert vectorised(standings(world, DAYS)) == scalar(world)
