"""No link of a past version leaves it, but for the one to the present and to what has no past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient

ROOT = "/versions/1"
HTML = {"Accept": "text/html, */*;q=0.1"}
# What is served as it is now, whichever version leads to it.
OF_NO_VERSION = re.compile(r"/(static/|docs|openapi.json|ns|ontology|problems/)")
MOST = 100


class Links(HTMLParser):
    """The addresses that a page leads to; that of the present stands apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.present: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        to = self.present if "data-present" in given else self.found
        to += [str(given[name]) for name in ("href", "action", "src") if name in given]


def crawled(client: TestClient, start: str) -> Iterator[tuple[str, Links]]:
    """Follow the links of the first pages, each address without its parameters once."""
    waiting, seen = [start], {start}
    for _ in range(MOST):
        if not waiting:
            return
        address = waiting.pop(0)
        answer = client.get(address, headers=HTML)
        assert answer.status_code in (200, 400), (address, answer.text[-500:])
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = Links(answer.text)
        yield address, page
        for link in page.found:
            path = link.partition("?")[0].partition("#")[0]
            if path.startswith(ROOT) and path not in seen:
                seen.add(path)
                waiting.append(link)


def stays(link: str) -> bool:
    inside = link.startswith((f"{ROOT}/", "#", "?"))
    outside = link.startswith(("http://", "https://"))
    return inside or outside or OF_NO_VERSION.match(link) is not None


@pytest.mark.parametrize("graph", ["client", "paris"])
def test_no_link_leaves_a_past_version(graph: str, request: pytest.FixtureRequest) -> None:
    client: TestClient = request.getfixturevalue(graph)
    pages = dict(crawled(client, f"{ROOT}/"))
    assert len(pages) > 10
    for address, page in pages.items():
        assert [link for link in page.found if not stays(link)] == [], address


def test_a_page_of_a_past_version_says_so_and_leads_to_the_present(client: TestClient) -> None:
    answer = client.get(f"{ROOT}/commitments?q=aid", headers=HTML)
    assert re.search(r"Version 1 of the graph, recorded on \d+ \w+ \d{4}", answer.text)
    assert Links(answer.text).present == ["/commitments?q=aid"]
    there = client.get("/commitments?q=aid", headers=HTML).text
    assert "data-present" not in there
    assert ROOT not in there


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/sparql?query=SELECT%20*%20%7B", "/sparql"),
        ("/queries/commitments-owed-by?debtor=here", "/queries/commitments-owed-by"),
    ],
)
def test_a_page_on_an_error_in_a_past_version_has_the_form_that_led_to_it(
    client: TestClient, path: str, form: str
) -> None:
    answer = client.get(ROOT + path, headers=HTML)
    assert answer.status_code == 400
    assert f'action="{ROOT}{form}"' in answer.text
    assert ("SELECT * {</textarea>" if form == "/sparql" else 'value="here"') in answer.text
    assert "What was asked" not in answer.text


@pytest.mark.parametrize("path", ["/", "/comitments", "/sparql?query=ASK%20%7B%7D"])
def test_no_link_leads_into_a_version_that_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get("/versions/99" + path, headers=HTML)
    assert answer.status_code == 404
    assert "/commitments" in Links(answer.text).found
    assert [each for each in Links(answer.text).found if each.startswith("/versions")] == []


def hrefs(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        yield from (each for name, each in found.items() if name == "href" and each)
    values = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for each in values:
        yield from hrefs(each)


@pytest.mark.parametrize("path", ["commitments?limit=2", "actors?limit=2", "actors/france"])
def test_the_addresses_in_an_answer_stay_in_its_version(path: str, paris: TestClient) -> None:
    answer = paris.get(f"{ROOT}/api/v1/{path}")
    found = [*hrefs(answer.json())]
    assert found
    for address in found:
        assert address.startswith(f"{ROOT}/")
        assert paris.get(address).status_code == 200
    if "limit" in path:
        assert answer.links["next"]["url"].startswith(f"{ROOT}/")
        assert paris.get(answer.links["next"]["url"]).status_code == 200


def test_the_formats_of_a_document_stay_in_its_version(paris: TestClient) -> None:
    answer = paris.get(f"{ROOT}/doc/actor/france", headers={"Accept": "text/turtle"})
    alternates = re.findall(r'<([^>]+)>; rel="alternate"', answer.headers["link"])
    assert alternates
    assert all(each.startswith(f"{ROOT}/") for each in alternates)
