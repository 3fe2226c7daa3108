"""Who owes what under the treaties of mutual defence, day by day, in the shipped data."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from graph.dataset import read_datasets
from graph.lifecycle import Lifecycle
from graph.model import Model, State
from graph.namespaces import ID
from graph.read import read
from graph.resources import resource
from graph.world import World

DATA = Path(__file__).resolve().parent.parent.parent / "data"
TREATIES = ("north-atlantic-treaty", "treaty-on-european-union")
NATO = "nato-mutual-defence"
UNION = "eu-mutual-assistance"
NOW = "2026-11-23"

SIGNATORIES = {
    *("belgium", "canada", "denmark", "france", "iceland", "italy", "luxembourg"),
    *("netherlands", "norway", "portugal", "united-kingdom", "united-states"),
}
IN_1960 = SIGNATORIES | {"germany", "greece", "turkiye"}
OF_2004 = {"bulgaria", "estonia", "latvia", "lithuania", "romania", "slovakia", "slovenia"}
IN_2005 = IN_1960 | {"spain", "czechia", "hungary", "poland"} | OF_2004
IN_2020 = IN_2005 | {"albania", "croatia", "montenegro", "north-macedonia"}


@cache
def model() -> Model:
    folders = [resource("ontology"), DATA / "actors", *(DATA / each for each in TREATIES)]
    return read(chain.from_iterable(dataset.quads for dataset in read_datasets(folders)))


@cache
def known_at(day: str) -> Lifecycle:
    return Lifecycle(World(model(), known_at=date.fromisoformat(day).toordinal()))


def state(commitment: str, debtor: str, day: str, known: str = NOW) -> State:
    on = date.fromisoformat(day).toordinal()
    of = f"{ID}commitment/{commitment}", f"{ID}actor/{debtor}"
    return known_at(known).phase(*of, on).standing.state


def bound(commitment: str, day: str, known: str = NOW) -> set[str]:
    """Give the debtors on whom a commitment is binding on a day."""
    named = model().undertakings[f"{ID}commitment/{commitment}"].debtors
    debtors = {debtor.removeprefix(f"{ID}actor/") for debtor in named}
    return {each for each in debtors if state(commitment, each, day, known) is State.CONDITIONAL}


@pytest.mark.parametrize("commitment", [NATO, "nato-consultation"])
@pytest.mark.parametrize(
    ("day", "parties"),
    [
        ("1949-08-23", set()),
        ("1949-08-24", SIGNATORIES),
        ("1952-02-17", SIGNATORIES),
        ("1952-02-18", SIGNATORIES | {"greece", "turkiye"}),
        ("1960-01-01", IN_1960),
        ("1982-05-29", IN_1960),
        ("1982-05-30", IN_1960 | {"spain"}),
        ("1999-03-11", IN_1960 | {"spain"}),
        ("2004-03-28", IN_2005 - OF_2004),
        ("2005-01-01", IN_2005),
        ("2009-04-01", IN_2005 | {"albania", "croatia"}),
        ("2017-06-04", IN_2005 | {"albania", "croatia"}),
        ("2017-06-05", IN_2020 - {"north-macedonia"}),
        ("2020-03-27", IN_2020),
        ("2023-04-03", IN_2020),
        ("2023-04-04", IN_2020 | {"finland"}),
        ("2024-03-06", IN_2020 | {"finland"}),
        ("2024-03-08", IN_2020 | {"finland", "sweden"}),
        ("2026-11-23", IN_2020 | {"finland", "sweden"}),
    ],
)
def test_the_north_atlantic_treaty_binds_each_party_from_its_own_accession(
    commitment: str, day: str, parties: set[str]
) -> None:
    assert bound(commitment, day) == parties


def test_who_has_not_acceded_yet_is_shown_as_one_to_whom_it_is_only_proposed() -> None:
    assert state(NATO, "spain", "1960-01-01") is State.PROPOSED


@pytest.mark.parametrize(
    ("day", "count", "within", "without"),
    [
        ("2009-11-30", 0, set(), {"france", "croatia", "united-kingdom"}),
        ("2009-12-01", 27, {"austria", "united-kingdom"}, {"croatia"}),
        ("2012-01-01", 27, {"united-kingdom"}, {"croatia"}),
        ("2013-06-30", 27, {"united-kingdom"}, {"croatia"}),
        ("2014-01-01", 28, {"croatia", "united-kingdom"}, set()),
        ("2020-01-31", 28, {"croatia", "united-kingdom"}, set()),
        ("2020-02-01", 27, {"croatia"}, {"united-kingdom"}),
        ("2026-11-23", 27, {"croatia"}, {"united-kingdom"}),
    ],
)
def test_the_union_s_clause_binds_whoever_is_a_member_state_that_day(
    day: str, count: int, within: set[str], without: set[str]
) -> None:
    found = bound(UNION, day)
    assert len(found) == count
    assert within <= found
    assert not without & found


def test_who_has_left_the_union_has_withdrawn() -> None:
    assert state(UNION, "united-kingdom", "2020-02-01") is State.WITHDRAWN


def test_an_accession_was_known_on_the_day_it_was_made() -> None:
    assert bound(NATO, "1960-01-01", known="1960-01-01") == IN_1960
    assert "finland" not in bound(NATO, "2024-01-01", known="2023-04-03")
    assert "finland" in bound(NATO, "2024-01-01", known="2023-04-04")
    assert "united-kingdom" in bound(UNION, "2020-02-01", known="2020-01-31")
