"""An undertaking is drawn with its parties and every condition that its page lists."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from justhtml import JustHTML

from tests.api.pages.conftest import DAY, Read, hrefs, text

FORCE = f"/doc/commitment/multinational-force?{DAY}"
UNDERTAKINGS = [
    "commitment/multinational-force",
    "commitment/nato-mutual-defence",
    "commitment/ukraine-sweden-support",
    "intention/no-italian-ground-deployment",
]
DIAGRAM = "[role=group]"


def told(page: JustHTML) -> str:
    return text(page, f"{DIAGRAM} desc")


@pytest.mark.parametrize("of", UNDERTAKINGS)
def test_every_condition_of_the_tree_is_in_the_drawing(read: Read, of: str) -> None:
    page = read(f"/doc/{of}?{DAY}")
    conditions = set(hrefs(page, ".tree .node-label a"))
    assert conditions <= set(hrefs(page, f"{DIAGRAM} a"))
    verdicts = [str(each.to_text()).strip() for each in page.query(".tree .node .state")]
    assert verdicts or not conditions
    for verdict in verdicts:
        assert verdict in told(page)


def test_the_parties_and_the_text_stand_in_it(read: Read) -> None:
    page = read(FORCE)
    names = text(page, f"{DIAGRAM} a")
    for name in ("Canada", "Ukraine", "Paris framework of security guarantees", "creditor"):
        assert name in names
    assert "debtor: Canada. creditor: Ukraine" in told(page)


def test_another_debtor_is_drawn_with_its_own_conditions(read: Read) -> None:
    page = read(f"{FORCE}&debtor=actor/france")
    assert "debtor: France" in told(page)
    assert "Parliament of France" in told(page)


def test_an_assumption_changes_the_drawing(read: Read) -> None:
    page = read(f"{FORCE}&set=event/ceasefire=true@2026-02-10")
    assert "a ceasefire (met)" in told(page)
    assert "a ceasefire (waiting)" in told(read(FORCE))


def test_the_pattern_stands_beside_a_recorded_undertaking(read: Read) -> None:
    page = read(f"/ontology/pattern?{DAY}")
    assert len(page.query(DIAGRAM)) == 2
    assert "Multinational force for Ukraine" in text(page, "h2")
    other = read(f"/ontology/pattern?of=commitment/ukraine-sweden-support&{DAY}")
    assert "debtor: Sweden" in told(other)


def test_a_name_of_no_undertaking_is_refused(site: TestClient) -> None:
    answer = site.get("/ontology/pattern?of=actor/france", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "undertaking with a named debtor" in answer.text


def test_the_drawing_is_the_same_each_time_and_well_formed(read: Read) -> None:
    one, other = (read(FORCE).query(DIAGRAM)[0].to_html() for _ in range(2))
    assert one == other
    ElementTree.fromstring(one)
