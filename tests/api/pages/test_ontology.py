"""The reference and the page of each term: nothing is missing, and every link leads somewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from justhtml import JustHTML
from markupsafe import escape

from api.pages.ontology import Site, term_page
from api.rendering import href, written
from graph.glossary.glossary import shipped
from graph.resources import resource
from tests.api.pages.conftest import BROWSER, Read, hrefs, parsed, text


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


SHOWN = ["Commitment", "Undertaking", "debtor", "publishedOn", "Conditional", "ForceDeployment"]


def test_every_term_has_a_page_with_its_definition(site: TestClient) -> None:
    for name, term in shipped().terms.items():
        answer = site.get(f"/ontology/{name}", headers=BROWSER)
        assert answer.status_code == 200, name
        assert f'<p class="lead">{escape(term.definition)}</p>' in answer.text


@pytest.mark.parametrize("name", SHOWN)
def test_the_page_of_a_term_is_well_formed_and_has_its_labels(read: Read, name: str) -> None:
    page = read(f"/ontology/{name}")
    term = shipped().terms[name]
    assert text(page, "h1") == term.label
    for label in term.labels:
        assert label.text in text(page, "#page-content")
    identifiers = [str((each.attrs or {})["id"]) for each in page.query("[id]")]
    assert len(identifiers) == len(set(identifiers))
    assert len(page.query("table caption")) == len(page.query("table"))
    assert len(page.query(".wide > table")) == len(page.query("table"))


@pytest.mark.parametrize("name", SHOWN)
def test_every_link_of_the_page_of_a_term_leads_somewhere(
    site: TestClient, read: Read, name: str
) -> None:
    local = {each for each in hrefs(read(f"/ontology/{name}")) if each.startswith("/")}
    assert len(local) > 10
    failed = [each for each in local if site.get(each, headers=BROWSER).status_code != 200]
    assert failed == []


def test_the_links_of_the_reference_lead_to_its_entries_and_to_every_page(read: Read) -> None:
    page = read("/ontology")
    anchors = {f"#{(each.attrs or {})['id']}" for each in page.query("[id]")}
    led = set(hrefs(page))
    assert {each for each in led if each.startswith("#")} <= anchors
    assert {f"/ontology/{name}" for name in shipped().terms} <= led


def test_a_class_tells_what_holds_of_it_who_checks_it_and_who_asks(read: Read) -> None:
    page = read("/ontology/Commitment")
    assert "Every commitment has at least one debtor (actor)." in section(page, "What holds of it")
    properties = section(page, "Its properties")
    assert "debtor actor at least one undertaking" in properties
    assert "has remedy commitment any number commitment" in properties
    assert any(
        row.startswith("commitment-debtor violation")
        for row in section(page, "Which rules check it")
    )
    assert "Which commitments are owed to this actor? 8E" in section(
        page, "Which questions ask about it"
    )
    assert "/ontology/questions/8E" in hrefs(page)
    mapped = section(page, "In other vocabularies")
    assert any(row.startswith("is close to Duty Servanda and ODRL Close only") for row in mapped)
    assert section(page, "What it is not") == [
        "Nothing is both commitment and one of these: intention, possibility."
    ]


def test_a_term_shows_an_example_that_leads_to_its_page(site: TestClient, read: Read) -> None:
    (thing,) = hrefs(read("/ontology/Commitment"), "caption a")
    assert thing.startswith("/id/commitment/")
    assert site.get(thing, headers=BROWSER).status_code == 200
    assert text(read("/ontology/debtor"), "tbody th a").startswith("debtor")
    assert "required state conditional" in section(
        read("/ontology/Conditional"), "An example from the record"
    )


def test_a_term_says_where_it_stands_and_how_to_cite_it(read: Read) -> None:
    cited = " ".join(section(read("/ontology/debtor"), "File, and how to cite it"))
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


def test_the_reference_draws_the_core_pattern_and_leads_to_the_questions(read: Read) -> None:
    page = read("/ontology")
    assert "#Undertaking" in hrefs(page, "svg a")
    assert {"/ontology/pattern", "/ontology/questions"} <= set(hrefs(page))


def test_values_of_the_graph_lead_to_the_pages_of_terms(read: Read) -> None:
    led = hrefs(read("/doc/actor/france?asOf=2026-02-15"), "details a")
    assert "/ontology/State" in led


def test_a_deprecated_term_leads_to_the_one_to_use() -> None:
    lead, debtor = shipped().terms["lead"], shipped().terms["debtor"]
    old = replace(lead, is_deprecated=True, replacement=debtor.named)
    site = Site("base.html", "/static/", "/ontology", href, str, str, str)
    values = term_page(shipped(), site, old, None)
    page = parsed(written("term.html", version=1, formats=[], **values))
    assert text(page, ".panel-box").endswith("It goes with the next major version: use debtor.")
    assert hrefs(page, ".panel-box a") == ["/ontology/debtor"]
    assert ".panel-box {" in resource("web", "static/style.css").read_text("utf-8")
