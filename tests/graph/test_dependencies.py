"""The circle of the Paris meeting, under the words of the article and under readings of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings

from graph.circularity import AtLeastOf, Atom, Rules, Sort, Way, atoms_of
from graph.dataset import read_datasets
from graph.dependencies import Dependencies
from graph.lifecycle import Lifecycle
from graph.model import (
    Act,
    Effect,
    Gate,
    InState,
    Matter,
    MatterKind,
    Model,
    Power,
    Reservation,
    State,
    Structure,
    Undertaking,
    UndertakingKind,
)
from graph.namespaces import ID
from graph.read import read
from graph.readings import under
from graph.resources import resource
from graph.timeline import Span
from graph.truth import Truth
from graph.unlocking import Unlocking, holders, unlocking
from graph.world import Assumption, World
from tests.graph.models import LAST, worlds

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DAY = date(2026, 2, 15).toordinal()
ONE_SETTLEMENT = ("settlements-are-one", "settlement-needs-ceasefire")

GUARANTEES = Atom(ID + "commitment/security-guarantees", Sort.IN_FORCE)
FORCE = Atom(ID + "commitment/multinational-force", Sort.IN_FORCE)
CEASEFIRE = Atom(ID + "event/ceasefire", Sort.MATTER)
PEACE = Atom(ID + "event/peace-settlement", Sort.MATTER)
FRANCE = ID + "actor/france"
UKRAINE = Atom(ID + "condition/ukraine-consents-to-ceasefire", Sort.CONSENT)
TALKS = Atom(ID + "condition/russia-consents-to-ceasefire-talks", Sort.CONSENT)


@cache
def paris() -> Model:
    datasets = read_datasets([resource("ontology"), DATA])
    return read(chain.from_iterable(dataset.quads for dataset in datasets))


def model_under(*readings: str) -> Model:
    return under(paris(), [paris().readings[f"{ID}reading/{name}"] for name in readings])


def dependencies(model: Model, *assumed: tuple[str, Truth]) -> Dependencies:
    scenario = tuple(Assumption(ID + about, truth, DAY) for about, truth in assumed)
    return Dependencies(Lifecycle(World(model, DAY, scenario=scenario)), DAY)


def rules(model: Model) -> Rules:
    return dependencies(model).rules


def unlocked(*readings: str) -> list[Unlocking]:
    read = dependencies(model_under(*readings))
    return unlocking(read.rules, FORCE, read.exclusions())


def test_under_the_articles_own_words_the_circle_has_a_way_round() -> None:
    (circle,) = rules(paris()).circles()
    assert not circle.hard
    assert set(circle.atoms) == {GUARANTEES, CEASEFIRE, UKRAINE}
    assert rules(paris()).way(FORCE) is Way.STEP_BY_STEP


def test_if_a_settlement_itself_needs_a_ceasefire_five_things_wait_in_a_hard_circle() -> None:
    found = rules(model_under(*ONE_SETTLEMENT))
    (circle,) = found.circles()
    assert circle.hard
    assert set(circle.atoms) == {GUARANTEES, CEASEFIRE, UKRAINE, TALKS, PEACE}
    assert {found.way(atom) for atom in (*circle.atoms, FORCE)} == {Way.AT_ONCE}


def test_ukraine_can_consent_if_guarantees_need_only_bind() -> None:
    found = rules(model_under(*ONE_SETTLEMENT, "binding-is-enough"))
    assert found.way(UKRAINE) is Way.STEP_BY_STEP
    assert found.way(CEASEFIRE) is Way.AT_ONCE
    (circle,) = found.circles()
    assert set(circle.atoms) == {CEASEFIRE, TALKS, PEACE}


def test_the_three_demands_have_their_holders() -> None:
    held = holders(paris())
    assert held[TALKS.iri] == ID + "actor/russia"
    assert held[ID + "condition/russia-consents-to-peace-settlement"] == ID + "actor/russia"
    assert held[UKRAINE.iri] == ID + "actor/ukraine"
    assert held[ID + "approval/france-troops"] == ID + "actor/parliament-of-france"


@pytest.mark.parametrize("readings", [(), ("settlements-are-one",)])
def test_honouring_russias_demand_clashes_with_the_force_and_other_ways_do_not(
    readings: tuple[str, ...],
) -> None:
    demand, force = (
        ID + "state-of-affairs/no-nato-troops-in-ukraine",
        ID + ("state-of-affairs/multinational-force-in-ukraine"),
    )
    ways = unlocked(*readings)
    clashing = [way for way in ways if way.conflicts]
    assert [way.conflicts for way in clashing] == [((force, demand),)]
    assert all(Atom(demand, Sort.MATTER) in way.acts for way in clashing)
    assert any(Atom(UKRAINE.iri, Sort.WAIVER) in way.acts for way in ways)
    assert ways[-1] == clashing[0]


def test_no_way_brings_the_force_about_without_every_approval() -> None:
    for way in unlocked():
        approvals = {act.iri for act in way.acts if "/approval/" in act.iri}
        assert len(approvals) == 5


def approvals(acts: Iterable[Atom]) -> set[str]:
    return {act.iri.rpartition("/")[2] for act in acts if "/approval/" in act.iri}


@pytest.mark.parametrize(
    ("debtor", "needed"),
    [
        ("canada", {"canada-implementation"}),
        ("france", {"france-implementation", "france-troops"}),
        ("united-kingdom", {"united-kingdom-implementation", "united-kingdom-troops"}),
    ],
)
def test_each_debtor_needs_its_own_approvals_alone(debtor: str, needed: set[str]) -> None:
    read = dependencies(paris())
    found = read.rules
    force = read.in_force(paris().undertakings[FORCE.iri], f"{ID}actor/{debtor}")
    ways = found.with_waivers().unlocking(force)
    assert ways
    assert all(approvals(acts) == needed for acts in ways)


def test_if_two_parliaments_reject_canada_s_approval_still_gives_a_force() -> None:
    rejected = [(f"approval/{one}-troops", Truth.FALSE) for one in ("france", "united-kingdom")]
    read = dependencies(paris(), *rejected)
    found, subject = read.rules, paris().undertakings[FORCE.iri]
    assert found.way(FORCE) is Way.NOT
    each = tuple(read.in_force(subject, debtor) for debtor in subject.debtors)
    for acts in found.with_waivers().unlocking(AtLeastOf(1, each)):
        assert approvals(acts) == {"canada-implementation"}
    assert found.way(AtLeastOf(2, each)) is Way.NOT


def test_what_is_assumed_to_be_so_needs_no_act() -> None:
    read = dependencies(paris(), ("event/ceasefire", Truth.TRUE))
    for acts in read.rules.with_waivers().unlocking(FORCE):
        assert len(acts) == len(approvals(acts)) == 5


def test_a_condition_assumed_to_be_so_is_left_out_and_one_assumed_not_to_be_is_excluded() -> None:
    talks = "condition/russia-consents-to-ceasefire-talks"
    assumed = dependencies(paris(), (talks, Truth.TRUE)).rules
    assert set(atoms_of(assumed.needs[CEASEFIRE])) == {UKRAINE}
    assert dependencies(paris(), (talks, Truth.FALSE)).rules.way(CEASEFIRE) is Way.NOT


def test_who_was_released_is_never_in_force_again() -> None:
    model = paris()
    act = Act(ID + "event/release", ID + "actor/ukraine", FORCE.iri, Effect.RELEASE)
    released = replace(
        model,
        acts=(*model.acts, act),
        powers=(*model.powers, Power(act.actor, FORCE.iri, Effect.RELEASE)),
        matters={**model.matters, act.event: Matter(act.event, MatterKind.EVENT)},
    )
    read = dependencies(released, ("event/release", Truth.TRUE))
    assert read.rules.way(read.in_force(released.undertakings[FORCE.iri], FRANCE)) is Way.NOT
    assert read.rules.way(FORCE) is Way.NOT


def reserved(subject: Undertaking, *debtors: str) -> Model:
    made = tuple(Reservation(f"r-{debtor}", debtor) for debtor in debtors)
    undertaking = replace(subject, reservations=made)
    return replace(paris(), undertakings={**paris().undertakings, subject.id: undertaking})


def test_joint_debtors_do_not_wait_for_one_that_excluded_itself() -> None:
    joint = replace(paris().undertakings[FORCE.iri], structure=Structure.JOINT)
    model = reserved(joint, FRANCE)
    read = dependencies(model)
    force = read.in_force(model.undertakings[FORCE.iri], f"{ID}actor/canada")
    ways = read.rules.with_waivers().unlocking(force)
    assert ways
    assert not any("france" in name for acts in ways for name in approvals(acts))


def test_what_all_debtors_excluded_is_never_in_force() -> None:
    subject = paris().undertakings[FORCE.iri]
    found = rules(reserved(subject, *subject.debtors))
    assert found.way(FORCE) is Way.NOT
    assert found.way(Atom(FORCE.iri, Sort.BINDS)) is Way.NOT


def test_one_debtor_in_force_brings_about_what_excludes_a_demand() -> None:
    read = dependencies(paris())
    force = paris().undertakings[FORCE.iri]
    ways = unlocking(read.rules, read.in_force(force, f"{ID}actor/canada"), read.exclusions())
    (clashing,) = (way for way in ways if way.conflicts)
    assert {act.iri for act in clashing.acts} == {
        ID + "approval/canada-implementation",
        ID + "state-of-affairs/no-nato-troops-in-ukraine",
    }


def test_what_holds_already_clashes_with_what_would_hold_as_well() -> None:
    bare = ("state-of-affairs/no-nato-troops-in-ukraine", Truth.TRUE)
    read = dependencies(paris(), bare)
    assert all(way.conflicts for way in unlocking(read.rules, FORCE, read.exclusions()))
    both = dependencies(
        paris(), bare, ("state-of-affairs/multinational-force-in-ukraine", Truth.TRUE)
    )
    ways = unlocking(both.rules, FORCE, both.exclusions())
    assert not any(way.conflicts for way in ways)


def looking(state_of: Undertaking, debtor: str, model: Model) -> Way:
    """Give how a debtor's commitment that waits for another can come in force."""
    waits = InState(id="waits", commitment=state_of.id, states=frozenset({State.IN_FORCE}))
    other = Undertaking(
        "looker", UndertakingKind.COMMITMENT, (debtor,), Span(0, 0), {Gate.ACTIVATED: waits}
    )
    read = dependencies(replace(model, undertakings={**model.undertakings, other.id: other}))
    return read.rules.way(read.in_force(other, debtor))


def test_who_looks_from_outside_waits_in_vain_for_one_that_excluded_itself() -> None:
    subject = paris().undertakings[FORCE.iri]
    assert looking(subject, "outsider", paris()) is Way.STEP_BY_STEP
    assert looking(subject, "outsider", reserved(subject, FRANCE)) is Way.NOT
    assert looking(subject, f"{ID}actor/canada", reserved(subject, FRANCE)) is Way.STEP_BY_STEP


def test_several_debtors_do_not_wait_for_one_that_has_left() -> None:
    subject = replace(paris().undertakings[FORCE.iri], structure=Structure.SEVERAL)
    act = Act(f"{ID}event/ceasefire", FRANCE, FORCE.iri, Effect.WITHDRAW)
    model = replace(
        paris(),
        undertakings={**paris().undertakings, FORCE.iri: subject},
        acts=(act,),
        powers=(Power(FRANCE, FORCE.iri, Effect.WITHDRAW),),
    )
    read = dependencies(model, ("event/ceasefire", Truth.TRUE))
    assert FRANCE not in read.owing(subject)
    ways = read.rules.with_waivers().unlocking(FORCE)
    assert ways
    assert not any("france" in name for acts in ways for name in approvals(acts))


@settings(max_examples=50)
@given(worlds())
def test_the_rules_of_a_day_do_not_hang_on_the_days_that_were_asked_about_before(
    world: World,
) -> None:
    lifecycle = Lifecycle(world)
    for day in range(LAST + 2):
        read, alone = Dependencies(lifecycle, day), Dependencies(Lifecycle(world), day)
        assert read.rules == alone.rules
        assert read.exclusions() == alone.exclusions()
