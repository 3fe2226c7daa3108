"""The evaluator agrees with one written straight from docs/semantics.md, and keeps its laws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.lifecycle import Lifecycle, Phase
from graph.model import Condition, Evidence, Mode, operands
from graph.obligations import Obligation, obligations
from graph.timeline import Timeline
from graph.triggers import triggers
from graph.truth import MET, RULED_OUT, Truth
from graph.world import Assumption, World
from tests.graph.models import APPROVALS, EVENTS, LAST, STATES, claims, worlds
from tests.graph.naive.courses import DAYS, NEVER
from tests.graph.naive.evaluator import Naive
from tests.graph.naive.states import Where

MATTERS = (*EVENTS, *STATES, *APPROVALS)


def gates(world: World) -> Iterator[tuple[Condition, str, str]]:
    """Give each condition at a gate and directly below one, for each debtor."""
    for undertaking in world.model.undertakings.values():
        for root in undertaking.gates.values():
            for node in (root, *operands(root)):
                for debtor in undertaking.debtors:
                    yield node, undertaking.id, debtor


def timelines(world: World) -> list[Timeline]:
    lifecycle = Lifecycle(world)
    return [lifecycle.timeline(*gate) for gate in gates(world)]


def phases(world: World) -> list[Sequence[Phase]]:
    lifecycle = Lifecycle(world)
    return [
        lifecycle.phases(undertaking.id, debtor)
        for undertaking in world.model.undertakings.values()
        for debtor in undertaking.debtors
    ]


@settings(max_examples=350)
@given(worlds(depth=1))
def test_states_and_remarks_are_those_of_the_naive_evaluator(world: World) -> None:
    lifecycle, naive = Lifecycle(world), Naive(world)
    for undertaking in world.model.undertakings.values():
        for debtor in undertaking.debtors:
            found: list[Where] = []
            for phase in lifecycle.phases(undertaking.id, debtor):
                remarks = frozenset(flag.name for flag in phase.standing.flags)
                days = range(phase.start, min(phase.end, DAYS.stop))
                found += [Where(phase.standing.state, remarks) for _ in days]
            assert found == naive.where(undertaking.id, debtor)


@settings(max_examples=300)
@given(worlds(depth=1))
def test_obligations_are_those_of_the_naive_evaluator(world: World) -> None:
    lifecycle, naive = Lifecycle(world), Naive(world)
    for undertaking in world.model.undertakings.values():
        for debtor in undertaking.debtors:
            owed = naive.owed(undertaking.id, debtor)
            expected = {
                (
                    duty.since,
                    duty.due,
                    tuple(duty.states.items()),
                    naive.unforeseeable(undertaking, debtor, duty),
                )
                for duty in owed
            }
            found = obligations(lifecycle, undertaking.id, debtor)
            assert {told(each) for each in found} == expected
            if triggers(undertaking, debtor):
                assert {each.trigger for each in found} == {duty.trigger for duty in owed}


def told(obligation: Obligation) -> tuple[object, ...]:
    """Tell what an obligation is as the naive evaluator does, up to its horizon."""
    since, due = (
        tuple(min(day, NEVER) for day in (span.earliest, span.latest))
        for span in (obligation.since, obligation.due)
    )
    states = tuple(
        (day, Where(standing.state, frozenset(flag.name for flag in standing.flags)))
        for day in DAYS
        if (standing := obligation.standing(day)) is not None
    )
    unforeseeable = any(obligation.unforeseeable(day) for day in DAYS)
    return since, due, states, unforeseeable


@settings(max_examples=300)
@given(worlds(depth=2))
def test_verdicts_are_those_of_the_naive_evaluator(world: World) -> None:
    lifecycle, naive = Lifecycle(world), Naive(world)
    for gate in gates(world):
        timeline = lifecycle.timeline(*gate)
        assert tuple(timeline.at(day) for day in DAYS) == naive.verdicts(*gate), gate


@settings(max_examples=150)
@given(worlds(depth=3, actual=True))
def test_what_is_settled_stays_so_on_all_later_days(world: World) -> None:
    for timeline in timelines(world):
        for value in (MET, RULED_OUT):
            if value in timeline.values:
                assert timeline.values[-1] == value
                assert timeline.values.count(value) == 1


@settings(max_examples=150)
@given(worlds(depth=3, alone=True, actual=True), claims(MATTERS, fewest=1, most=4))
def test_later_reports_leave_alone_what_is_settled(
    world: World, reports: tuple[Evidence, ...]
) -> None:
    later = tuple(
        replace(report, id=f"later-{report.id}", holds=True, since=report.since.plus(LAST))
        for report in reports
    )
    richer = replace(world, model=replace(world.model, evidence=world.model.evidence + later))
    for before, after in zip(timelines(world), timelines(richer), strict=True):
        for day in range(LAST + 1):
            if before.at(day).settled:
                assert after.at(day) == before.at(day)


@settings(max_examples=150)
@given(worlds(depth=3, actual=True))
def test_what_is_once_true_is_met_from_then_on(world: World) -> None:
    lifecycle = Lifecycle(world)
    for node, undertaking, debtor in gates(world):
        course = lifecycle.timeline(node, undertaking, debtor)
        once = replace(node, id=f"{node.id}-once", mode=Mode.ONCE)
        if not hasattr(node, "when"):
            latched = lifecycle.timeline(once, undertaking, debtor)
            true_from = course.occurrence().latest
            for day in DAYS:
                assert (latched.at(day) == MET) is (day >= true_from)
                assert latched.at(day).truth is not Truth.TRUE or day >= true_from


@settings(max_examples=150)
@given(worlds(depth=2, actual=True), st.sampled_from(MATTERS), st.integers(1, LAST))
def test_to_assume_what_is_true_and_stays_so_changes_nothing(
    world: World, matter: str, since: int
) -> None:
    course = world.claims(matter).timeline()
    if any(
        course.at(day).truth is not Truth.TRUE for day in (since, *course.starts) if day >= since
    ):
        return
    assumed = replace(world, scenario=(Assumption(matter, Truth.TRUE, since),))
    assert phases(assumed) == phases(world)
    assert timelines(assumed) == timelines(world)
