from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given, settings

from graph import model as m
from graph.explain import Every, Explained, Explainer, For, Some, Then, leaves
from graph.lifecycle import Lifecycle
from graph.timeline import Span
from graph.truth import Truth, Verdict, conjunction, disjunction
from graph.world import Assumption, World
from tests.graph.models import LAST, worlds

MONITORED = {
    name: m.Matter(name, m.MatterKind.EVENT, monitored=True)
    for name in ("truce", "peace", "vote", "attack")
}
TRUCE, PEACE, VOTE, ATTACK = (m.Occurs(id=f"on-{name}", event=name) for name in MONITORED)


def claim(matter: str, holds: bool, since: int, *speakers: str) -> m.Evidence:
    on = Span(since, since)
    name = f"{matter}-{holds}-{since}-{speakers}"
    return m.Evidence(name, matter, holds, on, published=on, sources=("s",), speakers=speakers)


def explainer(
    gates: dict[m.Gate, m.Condition],
    *evidence: m.Evidence,
    matters: tuple[m.Matter, ...] = (),
    members: dict[str, frozenset[str]] | None = None,
    scenario: tuple[Assumption, ...] = (),
) -> Explainer:
    """Explain a promise of d, made on day 1, as it stands on day 10."""
    promise = m.Undertaking("p", m.UndertakingKind.COMMITMENT, ("d",), Span(1, 1), gates)
    model = m.Model(
        {"p": promise},
        MONITORED | {matter.id: matter for matter in matters},
        evidence,
        members or {},
    )
    return Explainer(Lifecycle(World(model, known_at=100, scenario=scenario)), "p", "d", 10)


def activated(node: m.Condition, *evidence: m.Evidence) -> Explainer:
    return explainer({m.Gate.ACTIVATED: node}, *evidence)


def tree(explained: Explainer) -> Explained:
    return explained.explanation().gates[m.Gate.ACTIVATED]


def below(node: Explained) -> Iterator[Explained]:
    yield node
    for operand in node.operands:
        yield from below(operand)


def deciding(node: Explained) -> set[str]:
    return {each.condition.id for each in below(node) if each.contributes}


def all_of(*nodes: m.Condition) -> m.AllOf:
    return m.AllOf(id="all", operands=nodes)


def any_of(*nodes: m.Condition) -> m.AnyOf:
    return m.AnyOf(id="any", operands=nodes)


def after(operand: m.Condition, anchor: m.Condition) -> m.After:
    return m.After(id=f"{operand.id}-after", operand=operand, anchor=anchor)


# What a value rests on


def test_what_awaits_all_of_its_parts_rests_on_those_that_are_missing() -> None:
    node = tree(activated(all_of(TRUCE, PEACE), claim("truce", True, 5)))
    assert deciding(node) == {"all", "on-peace"}


def test_what_is_met_by_one_part_rests_on_that_one() -> None:
    node = tree(activated(any_of(TRUCE, PEACE), claim("truce", True, 5)))
    assert deciding(node) == {"any", "on-truce"}


def test_what_lies_below_a_part_that_decides_nothing_decides_nothing() -> None:
    node = tree(activated(all_of(VOTE, any_of(TRUCE, PEACE)), claim("truce", True, 5)))
    assert deciding(node) == {"all", "on-vote"}


def test_the_negation_of_what_is_awaited_rests_on_it() -> None:
    node = tree(activated(m.Not(id="not", operand=TRUCE)))
    assert (node.value.verdict, deciding(node)) == (Verdict.HOLDING, {"not", "on-truce"})


def test_where_both_came_in_the_wrong_order_the_times_decide() -> None:
    node = tree(activated(after(VOTE, TRUCE), claim("vote", True, 3), claim("truce", True, 5)))
    assert node.value.verdict is Verdict.WAITING
    assert deciding(node) == {"on-vote-after", "on-vote", "on-truce"}


@settings(max_examples=50)
@given(worlds(actual=True))
def test_what_decides_is_enough_to_decide(world: World) -> None:
    lives = Lifecycle(world)
    for subject in world.model.undertakings.values():
        found = Explainer(lives, subject.id, subject.debtors[0], LAST // 2).explanation()
        for node in (each for root in found.gates.values() for each in below(root)):
            joins = {m.AllOf: conjunction, m.AnyOf: disjunction}.get(type(node.condition))
            if joins is not None and node.contributes and node.condition.mode is None:
                values = [each.value for each in node.operands if each.contributes]
                assert joins(values).truth is node.value.truth


# Evidence


def test_a_leaf_shows_the_claims_on_both_sides() -> None:
    told, denied = claim("truce", True, 5), claim("truce", False, 7)
    node = tree(activated(TRUCE, told, denied))
    assert (node.supporting, node.opposing) == ((told,), (denied,))
    assert node.value.verdict is Verdict.DISPUTED


def test_an_approval_applies_to_those_who_belong_to_whom_it_is_limited_to() -> None:
    limited = m.Approved(id="approved", measure="war", each_debtor=True, applies_to="allies")
    inside = {"d": frozenset({"allies"})}
    told = [
        tree(explainer({m.Gate.ACTIVATED: limited}, members=members)) for members in ({}, inside)
    ]
    assert [(each.value.verdict, each.applies) for each in told] == [
        (Verdict.MET, False),
        (Verdict.UNKNOWN, True),
    ]


def test_an_approval_that_is_assumed_to_fail_is_not_told_as_needless() -> None:
    throughout = m.Mode.THROUGHOUT
    limited = m.Approved(id="approved", mode=throughout, measure="war", applies_to="allies")
    assumed = Assumption("approved", Truth.FALSE, 5)
    node = tree(explainer({m.Gate.ACTIVATED: limited}, scenario=(assumed,)))
    assert (node.value.truth, node.applies) == (Truth.FALSE, True)


def test_a_leaf_that_is_assumed_shows_the_assumption_beside_the_claims() -> None:
    claims = (claim("truce", True, 3), claim("truce", False, 4))
    assumed = Assumption("truce", Truth.TRUE, 5)
    explained = explainer({m.Gate.ACTIVATED: TRUCE}, *claims, scenario=(assumed,))
    assert tree(explained).assumed == (assumed,)
    assert tree(explained).value.verdict is Verdict.MET
    assert len(tree(explained).opposing) == 1


def test_a_node_shows_what_is_assumed_of_itself_on_the_day_and_nothing_later() -> None:
    node = m.AllOf(id="both", operands=(TRUCE, VOTE))
    past, last, future = (Assumption("both", Truth.TRUE, day) for day in (2, 5, 11))
    explained = tree(explainer({m.Gate.ACTIVATED: node}, scenario=(future, past, last)))
    assert explained.assumed == (last,)
    assert [each.assumed for each in explained.operands] == [(), ()]


def test_what_is_assumed_of_a_matter_is_not_shown_as_the_finding_of_an_authority() -> None:
    node = m.Determined(id="found", matter="attack", authority="council")
    assumed = Assumption("attack", Truth.TRUE, 5)
    assert tree(explainer({m.Gate.ACTIVATED: node}, scenario=(assumed,))).assumed == ()


def test_a_finding_shows_what_its_authority_said_and_nothing_else() -> None:
    by_court = claim("attack", True, 5, "court")
    by_press = claim("attack", True, 4, "press")
    found = m.Determined(id="found", matter="attack", authority="court")
    assert tree(activated(found, by_court, by_press)).supporting == (by_court,)


def test_a_finding_of_nobody_in_particular_shows_what_is_said() -> None:
    by_press = claim("attack", True, 4, "press")
    node = tree(activated(m.Determined(id="found", matter="attack"), by_press))
    assert (node.value.truth, node.supporting) == (Truth.UNKNOWN, (by_press,))


def approvals() -> tuple[m.Matter, ...]:
    return tuple(
        m.Matter(f"{body}-{debtor}", m.MatterKind.APPROVAL, True, body, "troops", debtor)
        for body, debtor in (("house", "d"), ("senate", "d"), ("house", "other"))
    )


def approved(**parts: object) -> tuple[m.Evidence, ...]:
    """Give the claims shown for an approval, where each of three approvals was given."""
    node = m.Approved(id="approved", measure="troops", **parts)  # type: ignore[arg-type]
    given = [claim(matter.id, True, 5) for matter in approvals()]
    members = {"d": frozenset({"union"})}
    found = explainer({m.Gate.ACTIVATED: node}, *given, matters=approvals(), members=members)
    return tree(found).supporting


def test_an_approval_shows_those_that_count_for_the_debtor_and_the_body() -> None:
    assert [each.matter for each in approved()] == ["house-d", "house-other", "senate-d"]
    assert [each.matter for each in approved(each_debtor=True)] == ["house-d", "senate-d"]
    assert [each.matter for each in approved(each_debtor=True, body="senate")] == ["senate-d"]


def test_an_approval_that_the_debtor_does_not_need_shows_none() -> None:
    assert approved(applies_to="outsiders") == ()
    assert len(approved(applies_to="union")) == 3


# What is left to wait for


def test_what_is_met_is_not_waited_for() -> None:
    found = activated(all_of(TRUCE, PEACE, VOTE), claim("truce", True, 5)).explanation()
    assert found.waits_for == Every((For(PEACE), For(VOTE)))


def test_what_is_ruled_out_is_not_waited_for() -> None:
    gone = m.Within(id="window", operand=TRUCE, until=8)
    assert activated(any_of(gone, PEACE)).explanation().waits_for == For(PEACE)


def test_of_a_number_of_parts_those_that_are_met_are_taken_off() -> None:
    node = m.AtLeast(id="two", minimum=2, operands=(TRUCE, PEACE, VOTE))
    found = activated(node, claim("truce", True, 5)).explanation()
    assert found.waits_for == Some(1, (For(PEACE), For(VOTE)))


def test_as_many_parts_as_are_left_are_all_waited_for() -> None:
    node = m.AtLeast(id="two", minimum=2, operands=(TRUCE, PEACE))
    assert activated(node).explanation().waits_for == Every((For(TRUCE), For(PEACE)))


def test_a_first_step_that_two_parts_share_is_said_once() -> None:
    node = all_of(TRUCE, after(VOTE, TRUCE))
    assert activated(node).explanation().waits_for == Then(For(TRUCE), For(VOTE))


def test_what_was_met_too_early_is_waited_for_again() -> None:
    early = claim("vote", True, 3), claim("truce", True, 5)
    assert activated(after(VOTE, TRUCE), *early).explanation().waits_for == For(VOTE)


def test_a_consent_waits_for_what_it_hangs_on() -> None:
    consent = m.Consents(id="consent", actor="x", matter="y", when=any_of(TRUCE, PEACE))
    assert activated(consent).explanation().waits_for == Some(1, (For(TRUCE), For(PEACE)))


def test_nothing_is_waited_for_where_no_gate_holds_it_back() -> None:
    found = activated(TRUCE, claim("truce", True, 5)).explanation()
    assert (found.phase.standing.state, found.waits_for) == (m.State.IN_FORCE, None)


def test_what_must_bind_first_is_waited_for_before_what_makes_it_due() -> None:
    gates: dict[m.Gate, m.Condition] = {m.Gate.ESTABLISHED: VOTE, m.Gate.ACTIVATED: TRUCE}
    found = explainer(gates).explanation()
    assert (found.phase.standing.state, found.waits_for) == (m.State.PROPOSED, For(VOTE))
    assert set(found.gates) == {m.Gate.ESTABLISHED, m.Gate.ACTIVATED}


def test_a_wait_names_its_conditions_from_left_to_right() -> None:
    wait = Then(Some(1, (For(TRUCE), For(PEACE))), Every((For(VOTE), For(ATTACK))))
    assert list(leaves(wait)) == [TRUCE, PEACE, VOTE, ATTACK]


def test_the_leaves_of_a_tree_are_those_without_operands() -> None:
    node = tree(activated(all_of(TRUCE, any_of(PEACE, VOTE))))
    assert [leaf.condition for leaf in node.leaves()] == [TRUCE, PEACE, VOTE]
    assert all(leaf.open for leaf in node.leaves())


def test_the_further_condition_of_a_reservation_is_explained_and_waited_for() -> None:
    explained = activated(TRUCE, claim("truce", True, 5))
    (promise,) = explained.lifecycle.world.model.undertakings.values()
    reservations = (m.Reservation("mine", "d", PEACE), m.Reservation("theirs", "other", VOTE))
    model = replace(
        explained.lifecycle.world.model,
        undertakings={"p": replace(promise, reservations=reservations)},
    )
    found = Explainer(Lifecycle(World(model, known_at=100)), "p", "d", 10).explanation()
    assert found.phase.standing.state is m.State.CONDITIONAL
    assert found.waits_for == For(PEACE)
    gate = found.gates[m.Gate.ACTIVATED].condition
    assert gate == m.AllOf(id="mine", operands=(TRUCE, PEACE))
