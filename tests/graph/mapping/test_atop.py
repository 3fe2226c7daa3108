"""The mapping of ATOP: what its rows say, and where they mislead; the real table lies elsewhere."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import pyoxigraph as ox
import pytest

from graph.lifecycle import Lifecycle
from graph.mapping.follow import Followed
from graph.read import read
from graph.truth import Truth
from graph.validate import validate
from graph.world import World
from tests.graph.mapping.followed import TABLES, asked, everything, followed
from tests.graph.slices.writes import store_of
from tests.shared import SHARED

REAL = SHARED / "data" / "atop" / "atop-member-level.csv"
GW = SHARED / "data" / "gw" / "gw_states.csv"
TODAY = date(2026, 11, 23).toordinal()
COMMITMENT = "https://w3id.org/servanda/id/commitment/atop-"


@pytest.fixture(scope="module")
def small() -> Followed:
    return followed("atop", [TABLES / "atop-member-level.csv"])


@pytest.fixture(scope="module")
def quads(small: Followed) -> list[ox.Quad]:
    return everything(small)


@pytest.fixture(scope="module")
def real() -> Followed:
    if not REAL.exists():
        pytest.skip(f"the table of ATOP is not part of the project; put it at {REAL}")
    return followed("atop", [REAL])


def creditors(quads: Sequence[ox.Quad], commitment: str) -> list[str]:
    rows = asked(
        quads, f"SELECT ?c {{ <{COMMITMENT}{commitment}> sv:creditor ?c }} ORDER BY STR(?c)"
    )
    return [creditor.removeprefix("actor/") for (creditor,) in rows]


def states(quads: Sequence[ox.Quad], commitment: str, *days: str) -> list[str]:
    lifecycle = Lifecycle(World(read(quads), TODAY))
    iri = COMMITMENT + commitment
    (debtor,) = lifecycle.world.model.undertakings[iri].debtors
    return [
        lifecycle.phase(iri, debtor, date.fromisoformat(day).toordinal()).standing.state.value
        for day in days
    ]


def test_what_is_mapped_breaks_no_rule(quads: list[ox.Quad]) -> None:
    assert [each for each in validate(quads) if each.severity != "info"] == []


def test_who_leaves_on_a_day_is_no_partner_of_who_comes_on_it(quads: list[ox.Quad]) -> None:
    assert creditors(quads, "9001-2-1-19490404-defense") == ["france"]
    assert creditors(quads, "9001-2-2-19510619-defense") == ["greece"]


def test_a_commitment_is_over_on_the_day_its_phase_ends(quads: list[ox.Quad]) -> None:
    assert states(
        quads, "9001-2-1-19490404-consul", "1949-04-03", "1949-04-04", "1951-06-18", "1951-06-19"
    ) == ["not made", "in force", "in force", "expired"]


def test_a_promise_of_defence_waits_for_an_attack(quads: list[ox.Quad]) -> None:
    assert states(quads, "9001-2-2-19510619-defense", "1960-01-01") == ["conditional"]


def test_a_day_that_is_missing_is_some_day_of_its_month(quads: list[ox.Quad]) -> None:
    assert states(
        quads, "9002-365-0-19260900-neutral", "1926-08-31", "1926-09-10", "1926-10-01"
    ) == ["not made", "undetermined", "in force"]
    assert states(quads, "9002-368-0-19260928-neutral", "1939-09-30", "1939-11-01") == [
        "in force",
        "expired",
    ]
    lifecycle = Lifecycle(World(read(quads), TODAY))
    (end,) = asked(
        quads,
        f"SELECT ?m {{ <{COMMITMENT}9002-368-0-19260928-neutral> sv:endsWhen/sv:matter ?m }}",
    )[0]
    timeline = lifecycle.world.timeline(f"https://w3id.org/servanda/id/{end}")
    assert timeline.at(date(1939, 10, 15).toordinal()).truth is Truth.UNKNOWN


def test_an_empty_cell_makes_no_commitment_and_neither_does_a_zero(quads: list[ox.Quad]) -> None:
    assert asked(quads, "SELECT ?c { ?c sv:recordedIn id:instrument\\/atop-9002 } ORDER BY ?c") == [
        ("commitment/atop-9002-365-0-19260900-defense",),
        ("commitment/atop-9002-365-0-19260900-neutral",),
        ("commitment/atop-9002-368-0-19260928-neutral",),
    ]


def test_only_the_members_that_owe_defence_owe_it(quads: list[ox.Quad]) -> None:
    assert creditors(quads, "9002-365-0-19260900-defense") == ["lithuania"]
    assert creditors(quads, "9002-368-0-19260928-defense") == []


def test_a_member_that_comes_back_has_two_commitments(quads: list[ox.Quad]) -> None:
    assert creditors(quads, "9003-651-0-19450322-consul") == ["syria"]
    assert creditors(quads, "9003-651-0-19890522-consul") == ["syria"]
    assert creditors(quads, "9003-652-0-19450322-consul") == ["egypt"]


def test_a_code_that_cow_lacks_is_an_actor_under_that_code(quads: list[ox.Quad]) -> None:
    assert creditors(quads, "9004-220-0-18740315-offense") == ["atop-member-8152"]
    assert asked(
        quads,
        "SELECT ?l ?cow { actor:atop-member-8152 rdfs:label ?l"
        " OPTIONAL { actor:atop-member-8152 sv:cowCode ?cow } }",
    ) == [("ATOP member 8152, which COW does not list", "")]


def test_actors_that_are_there_are_found_by_their_codes_and_not_made_again(
    small: Followed,
) -> None:
    made = {
        str(quad.subject).rpartition("/")[2].rstrip(">")
        for quad in small.dataset.quads
        if str(quad.object) == "<https://w3id.org/servanda/ns#State>"
    }
    assert made == {"egypt", "syria", "atop-member-8152"}
    assert asked(small.dataset.quads, "SELECT ?c { actor:france sv:cowCode ?c }") == [("220",)]


def test_a_second_import_says_the_same(small: Followed, quads: list[ox.Quad]) -> None:
    again = followed("atop", [TABLES / "atop-member-level.csv"], store_of(quads))
    assert set(again.dataset.quads) == set(small.dataset.quads)


def test_states_are_independent_from_and_until_the_days_of_the_list(quads: list[ox.Quad]) -> None:
    assert asked(
        quads,
        "SELECT ?from ?until { actor:lithuania sv:independence/^sv:evidenceFor ?e ."
        " ?e sv:validFrom ?from OPTIONAL { ?e sv:validUntil ?until } } ORDER BY ?from",
    ) == [
        ("1918-02-16T00:00:00Z", "1940-06-01T00:00:00Z"),
        ("1991-09-06T00:00:00Z", ""),
    ]


COUNTED = {
    "instruments": "(COUNT(DISTINCT ?i) AS ?n) { ?c a sv:Commitment ; sv:recordedIn ?i }",
    "commitments": "(COUNT(DISTINCT ?c) AS ?n) { ?c a sv:Commitment }",
    "lines": "(COUNT(*) AS ?n) { SELECT DISTINCT ?d ?k ?c"
    " { ?c a sv:Commitment ; sv:debtor ?d ; sv:creditor ?k } }",
}


@pytest.mark.parametrize(
    ("what", "number"), [("instruments", 745), ("commitments", 4097), ("lines", 36476)]
)
def test_the_real_table_has_as_many(real: Followed, what: str, number: int) -> None:
    assert asked(real.dataset.quads, f"SELECT {COUNTED[what]}") == [(str(number),)]


def test_in_39_real_instruments_some_members_of_a_phase_owe_no_defence(real: Followed) -> None:
    with REAL.open(newline="") as table:
        rows = list(csv.DictReader(table))
    owing: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        owing[row["atopid"], row["phase"]].add(row["defense"])
    mixed = {instrument for (instrument, _), owed in owing.items() if owed == {"0", "1"}}
    assert len(mixed) == 39
    commitments = asked(real.dataset.quads, "SELECT ?c { ?c sv:content id:action\\/atop-defense }")
    owed = {name for (name,) in commitments}
    assert len(owed) == sum(row["defense"] == "1" for row in rows)


def test_every_real_commitment_has_a_page_to_read(real: Followed) -> None:
    assert (
        asked(
            real.dataset.quads,
            "SELECT ?c { ?c a sv:Commitment"
            " FILTER NOT EXISTS { ?c ^sv:about/sv:source/sv:address ?page } }",
        )
        == []
    )


def test_the_states_that_come_along_are_those_of_the_list() -> None:
    if not GW.exists():
        pytest.skip(f"the list of states is not part of the project; put it at {GW}")
    ours = (
        (TABLES.parents[3] / "data" / "mappings" / "atop" / "independence.csv")
        .read_text()
        .splitlines()[1:]
    )
    theirs = [line.split(",") for line in GW.read_text().splitlines()[1:]]
    days = sorted((int(float(line[0])), *line[-2:]) for line in theirs)
    # The list ends with 2017, and what lasts till then has no end.
    assert (
        sorted(
            (int(gw), first, last or "2017-12-31")
            for _, gw, first, last in (line.split(",") for line in ours)
        )
        == days
    )
