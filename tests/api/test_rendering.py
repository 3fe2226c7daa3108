from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from justhtml import JustHTML
from justhtml.dom import Element

from api.rendering import shown
from graph.namespaces import BASE, DATA, ID, SHAPES, SV
from tests.api.conftest import HOSTILE_LABEL
from tests.api.pages.conftest import parsed

EVERYTHING = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }", "format": "html"})
PAGES = [
    "/",
    "/docs",
    "/doc/actor/mallory.html",
    "/doc/actor/ruritania.html",
    "/data/hostile.html",
    "/data/pact.html",
    "/ns.html",
    "/ontology/core.html",
    "/ontology/State.html",
    "/problems/not-found",
    "/queries?format=html",
    "/sparql?format=html",
    EVERYTHING,
]
LOADING = ("src", "srcset", "poster", "data", "action", "formaction")


def read(client: TestClient, path: str) -> JustHTML:
    """Parse a page as a browser would; a parse error of the HTML standard is a failure."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return parsed(answer.text)


def values(page: JustHTML | Element, selector: str, name: str) -> list[str]:
    """List an attribute of the elements selected; one that lacks it counts as empty."""
    return [(element.attrs or {}).get(name) or "" for element in page.query(selector)]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_valid_html_with_the_parts_a_screen_reader_needs(
    client: TestClient, path: str
) -> None:
    page = read(client, path)
    assert values(page, "html", "lang") == ["en"]
    for name in ("head title", "main", "h1"):
        (element,) = page.query(name)
        assert element.to_text().strip()
    identifiers = values(page, "[id]", "id")
    assert len(identifiers) == len(set(identifiers))
    assert set(values(page, "label", "for")) == set(values(page, "input, textarea, select", "id"))
    for reference in ("aria-labelledby", "aria-describedby"):
        assert set(values(page, f"[{reference}]", reference)) <= set(identifiers)
    assert len(page.query("table caption")) == len(page.query("table"))
    assert set(values(page, "th", "scope")) <= {"col", "row"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_from_no_other_host_and_all_it_loads_is_there(
    client: TestClient, path: str
) -> None:
    page = read(client, path)
    loaded = values(page, "link", "href")
    for name in LOADING:
        loaded += values(page, f"[{name}]", name)
    assert "/static/style.css" in loaded
    # A form leads to a page, which may need an answer that this graph does not have.
    loaded = [each for each in loaded if not each.startswith(("/search", "/whatif"))]
    for address in loaded:
        assert address.startswith("/")
        assert not address.startswith("//")
        assert client.get(address).status_code == 200
    assert not page.query("style, [style], iframe, base")
    assert all(values(page, "script", "src"))


def expected_of(text: str) -> int:
    """Give the status that an answer must have: the small graph cannot be judged, as it lacks much.

    And the bell in a hostile label is a character that XML has no way to write.
    """
    if "/problems/unreadable-graph" in text:
        return 500
    return 400 if "XML cannot" in text else 200


@pytest.mark.parametrize("path", PAGES)
def test_every_local_link_of_a_page_leads_somewhere(client: TestClient, path: str) -> None:
    for address in values(read(client, path), "a", "href"):
        if address.startswith("/"):
            answer = client.get(address)
            assert answer.status_code == expected_of(answer.text), address
        elif not address.startswith(("#", "?")):
            assert address.startswith(("https://", "http://")), address


@pytest.mark.parametrize(
    "path",
    ["/", "/doc/actor/mallory.html", "/data/hostile.html", "/ontology/State.html", EVERYTHING],
)
def test_a_hostile_label_is_text_and_nothing_else(client: TestClient, path: str) -> None:
    page = read(client, path)
    assert HOSTILE_LABEL in {element.to_text() for element in page.query("bdi")}
    assert all(src.startswith("/static/") for src in values(page, "script", "src"))
    assert "<script>" not in client.get(path).text


def test_a_hostile_query_is_not_echoed_as_markup(client: TestClient) -> None:
    hostile = {"query": "<script>alert(1)</script>", "format": "html"}
    answer = client.get("/sparql", params=hostile)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    shown = client.get("/sparql", params=hostile, headers={"Accept": "text/html"})
    assert "<script>" not in shown.text


@pytest.mark.parametrize(
    ("iri", "href"),
    [
        (ID + "actor/ukraine", "/id/actor/ukraine"),
        (SV + "Land", "/ontology/Land"),
        (SV + "nothingOfOurs", "/ns#nothingOfOurs"),
        (DATA + "pact", "/data/pact"),
        (SHAPES + "core", None),
        (BASE + ".well-known/genid/1", None),
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("urn:isbn:1", None),
    ],
)
def test_only_what_has_a_page_or_an_address_is_linked(iri: str, href: str | None) -> None:
    assert shown(ox.NamedNode(iri), {}).href == href


def test_characters_html_cannot_hold_are_replaced(client: TestClient) -> None:
    query = 'SELECT ("a\\u0000b\\u001Fc\\u0085d" AS ?x) { }'
    page = read(client, "/sparql?" + urlencode({"query": query, "format": "html"}))
    assert "a\ufffdb\ufffdc\ufffdd" in {element.to_text() for element in page.query("bdi")}


def table(page: JustHTML) -> list[list[str]]:
    """Give the texts of a table's cells, row by row."""
    return [
        [cell.to_text().strip() for cell in row.query("th, td")] for row in page.query("table tr")
    ]


def test_a_column_of_labels_is_shown_as_the_links_of_its_things(client: TestClient) -> None:
    query = f"""
        SELECT ?actor ?actorLabel ?noneLabel WHERE {{
            VALUES (?actor ?actorLabel) {{ (<{ID}actor/ruritania> "R") (UNDEF "nobody") }}
        }}"""
    page = read(client, "/sparql?" + urlencode({"query": query, "format": "html"}))
    assert table(page) == [["actor", "noneLabel"], ["R", ""], ["nobody", ""]]
    assert values(page, "td a", "href") == ["/id/actor/ruritania"]


def test_a_column_of_labels_beside_one_of_texts_stays(client: TestClient) -> None:
    query = 'SELECT ?x ?xLabel WHERE { VALUES (?x ?xLabel) { ("a" "b") } }'
    page = read(client, "/sparql?" + urlencode({"query": query, "format": "html"}))
    assert table(page) == [["x", "xLabel"], ["a", "b"]]


def test_every_table_scrolls_in_a_box_of_its_own_and_breaks_no_word(client: TestClient) -> None:
    for path in PAGES:
        page = read(client, path)
        assert len(page.query(".wide > table")) == len(page.query("table"))
    rules = client.get("/static/style.css").text.partition("/* Tables")[2].partition("/*")[0]
    assert "table" in rules
    assert "anywhere" not in rules


def test_the_answer_to_a_typed_query_keeps_the_query_to_ask_again(client: TestClient) -> None:
    (typed,) = read(client, EVERYTHING).query("textarea")
    assert typed.to_text().strip() == "SELECT * { ?s ?p ?o }"
