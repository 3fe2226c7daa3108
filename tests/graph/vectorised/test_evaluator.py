"""Many scenarios at once, and models written part by part, have the scalar evaluator's answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import (
    AllOf,
    Condition,
    Gate,
    InState,
    Matter,
    MatterKind,
    Model,
    Not,
    Occurs,
    State,
    Undertaking,
    UndertakingKind,
)
from graph.timeline import Span
from graph.truth import Truth
from graph.vectorised.compiler import Compiler
from graph.vectorised.evaluator import standings, under
from graph.vectorised.program import Step
from graph.world import Assumption, World
from tests.graph.models import ACTS, APPROVALS, EVENTS, STATES, days, nodes, worlds
from tests.graph.vectorised.test_standings import DAYS, common_case, scalar, vectorised


@st.composite
def scenarios(draw: st.DrawFn, world: World) -> list[tuple[Assumption, ...]]:
    about = st.sampled_from([*EVENTS, *STATES, *APPROVALS, *ACTS, *nodes(world.model)])
    assumptions = st.builds(Assumption, about, st.sampled_from(Truth), days())
    return draw(st.lists(st.lists(assumptions, max_size=2).map(tuple), max_size=4))


@settings(max_examples=100)
@given(worlds(depth=2), st.data())
def test_each_scenario_has_the_standings_of_the_scalar_evaluator(
    world: World, data: st.DataObject
) -> None:
    drawn = data.draw(scenarios(world))
    found = under(drawn, world, DAYS)
    for number, scenario in enumerate(drawn):
        alone = replace(world, scenario=(*world.scenario, *scenario))
        assert vectorised(found.standings(number)) == scalar(alone)


@settings(max_examples=100)
@given(worlds(depth=3, alone=True).map(common_case), st.data())
def test_each_scenario_of_the_common_case_has_the_scalar_standings(
    world: World, data: st.DataObject
) -> None:
    drawn = data.draw(scenarios(world))
    found = under(drawn, world, DAYS)
    for number, scenario in enumerate(drawn):
        alone = replace(world, scenario=(*world.scenario, *scenario))
        assert vectorised(found.standings(number)) == scalar(alone)


def promise(name: str, node: Condition) -> Undertaking:
    gates = {Gate.ACTIVATED: node}
    return Undertaking(name, UndertakingKind.COMMITMENT, ("debtor",), Span(1, 1), gates)


def chained() -> World:
    """Make one promise that waits for an event, one that waits for the first, and one apart."""
    matters = {name: Matter(name, MatterKind.EVENT, monitored=True) for name in ("event", "other")}
    in_force = InState(id="state", commitment="first", states=frozenset({State.IN_FORCE}))
    promises = (
        promise("first", Occurs(id="node", event="event")),
        promise("second", in_force),
        promise("apart", Occurs(id="elsewhere", event="other")),
    )
    return World(Model({one.id: one for one in promises}, matters), known_at=30)


def test_a_scenario_judges_anew_what_it_reaches_through_other_undertakings_and_no_more() -> None:
    found = under([(Assumption("event", Truth.TRUE, 5),), ()], chained(), (4, 5))
    assert found.rows.tolist() == [0, 1]
    assert list(found.bounds) == [0, 2, 2]
    without, assumed = found.standings(1), found.standings(0)
    assert np.array_equal(without.cells, found.without.cells)
    assert [assumed.state(row, 1) for row in range(3)] == [
        State.IN_FORCE,
        State.IN_FORCE,
        State.CONDITIONAL,
    ]
    assert [without.state(row, 1) for row in range(3)] == [State.CONDITIONAL] * 3


@settings(max_examples=100)
@given(worlds(depth=2, alone=True, actual=True), st.integers(0, 14))
def test_a_model_may_be_written_part_by_part(world: World, first: int) -> None:
    model, compiler = world.model, Compiler()
    compiler.learn(replace(model, evidence=model.evidence[:first]))
    for number, undertaking in enumerate(model.undertakings.values()):
        compiler.write([undertaking])
        if number == 1:
            compiler.learn(Model({}, evidence=model.evidence[first:]))
    assert vectorised(standings(world, DAYS, compiler.program())) == scalar(world)


def test_conditions_that_a_scenario_does_not_reach_are_written_once_for_all_scenarios() -> None:
    world, compiler = chained(), Compiler()
    compiler.learn(world.model)
    event, other = Occurs(id="node", event="event"), Occurs(id="elsewhere", event="other")
    subject = promise("first", AllOf(id="both", operands=(event, Not(id="not", operand=other))))
    for day in (5, 6):
        compiler.write([subject], (Assumption("event", Truth.TRUE, day),), {"node", "both"})
    kinds = compiler.program().kinds.tolist()
    assert (kinds.count(Step.ASSUMED), kinds.count(Step.COUNTED)) == (2, 2)
    assert kinds.count(Step.NEGATED) == 1
