"""The mapping of the Support Tracker: promised, allocated and the rest; never a violation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from graph.claims import Policy, Rule
from graph.lifecycle import Lifecycle
from graph.mapping.follow import Followed
from graph.model import State
from graph.read import read
from graph.validate import validate
from graph.world import World
from tests.graph.mapping.followed import TABLES, asked, everything, followed
from tests.shared import SHARED

FOLDER = SHARED / "data" / "support-tracker"
TODAY = date(2026, 11, 23).toordinal()
FILES = ("data_explorer.csv", "release_info.csv")
TOTALS = """SELECT ?stage (SUM(?q) AS ?sum) {
  ?p a sv:Provision ; sv:quantityStage ?stage ; sv:provided ?a .
  ?a sv:quantity ?q ; sv:unit "EUR bn" } GROUP BY ?stage ORDER BY DESC(?stage)"""


@pytest.fixture(scope="module")
def small() -> list[ox.Quad]:
    return everything(followed("support-tracker", [TABLES / name for name in FILES]))


@pytest.fixture(scope="module")
def real() -> Followed:
    files = [FOLDER / name for name in FILES]
    if not all(file.exists() for file in files):
        pytest.skip(f"the tables of the tracker are not part of the project; put them at {FOLDER}")
    return followed("support-tracker", files)


def test_what_is_mapped_breaks_no_rule(small: list[ox.Quad]) -> None:
    assert [each for each in validate(small) if each.severity != "info"] == []


def test_figures_stand_as_written_and_as_numbers(small: list[ox.Quad]) -> None:
    found = [
        str(quad.object)
        for quad in small
        if "EST-2022-02" in str(quad.subject)
        and quad.predicate.value.endswith(("#quantity", "#proposition", "#priceBasis"))
    ]
    decimal = '"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    words = (
        '"total 0.10 (financial 0, humanitarian 0, military 0.10);'
        ' commitments 0.250; to_be_allocated 0.150"'
    )
    basis = '"as counted in release 7 of the Ukraine Support Tracker"'
    assert sorted(found) == sorted(
        [f'"0.10{decimal}', f'"0.250{decimal}', words, words, basis, basis]
    )


def test_a_rest_below_zero_is_kept(small: list[ox.Quad]) -> None:
    assert asked(
        small,
        "SELECT ?d ?rest { ?p sv:toBeAllocated ?rest ; sv:providedBy ?d FILTER(?rest < 0) }",
    ) == [("actor/estonia", "-0.2")]


def test_a_zero_is_no_promise(small: list[ox.Quad]) -> None:
    assert asked(
        small,
        "SELECT ?day { ?p sv:providedBy actor:estonia ; sv:quantityStage sv:Pledged ;"
        " sv:providedOn ?day }",
    ) == [("2022-02-01T00:00:00Z",)]


def test_the_release_is_the_source_with_its_day(small: list[ox.Quad]) -> None:
    assert asked(
        small,
        "SELECT DISTINCT ?title ?day { ?p a sv:Provision ; sv:source ?s ."
        " ?s sv:title ?title ; sv:publishedOn ?day }",
    ) == [("Tracker of the tests, Release 7 (04/2022)", "2022-05-04T00:00:00Z")]


def test_a_source_without_deliveries_says_so(small: list[ox.Quad]) -> None:
    assert asked(
        small,
        "SELECT DISTINCT ?said { ?c a sv:Commitment ; ^sv:gapIn ?gap . ?gap rdfs:label ?said ;"
        " sv:aspect sv:FulfilmentAspect }",
    ) == [("no evidence of fulfilment in this source",)]


@pytest.mark.parametrize("rule", list(Rule))
def test_a_commitment_of_the_tracker_is_never_violated(real: Followed, rule: Rule) -> None:
    lifecycle = Lifecycle(World(read(everything(real)), TODAY, Policy(rule)))
    found = {
        phase.standing.state
        for undertaking in lifecycle.world.model.undertakings.values()
        for debtor in undertaking.debtors
        for phase in lifecycle.phases(undertaking.id, debtor)
    }
    assert found == {State.NOT_MADE, State.UNDETERMINED, State.IN_FORCE}
    (kept,) = {
        lifecycle.phase(each.id, debtor, TODAY).standing.state
        for each in lifecycle.world.model.undertakings.values()
        for debtor in each.debtors
    }
    assert kept is State.IN_FORCE


def test_the_real_totals_are_those_of_the_table(real: Followed) -> None:
    totals = {stage[-8:]: Decimal(total) for stage, total in asked(real.dataset.quads, TOTALS)}
    pledged, allocated = totals["#Pledged"], totals["llocated"]
    assert (round(pledged, 3), round(allocated, 3)) == (Decimal("547.984"), Decimal("358.400"))


def test_the_real_rests_below_zero_are_all_there(real: Followed) -> None:
    assert asked(
        real.dataset.quads,
        "SELECT (COUNT(*) AS ?n) { ?p sv:toBeAllocated ?rest FILTER(?rest < 0) }",
    ) == [("406",)]
