"""What the engine makes of each disagreement between sources, and that the query says the same."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from typing import Final

import pytest

from graph.claims import Policy, Rule
from graph.competency import question
from graph.lifecycle import Lifecycle
from graph.model import Model
from graph.namespaces import ID
from graph.query import find, run
from graph.read import read as read_model
from graph.store import Store
from graph.world import World
from tests.queries.cases import table
from tests.queries.conftest import SHIPPED, read
from tests.shared import FACTS

KNOWN_AT: Final = date(2026, 11, 23).toordinal()
LIST = FACTS / "source_conflicts.csv"
NOW: Final = "2026-11-23"
STATE: Final = "state-of-affairs/"

# Item, matter, day, and the verdict under the sceptical, ranked and credulous policy.
WEIGHED = [
    ("SC-01", f"{STATE}twenty-eight-bilateral-agreements", NOW, "disputed holding holding"),
    ("SC-02", f"{STATE}european-union-among-the-28-agreements", NOW, "disputed holding holding"),
    ("SC-03", "event/signing-of-the-trilateral-declaration", "2026-01-06", "disputed met met"),
    ("SC-03", "event/signing-of-the-trilateral-declaration", "2026-01-07", "met met met"),
    (
        "SC-04",
        f"{STATE}coalition-members-adopted-the-paris-declaration",
        NOW,
        "disputed disputed holding",
    ),
    ("SC-05", f"{STATE}paris-declaration-ratified-by-35-states", NOW, "disputed waiting holding"),
    ("SC-06", f"{STATE}binding-commitments", NOW, "disputed disputed holding"),
    ("SC-07", f"{STATE}ukrainian-army-of-800-000", NOW, "disputed disputed holding"),
    ("SC-09", f"{STATE}romania-listed-in-the-ukraine-compact", NOW, "disputed waiting holding"),
    (
        "SC-10",
        f"{STATE}czechia-and-slovenia-listed-in-the-ukraine-compact",
        NOW,
        "disputed waiting holding",
    ),
    ("SC-11", f"{STATE}british-sum-for-every-year", NOW, "disputed waiting holding"),
    ("SC-12", f"{STATE}uk-yearly-aid-as-long-as-needed", NOW, "disputed disputed holding"),
    (
        "SC-13",
        f"{STATE}spanish-sum-through-the-european-peace-facility",
        NOW,
        "disputed disputed holding",
    ),
    ("SC-14", f"{STATE}latvian-share-for-every-year", NOW, "disputed waiting holding"),
    ("SC-15", "event/launch-of-the-ukraine-compact", "2024-07-11", "disputed disputed met"),
    ("SC-15", "event/launch-of-the-ukraine-compact", "2024-07-12", "met met met"),
    ("SC-16", f"{STATE}germany-rules-out-troops-inside-ukraine", NOW, "disputed disputed holding"),
]
# Both can be true there: two statements stand side by side.
BESIDE = {"SC-08"}


@cache
def model() -> Model:
    return read_model(read(SHIPPED))


def world(rule: Rule) -> World:
    return World(model(), KNOWN_AT, Policy(rule))


@pytest.mark.parametrize(("item", "matter", "day", "verdicts"), WEIGHED)
def test_each_policy_decides_as_the_ranks_of_the_sources_say(
    item: str, matter: str, day: str, verdicts: str
) -> None:
    on = date.fromisoformat(day).toordinal()
    found = [world(rule).ground(ID + matter, on).value.verdict.value for rule in Rule]
    assert found == verdicts.split(), item


def test_the_query_agrees_with_the_engine(shipped: Store) -> None:
    ranked = table(run(shipped, find("source-conflicts"), {}), ("item", "about", "ranked"))
    disputed = {(item, about) for item, about, outcome in ranked if outcome == "disputed"}
    assert disputed == {
        (item, matter) for item, matter, _, verdicts in WEIGHED if verdicts.split()[1] == "disputed"
    }


def test_sixteen_disagreements_are_weighed_or_stand_side_by_side(shipped: Store) -> None:
    rows = table(run(shipped, find("source-conflicts"), {}), ("item", "sceptical"))
    assert {item for item, _ in rows} == {f"SC-{number:02}" for number in range(1, 17)}
    assert {item for item, outcome in rows if outcome == "stands beside"} == BESIDE
    assert {item for item, *_ in WEIGHED} | BESIDE == {item for item, _ in rows}


def test_the_page_of_questions_counts_them() -> None:
    disputed = {item for item, *_, verdicts in WEIGHED if verdicts.split()[1] == "disputed"}
    settled = {item for item, *_ in WEIGHED} - disputed
    assert (len(BESIDE), len(settled), len(disputed)) == (1, 8, 7)
    answer = question("48X").answer
    assert "one is between statements that can both be true" in answer
    assert "eight are settled by rank and seven stay disputed" in answer


def test_a_policy_decides_from_which_day_a_declaration_binds() -> None:
    """The day on which it was signed is disputed; a weightier page has the earlier one."""
    day = date(2026, 1, 6).toordinal()
    of = f"{ID}commitment/french-deployment", f"{ID}actor/france"
    states = [Lifecycle(world(rule)).phase(*of, day).standing.state.value for rule in Rule]
    assert states == ["undetermined", "conditional", "conditional"]


@pytest.mark.skipif(not LIST.is_file(), reason=f"{LIST} is not there")
def test_each_disagreement_cites_both_pages_of_the_list(shipped: Store) -> None:
    rows = table(run(shipped, find("source-conflicts"), {}), ("item", "address"))
    with LIST.open(encoding="utf-8", newline="") as lines:
        for number, each in enumerate(csv.DictReader(lines), 1):
            cited = {address for item, address in rows if item == f"SC-{number:02}"}
            wanted = {each["source_a"], each["source_b"]}
            # The article has no address.
            assert cited == {"" if page.startswith("./") else page for page in wanted}
