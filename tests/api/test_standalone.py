"""The pages as files: all there, all found from each other, and nothing asked of anybody."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from justhtml import JustHTML

from api.standalone import documents
from graph.database import Database
from graph.glossary.glossary import shipped
from graph.namespaces import ID
from tests.api.pages.conftest import parsed

LOADING = ("link[href]", "[src]", "[srcset]", "[data]", "form", "iframe", "script", "style", "base")


@pytest.fixture(scope="module")
def files(all_shipped: Path) -> dict[str, bytes]:
    with Database.open(all_shipped, writable=False) as database:
        return documents(database.store)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, JustHTML]:
    return {name: parsed(data.decode()) for name, data in files.items() if name.endswith(".html")}


def attributes(page: JustHTML, selector: str, name: str) -> list[str]:
    return [str((each.attrs or {}).get(name) or "") for each in page.query(selector)]


def test_every_term_has_a_page_with_its_definition(pages: dict[str, JustHTML]) -> None:
    by_iri = {
        page.query(".iri code")[1].to_text(): page for page in pages.values() if page.query(".iri")
    }
    assert len(by_iri) == len(pages) - 1
    for term in shipped().terms.values():
        (lead,) = by_iri[term.iri].query(".lead")
        assert lead.to_text() == term.definition


def test_the_index_leads_to_every_page(pages: dict[str, JustHTML]) -> None:
    led = set(attributes(pages["index.html"], "h3 a", "href"))
    assert pages.keys() - {"index.html"} <= led


def test_no_link_is_broken_and_none_needs_a_server(
    files: dict[str, bytes], pages: dict[str, JustHTML]
) -> None:
    anchors = {name: set(attributes(page, "[id]", "id")) for name, page in pages.items()}
    broken = []
    for name, page in pages.items():
        for href in attributes(page, "a", "href"):
            parts = urlsplit(href)
            if parts.scheme in ("http", "https"):
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            path = path if parts.path else name
            if path not in files or (parts.fragment and parts.fragment not in anchors[path]):
                broken.append((name, href))
    assert broken == []


def test_a_page_loads_the_style_beside_it_and_nothing_else(
    files: dict[str, bytes], pages: dict[str, JustHTML]
) -> None:
    for name, page in pages.items():
        assert [each.name for each in page.query(", ".join(LOADING))] == ["link"], name
        (style,) = attributes(page, "link", "href")
        assert posixpath.normpath(posixpath.join(posixpath.dirname(name), style)) == "style.css"
    for outside in (b"url(", b"@import"):
        assert outside not in files["style.css"]


def test_no_two_files_differ_in_capitals_alone(files: dict[str, bytes]) -> None:
    assert len({name.casefold() for name in files}) == len(files)


def test_an_example_leads_to_the_thing_by_its_iri(pages: dict[str, JustHTML]) -> None:
    (thing,) = attributes(pages["classes/Commitment.html"], "caption a", "href")
    assert thing.startswith(f"{ID}commitment/")
    assert attributes(pages["classes/Commitment.html"], "tbody th a", "href")


def test_most_terms_have_an_example_in_the_shipped_data(files: dict[str, bytes]) -> None:
    shown = [name for name, data in files.items() if b"An example from the record" in data]
    assert len(shown) > len(shipped().terms) / 2


def test_without_a_graph_all_but_the_examples_is_there(files: dict[str, bytes]) -> None:
    alone = documents(None)
    assert alone.keys() == files.keys()
    assert b"An example from the record" in files["classes/Commitment.html"]
    assert b"An example from the record" not in alone["classes/Commitment.html"]
