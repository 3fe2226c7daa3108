from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph import model as m
from graph.difference import View, differences
from graph.lifecycle import Lifecycle
from graph.scenario import Outcome, outcomes
from graph.timeline import Span
from graph.truth import Truth
from graph.world import Assumption, World
from tests.graph.models import LAST, worlds

DAY = 10
TRUCE, PEACE, VOTE = (m.Occurs(id=f"on-{name}", event=name) for name in ("truce", "peace", "vote"))
NEWS = {
    name: m.Matter(name, m.MatterKind.EVENT, monitored=True) for name in ("truce", "peace", "vote")
}


def promise(name: str, node: m.Condition) -> m.Undertaking:
    kind = m.UndertakingKind.COMMITMENT
    return m.Undertaking(name, kind, ("d",), Span(1, 1), {m.Gate.ACTIVATED: node})


def world(*undertakings: m.Undertaking) -> World:
    return World(m.Model({each.id: each for each in undertakings}, NEWS), known_at=100)


def assume(*about: str, truth: Truth = Truth.TRUE) -> list[Assumption]:
    return [Assumption(each, truth, DAY) for each in about]


def found(actual: World, assumptions: list[Assumption]) -> dict[str, Outcome]:
    return {each.difference.undertaking: each for each in outcomes(actual, assumptions, DAY)}


def test_only_what_changes_is_given() -> None:
    changed = found(world(promise("a", TRUCE), promise("b", VOTE)), assume("truce"))
    assert set(changed) == {"a"}
    difference = changed["a"].difference
    states = [each.phase.standing.state for each in (difference.before, difference.after)]
    assert states == [m.State.CONDITIONAL, m.State.IN_FORCE]
    assert [cause.about for cause in difference.because] == ["on-truce"]


def test_an_assumption_that_makes_no_difference_here_is_not_named() -> None:
    assumptions = assume("truce", "vote")
    changed = found(world(promise("a", TRUCE)), assumptions)
    assert changed["a"].assumptions == (assumptions[0],)


def test_where_either_of_two_would_do_both_are_named() -> None:
    assumptions = assume("truce", "peace")
    either = m.AnyOf(id="either", operands=(TRUCE, PEACE))
    assert found(world(promise("a", either)), assumptions)["a"].assumptions == tuple(assumptions)


def test_what_another_commitment_comes_to_is_followed() -> None:
    follows = m.InState(id="follows", commitment="a", states=frozenset({m.State.IN_FORCE}))
    changed = found(world(promise("a", TRUCE), promise("b", follows)), assume("truce"))
    assert [cause.about for cause in changed["b"].difference.because] == ["follows"]


def test_what_is_so_anyway_changes_nothing() -> None:
    assert found(world(promise("a", TRUCE)), assume("truce", truth=Truth.FALSE)) == {}


def test_a_scenario_that_is_there_already_stays() -> None:
    both = m.AllOf(id="both", operands=(TRUCE, VOTE))
    plain = world(promise("a", both))
    with_truce = World(plain.model, 100, scenario=tuple(assume("truce")))
    after = found(with_truce, assume("vote"))["a"].difference.after
    assert after.phase.standing.state is m.State.IN_FORCE


@settings(max_examples=25)
@given(worlds())
def test_outcomes_are_those_of_the_world_with_the_scenario(assumed: World) -> None:
    actual = World(assumed.model, assumed.known_at, assumed.policy)
    before, after = Lifecycle(actual), Lifecycle(assumed)
    changed = {
        (each.difference.undertaking, each.difference.debtor): each.difference
        for each in outcomes(actual, assumed.scenario, LAST)
    }
    for subject in actual.model.undertakings.values():
        for debtor in subject.debtors:
            was, now = (lives.phase(subject.id, debtor, LAST).standing for lives in (before, after))
            difference = changed.get((subject.id, debtor))
            assert (was != now) == (difference is not None and difference.of_state)
            if difference is not None:
                assert difference.after.phase.standing == now


@settings(max_examples=25)
@given(worlds(actual=True), st.sampled_from(Truth))
def test_no_undertaking_is_left_out_that_stands_or_waits_otherwise(
    actual: World, truth: Truth
) -> None:
    before = View(Lifecycle(actual), LAST)
    for matter in actual.model.matters:
        assumption = Assumption(matter, truth, since=1)
        after = View(Lifecycle(actual.assuming(assumption)), LAST)
        found = [each.difference for each in outcomes(actual, [assumption], LAST)]
        assert found == list(differences(before, after))
