"""The shipped data hold every entry of the list of commitments, each with a page to read."""

from __future__ import annotations

import csv
from collections import Counter
from urllib.parse import urlsplit

import pytest

from graph.query import find, run
from graph.store import Store
from tests.queries.cases import table, text
from tests.shared import FACTS

LIST = FACTS / "commitment_facts.csv"
needs_list = pytest.mark.skipif(not LIST.is_file(), reason=f"{LIST} is not there")

# The article was handed in as a text, without an address.
OF_THE_ARTICLE = "https://w3id.org/servanda/data/paris-2026"
UNDERTAKINGS = f"""
PREFIX sv: <https://w3id.org/servanda/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?undertaking (GROUP_CONCAT(DISTINCT STR(?address)) AS ?addresses) {{
  GRAPH ?graph {{ ?undertaking a ?kind }}
  ?kind rdfs:subClassOf sv:Undertaking .
  FILTER(?graph != <{OF_THE_ARTICLE}>)
  OPTIONAL {{ ?record sv:about ?undertaking ; sv:source/sv:address ?address }}
}} GROUP BY ?undertaking
"""


def entries(shipped: Store) -> dict[str, set[str]]:
    """Give the addresses behind each entry that is represented."""
    rows = run(shipped, find("commitment-list"), {}).rows()
    return {text(row["entry"]): set(text(row["addresses"]).split()) for row in rows}


def listed() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def can_be_opened(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"} and bool(urlsplit(address).netloc)


def test_there_are_67_entries(shipped: Store) -> None:
    assert len(entries(shipped)) == 67


def test_each_undertaking_has_a_page_that_can_be_opened(shipped: Store) -> None:
    rows = {text(each): text(found) for each, found in shipped.query(UNDERTAKINGS).rows()}
    assert len(rows) > 67
    unread = {each for each, found in rows.items() if not any(map(can_be_opened, found.split()))}
    assert unread == set()


def test_only_http_addresses_count_as_pages_that_can_be_opened() -> None:
    assert can_be_opened("https://example.org/page")
    assert not can_be_opened("./article.txt")
    assert not can_be_opened("https:///page")


@needs_list
def test_every_entry_is_there_with_the_page_the_list_gives(shipped: Store) -> None:
    wanted = {each["id"]: each["source_address"] for each in listed()}
    found = entries(shipped)
    assert found.keys() == wanted.keys()
    assert {each for each, address in wanted.items() if address not in found[each]} == set()


@needs_list
def test_who_consults_within_24_hours_is_as_the_list_has_it(shipped: Store) -> None:
    own = {each["party"] for each in listed() if each["consultation_24h"].startswith("yes")}
    general = {each["party"] for each in listed() if "in general" in each["consultation_24h"]}
    rows = table(run(shipped, find("consultations"), {}), ("partyLabel", "days", "basis"))
    assert {party for party, days, _ in rows if days == "1"} == own - general
    assert {party for party, _, basis in rows if basis == "said in general"} == general


def test_eleven_consult_within_24_hours_by_their_own_page(shipped: Store) -> None:
    rows = table(run(shipped, find("consultations"), {}), ("days", "basis"))
    counted = Counter(rows)
    assert counted["1", "its own page"] == 11
    assert counted["", "said in general"] == 17
    assert counted["1", "said in general"] == 0


def test_that_no_consultation_was_found_is_recorded(shipped: Store) -> None:
    gaps = table(run(shipped, find("open-particulars"), {}), ("gap",))
    assert ("gap/ukraine-croatia-consultation",) in gaps
