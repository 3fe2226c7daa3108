"""What answers hang on: by hand on little worlds, and against judging everything again."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from graph import model as m
from graph.claims import Policy, Rule
from graph.lifecycle import Lifecycle
from graph.sensitivity import Change, by_rule, leverage, support
from graph.standing import Standing
from graph.timeline import Span
from graph.truth import Truth
from graph.world import Assumption, World
from tests.graph.models import worlds

DAY = 10
ACTIVE = m.State.IN_FORCE
TRUCE, PEACE = (m.Occurs(id=f"on-{name}", event=name) for name in ("truce", "peace"))
LASTS = m.Holds(id="while-it-lasts", state_of_affairs="calm")
EVENT, STATE = m.MatterKind.EVENT, m.MatterKind.STATE
MATTERS = {
    **{name: m.Matter(name, EVENT, monitored=True) for name in ("truce", "peace")},
    "calm": m.Matter("calm", STATE, monitored=True),
}


def promise(name: str, node: m.Condition, *debtors: str) -> m.Undertaking:
    kind = m.UndertakingKind.COMMITMENT
    return m.Undertaking(name, kind, debtors or ("d",), Span(1, 1), {m.Gate.ACTIVATED: node})


def claim(name: str, matter: str, source: str, *, holds: bool = True) -> m.Evidence:
    day = Span(5, 5)
    return m.Evidence(name, matter, holds, since=day, published=day, sources=(source,))


def world(*undertakings: m.Undertaking, evidence: tuple[m.Evidence, ...] = ()) -> World:
    ranks = {"press": 1, "court": 2}
    model = m.Model({one.id: one for one in undertakings}, MATTERS, evidence, ranks=ranks)
    return World(model, known_at=100)


def changed(actual: World) -> dict[tuple[str, Truth], set[tuple[str, str]]]:
    return {
        (one.assumption.about, one.assumption.truth): {
            (c.undertaking, c.debtor) for c in one.changes
        }
        for one in leverage(actual, DAY)
    }


def test_the_event_that_changes_most_comes_first_and_ties_go_by_name() -> None:
    actual = world(promise("a", TRUCE, "d", "e"), promise("b", PEACE), promise("c", LASTS))
    found = leverage(actual, DAY)
    assert [(one.assumption.about, len(one.changes)) for one in found] == [
        ("truce", 2),
        ("calm", 1),
        ("peace", 1),
    ]
    (change,) = found[1].changes
    assert change == Change("c", "d", Standing(m.State.CONDITIONAL, m.Gate.ACTIVATED), change.after)
    assert change.after.state is ACTIVE


def test_what_has_happened_is_settled_and_what_lasts_may_end() -> None:
    evidence = (claim("1", "truce", "press"), claim("2", "calm", "press"))
    actual = world(promise("a", TRUCE), promise("b", LASTS), evidence=evidence)
    assert changed(actual) == {("calm", Truth.FALSE): {("b", "d")}}


def test_an_unknown_matter_is_assumed_both_ways() -> None:
    unwatched = m.Matter("truce", EVENT)
    actual = world(promise("a", TRUCE))
    actual = replace(actual, model=replace(actual.model, matters={"truce": unwatched}))
    assert set(changed(actual)) == {("truce", Truth.TRUE), ("truce", Truth.FALSE)}


def test_what_follows_from_another_commitment_counts() -> None:
    follows = m.InState(id="follows", commitment="a", states=frozenset({ACTIVE}))
    actual = world(promise("a", TRUCE), promise("b", follows))
    assert changed(actual) == {("truce", Truth.TRUE): {("a", "d"), ("b", "d")}}


def test_a_state_that_hangs_on_one_disputed_claim_is_named_with_it() -> None:
    evidence = (claim("yes", "truce", "press"), claim("no", "truce", "court", holds=False))
    found = support(world(promise("a", TRUCE), evidence=evidence), DAY)
    assert [(one.claim.id, one.disputed) for one in found] == [("no", True), ("yes", True)]
    assert [change.after.state for one in found for change in one.changes] == [
        ACTIVE,
        m.State.CONDITIONAL,
    ]


def test_a_claim_that_others_repeat_carries_nothing_alone() -> None:
    evidence = (claim("one", "truce", "press"), claim("two", "truce", "court"))
    found = support(world(promise("a", TRUCE), evidence=evidence), DAY)
    assert [(one.claim.id, one.disputed, one.changes) for one in found] == [
        ("one", False, ()),
        ("two", False, ()),
    ]


def test_a_clash_is_answered_in_three_ways() -> None:
    evidence = (claim("yes", "truce", "press"), claim("no", "truce", "court", holds=False))
    actual = world(promise("a", TRUCE), promise("b", PEACE), evidence=evidence)
    ((key, found),) = by_rule(actual, DAY).items()
    assert key == ("a", "d")
    assert {rule: (standing.state, len(standing.flags)) for rule, standing in found.items()} == {
        Rule.SCEPTICAL: (m.State.CONDITIONAL, 1),
        Rule.RANKED: (m.State.CONDITIONAL, 0),
        Rule.CREDULOUS: (ACTIVE, 0),
    }


def standings(actual: World) -> dict[tuple[str, str], Standing]:
    lifecycle = Lifecycle(actual)
    return {
        (one.id, debtor): lifecycle.phase(one.id, debtor, DAY).standing
        for one in actual.model.undertakings.values()
        for debtor in one.debtors
    }


def differing(actual: World, other: World) -> set[tuple[str, str]]:
    before, after = standings(actual), standings(other)
    return {key for key in before if before[key] != after[key]}


@given(worlds())
@settings(max_examples=40)
def test_nothing_that_would_change_is_overlooked(actual: World) -> None:
    """Each matter is assumed, each claim left out, each rule taken, and everything judged again."""
    found = changed(actual)
    for matter in actual.model.matters:
        for truth in (Truth.TRUE, Truth.FALSE):
            value = actual.timeline(matter).at(DAY)
            if value.truth is not truth and not value.settled:
                assumption = Assumption(matter, truth, DAY)
                other = replace(actual, scenario=(*actual.scenario, assumption))
                assert found.get((matter, truth), set()) == differing(actual, other)
    hanging = {one.claim.id: one.changes for one in support(actual, DAY)}
    for one in actual.model.evidence:
        left = tuple(other for other in actual.model.evidence if other is not one)
        other_world = replace(actual, model=replace(actual.model, evidence=left))
        named = {(change.undertaking, change.debtor) for change in hanging.get(one.id, ())}
        assert named == differing(actual, other_world)
    differ = set[tuple[str, str]]().union(
        *(
            differing(actual, replace(actual, policy=Policy(rule, actual.policy.sources)))
            for rule in Rule
        )
    )
    assert set(by_rule(actual, DAY)) == differ
