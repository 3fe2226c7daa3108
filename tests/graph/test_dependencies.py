"""The circle of the Paris meeting, under the words of the article and under readings of them."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from graph.circularity import Atom, Rules, Sort, Way
from graph.dataset import read_datasets
from graph.dependencies import Dependencies
from graph.lifecycle import Lifecycle
from graph.model import Model
from graph.namespaces import ID
from graph.read import read
from graph.readings import under
from graph.resources import resource
from graph.unlocking import Unlocking, holders, unlocking
from graph.world import World

DATA = Path(__file__).resolve().parent.parent.parent / "data"
DAY = date(2026, 2, 15).toordinal()
ONE_SETTLEMENT = ("settlements-are-one", "settlement-needs-ceasefire")

GUARANTEES = Atom(ID + "commitment/security-guarantees", Sort.IN_FORCE)
FORCE = Atom(ID + "commitment/multinational-force", Sort.IN_FORCE)
CEASEFIRE = Atom(ID + "event/ceasefire", Sort.MATTER)
PEACE = Atom(ID + "event/peace-settlement", Sort.MATTER)
UKRAINE = Atom(ID + "condition/ukraine-consents-to-ceasefire", Sort.CONSENT)
TALKS = Atom(ID + "condition/russia-consents-to-ceasefire-talks", Sort.CONSENT)


@cache
def paris() -> Model:
    datasets = read_datasets([resource("ontology"), DATA])
    return read(chain.from_iterable(dataset.quads for dataset in datasets))


def model_under(*readings: str) -> Model:
    return under(paris(), [paris().readings[f"{ID}reading/{name}"] for name in readings])


def rules(model: Model) -> Rules:
    return Dependencies(Lifecycle(World(model, DAY)), DAY).rules()


def unlocked(*readings: str) -> list[Unlocking]:
    model = model_under(*readings)
    return unlocking(model, rules(model), FORCE)


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
