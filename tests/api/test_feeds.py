"""Feeds keep to RFC 4287 and RFC 5005, and have every change of a state up to today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from api import atom
from api.app import create_app
from graph.database import Database
from graph.namespaces import ID, PREFIXES
from tests.api.editing import World
from tests.settings import patient

ATOM = "{http://www.w3.org/2005/Atom}"
DATE = f"{{{PREFIXES['dcterms']}}}date"
FEEDS = ("all", "actor/france", "instrument/paris-framework")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
Node = ElementTree.Element


@pytest.fixture(scope="module")
def everything(all_shipped: Path) -> Iterator[TestClient]:
    with (
        Database.open(all_shipped, writable=False) as database,
        TestClient(create_app(database, patient(data_dir=all_shipped))) as client,
    ):
        yield client


def read(client: TestClient, address: str) -> Node:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    return ElementTree.fromstring(answer.content)


def text(node: Node, name: str) -> str:
    (found,) = node.findall(name)
    assert found.text
    return found.text


def links(node: Node) -> dict[str, str]:
    found = [(each.attrib["rel"], each.attrib["href"]) for each in node.findall(f"{ATOM}link")]
    assert len(found) == len(dict(found))
    return dict(found)


def pages(client: TestClient, name: str, limit: int = 7) -> Iterator[Node]:
    address: str | None = f"/feeds/{name}.atom?limit={limit}"
    while address:
        feed = read(client, address)
        yield feed
        address = links(feed).get("next")


def entries(client: TestClient, name: str) -> list[Node]:
    return [each for page in pages(client, name, 100) for each in page.findall(f"{ATOM}entry")]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_what_rfc_4287_wants_of_it(name: str, paris: TestClient) -> None:
    feed = read(paris, f"/feeds/{name}.atom")
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, f"{ATOM}author/{ATOM}name")
    assert links(feed)["self"].startswith(f"http://testserver/feeds/{name}.atom")
    found = feed.findall(f"{ATOM}entry")
    assert found
    for node in (feed, *found):
        assert text(node, f"{ATOM}title")
        assert re.match(r"(https|tag):", text(node, f"{ATOM}id"))
        assert RFC3339.fullmatch(text(node, f"{ATOM}updated"))
    for entry in found:
        # Section 4.1.2: without atom:content there is a link to what it is of.
        assert links(entry)["alternate"].startswith("http://testserver/doc/")
        assert text(entry, f"{ATOM}summary").endswith(".")
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", text(entry, DATE))
    assert text(feed, f"{ATOM}updated") == max(text(each, f"{ATOM}updated") for each in found)


@pytest.mark.parametrize("name", FEEDS)
def test_the_pages_of_a_feed_make_up_the_whole(name: str, paris: TestClient) -> None:
    *others, last = pages(paris, name)
    assert others
    ids = [
        text(each, f"{ATOM}id") for feed in (*others, last) for each in feed.iter(f"{ATOM}entry")
    ]
    assert ids == [text(each, f"{ATOM}id") for each in entries(paris, name)]
    assert len(ids) == len(set(ids))
    assert "previous" not in links(others[0])
    assert "next" not in links(last)
    assert links(others[0])["last"] == links(last)["self"]
    assert len({text(each, f"{ATOM}id") for each in (*others, last)}) == 1


def test_a_feed_has_every_turn_of_the_timelines_up_to_today(everything: TestClient) -> None:
    today = datetime.now(UTC).date().isoformat()
    expected, foreseen = [], 0
    items = everything.get("/api/v1/commitments?limit=1000").json()["items"]
    for item in items:
        path = f"/api/v1/commitments/{item['id'].removeprefix(ID)}/timeline"
        for debtor in everything.get(path).json()["debtors"]:
            phases = debtor["phases"]
            for before, after in pairwise(phases):
                if before["state"] == after["state"]:
                    continue
                foreseen += after["from"] > today
                title = f"{debtor['label']}: {item['label']}: {before['state']} → {after['state']}"
                expected += [(after["from"], title)] * (after["from"] <= today)
    found = [(text(each, DATE), text(each, f"{ATOM}title")) for each in entries(everything, "all")]
    assert sorted(found) == sorted(expected)
    assert foreseen


def test_the_feed_of_an_actor_has_what_it_owes_and_what_it_is_owed(paris: TestClient) -> None:
    whole = {text(each, f"{ATOM}id") for each in entries(paris, "all")}
    france = {text(each, f"{ATOM}id") for each in entries(paris, "actor/france")}
    owed = {text(each, f"{ATOM}id") for each in entries(paris, "actor/ukraine")}
    owing = {
        text(each, f"{ATOM}id")
        for each in entries(paris, "all")
        if text(each, f"{ATOM}title").startswith("France: ")
    }
    assert owing <= france < whole
    assert owing & owed


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("actor/frnce.atom", 404, "did you mean `actor/france`"),
        ("instrument/france.atom", 404, "no instrument is called `instrument/france`"),
        ("all.atom?page=0", 400, "greater than or equal to 1"),
        ("all.atom?limit=501", 400, "less than or equal to 500"),
        ("all.atom?asOf=2026", 400, "there is `page`, `limit`"),
    ],
)
def test_a_feed_that_is_none_is_refused(
    path: str, status: int, told: str, paris: TestClient
) -> None:
    answer = paris.get(f"/feeds/{path}")
    assert answer.status_code == status
    assert told in answer.text


def test_a_page_beyond_the_last_is_empty_and_leads_back(paris: TestClient) -> None:
    feed = read(paris, "/feeds/all.atom?page=999")
    assert feed.findall(f"{ATOM}entry") == []
    assert {"first", "last"} <= set(links(feed))


def test_a_feed_that_has_not_changed_is_not_sent_again(paris: TestClient) -> None:
    tag = paris.get("/feeds/all.atom").headers["etag"]
    again = paris.get("/feeds/all.atom", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def updated(client: TestClient) -> dict[str, tuple[str, str]]:
    return {
        text(each, f"{ATOM}id"): (text(each, f"{ATOM}title"), text(each, f"{ATOM}updated"))
        for each in entries(client, "all")
    }


def test_a_change_keeps_its_id_and_is_updated_when_what_it_rests_on_is(world: World) -> None:
    before = updated(world.client)
    force = f"{ID}commitment/multinational-force"
    said = f'<{force}> <{PREFIXES["skos"]}altLabel> "The force"@en'
    answer = world.update(f"INSERT DATA {{ GRAPH <urn:example:notes> {{ {said} }} }}")
    assert answer.status_code == 200, answer.text
    after = updated(world.client)
    assert set(after) == set(before)
    later = {title for each, (title, moment) in after.items() if moment > before[each][1]}
    assert later
    assert all("Multinational force for Ukraine" in title for title in later)
    first = read(world.client, "/feeds/all.atom?limit=1")
    assert text(first, f"{ATOM}entry/{ATOM}title") in later


def test_a_character_that_xml_cannot_hold_is_replaced() -> None:
    moment = datetime(2026, 1, 6, tzinfo=UTC)
    entry = atom.Entry("tag:e", "bell\x07 <&>", "\ufffe", moment, "2026-01-06", "c", ())
    feed = atom.Feed("tag:f", "\ud800", "s", "a", moment, (), (entry,))
    found = ElementTree.fromstring(atom.write(feed))
    assert text(found, f"{ATOM}entry/{ATOM}title") == "bell\ufffd <&>"
    assert text(found, f"{ATOM}entry/{ATOM}summary") == "\ufffd"
