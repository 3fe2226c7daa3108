"""The reference and the page of each term: nothing is missing, and every link leads somewhere."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from justhtml import JustHTML

from graph.glossary.glossary import shipped
from tests.api.pages.conftest import BROWSER, Read, hrefs, text


def section(page: JustHTML, heading: str) -> list[str]:
    """Give the rows or entries that stand under a heading."""
    found: list[str] = []
    is_inside = False
    for each in page.query("h2, #page-content tr, #page-content li, #page-content p"):
        parts = each.query("th, td") or [each]
        words = " ".join(part.to_text(separator="", strip=False) for part in parts)
        words = " ".join(words.split())
        if each.name == "h2":
            is_inside = words == heading
        elif is_inside:
            found.append(words)
    return found


@pytest.fixture(scope="module")
def pages(read: Read) -> dict[str, JustHTML]:
    return {name: read(f"/ontology/{name}") for name in shipped().terms}


def test_the_page_of_every_term_has_its_labels_and_its_definition(
    pages: dict[str, JustHTML],
) -> None:
    for name, term in shipped().terms.items():
        assert text(pages[name], "h1") == term.label
        assert text(pages[name], ".lead") == " ".join(term.definition.split())
        for label in term.labels:
            assert label.text in text(pages[name], "#page-content")


def test_the_page_of_every_term_is_well_formed(pages: dict[str, JustHTML]) -> None:
    for name, page in pages.items():
        identifiers = [str((each.attrs or {})["id"]) for each in page.query("[id]")]
        assert len(identifiers) == len(set(identifiers)), name
        assert len(page.query("table caption")) == len(page.query("table")), name
        assert len(page.query(".wide > table")) == len(page.query("table")), name


def test_every_link_of_the_pages_of_terms_leads_somewhere(
    site: TestClient, read: Read, pages: dict[str, JustHTML]
) -> None:
    reference = read("/ontology")
    anchors = {f"#{(each.attrs or {})['id']}" for each in reference.query("[id]")}
    led = {href for page in (reference, *pages.values()) for href in hrefs(page)}
    assert {href for href in led if href.startswith("#")} <= anchors
    local = {href for href in led if href.startswith("/")}
    assert {f"/ontology/{name}" for name in shipped().terms} <= local
    failed = {
        href
        for href in local - {f"/ontology/{name}" for name in pages}
        if not href.endswith((".ttl", ".rdf", ".nt", ".jsonld", ".json"))
        if site.get(href, headers=BROWSER).status_code != 200
    }
    assert failed == set()


def test_a_class_tells_what_holds_of_it_who_checks_it_and_who_asks(
    pages: dict[str, JustHTML],
) -> None:
    page = pages["Commitment"]
    assert "Every commitment has at least one debtor (actor)." in section(page, "What holds of it")
    properties = section(page, "Its properties")
    assert "debtor actor at least one undertaking" in properties
    assert "has remedy commitment any number commitment" in properties
    assert any(
        row.startswith("commitment-debtor violation")
        for row in section(page, "Which rules check it")
    )
    assert "Which commitments are owed to this actor?" in section(
        page, "Which questions ask about it"
    )
    mapped = section(page, "In other vocabularies")
    assert any(row.startswith("is close to Duty Servanda and ODRL Close only") for row in mapped)
    assert section(page, "What it is not") == [
        "Nothing is both commitment and one of these: intention, possibility."
    ]


def test_a_term_shows_an_example_that_leads_to_its_page(
    site: TestClient, pages: dict[str, JustHTML]
) -> None:
    (thing,) = hrefs(pages["Commitment"], "caption a")
    assert thing.startswith("/id/commitment/")
    assert site.get(thing, headers=BROWSER).status_code == 200
    assert text(pages["debtor"], "tbody th a").startswith("debtor")
    assert "required state conditional" in section(
        pages["Conditional"], "An example from the record"
    )


def test_most_terms_have_an_example_in_the_shipped_data(pages: dict[str, JustHTML]) -> None:
    shown = [name for name, page in pages.items() if section(page, "An example from the record")]
    assert len(shown) > len(pages) / 2


def test_a_term_says_where_it_stands_and_how_to_cite_it(pages: dict[str, JustHTML]) -> None:
    cited = " ".join(section(pages["debtor"], "File, and how to cite it"))
    for part in (
        "ontology/undertakings.ttl",
        f"version {shipped().core.version}",
        "https://w3id.org/servanda/ns#debtor",
    ):
        assert part in cited


def test_the_index_of_the_reference_has_every_term_once_at_its_place(read: Read) -> None:
    page = read("/ontology")
    index = hrefs(page, "nav[aria-label=Index] li a")
    assert {f"#{name}" for name in shipped().terms} <= set(index)
    below = text(page, "nav[aria-label=Index] > ul > li > ul > li > ul")
    assert "multinational force" in below


def test_values_of_the_graph_lead_to_the_pages_of_terms(read: Read) -> None:
    led = hrefs(read("/doc/actor/france?asOf=2026-02-15"), "details a")
    assert "/ontology/State" in led
