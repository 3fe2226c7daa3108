"""The pages an analyst reads: what each kind must be for everyone, and the ways through them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Violations

DAY = "asOf=2026-02-15&knownAt=2026-11-23"
CEASEFIRE = "set=event/ceasefire=true@2026-02-10"
KINDS = [
    f"/?{DAY}",
    f"/matrix?{DAY}",
    f"/matrix?cols=component&{DAY}",
    f"/commitments?{DAY}&state=conditional",
    f"/commitments?{DAY}&debtor=actor/italy&domain=sv:Sea&state=violated",
    f"/actors?{DAY}",
    f"/sources?{DAY}",
    f"/search?{DAY}&q=force",
    f"/circles?{DAY}",
    f"/diff?{DAY}&from=2025-12-01",
    f"/gaps?{DAY}",
    f"/gaps?{DAY}&lacks=end",
    f"/search?{DAY}&q=ceasefyre",
    f"/whatif?{DAY}",
    f"/whatif?{DAY}&{CEASEFIRE}",
    f"/doc/commitment/multinational-force?{DAY}&{CEASEFIRE}",
    f"/doc/commitment/nato-mutual-defence?{DAY}",
    f"/doc/intention/no-italian-ground-deployment?{DAY}",
    f"/doc/possibility/technology-instead-of-forces?{DAY}",
    f"/doc/actor/france?{DAY}&lang=uk",
    f"/doc/instrument/paris-framework?{DAY}&lang=fr",
    f"/doc/event/ceasefire?{DAY}",
    f"/doc/source/paris-2026-article?{DAY}",
    f"/doc/condition/ceasefire?{DAY}",
    "/ontology",
    "/ontology/Commitment",
    "/ontology/publishedOn",
    "/ontology/Conditional",
]
FAULTY = ["/nowhere", "/matrix?asOf=yesterday", "/doc/actor/nobody"]


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_in_light_and_in_dark(
    page: Page, path: str, violations: Violations
) -> None:
    page.goto(path)
    assert violations() == []


@pytest.mark.parametrize("path", KINDS)
def test_no_page_is_wider_than_a_phone(
    page: Page, path: str, scrolls_sideways: Callable[[], bool]
) -> None:
    page.goto(path)
    assert not scrolls_sideways()


@pytest.mark.parametrize("path", FAULTY)
def test_a_page_on_an_error_is_read_like_any_other(
    page: Page, path: str, violations: Violations, complaints: list[str]
) -> None:
    page.goto(path)
    assert violations() == []
    # Chromium itself writes that the answer was no success.
    assert all("status of 4" in complaint for complaint in complaints)
    complaints.clear()


def test_the_doors_of_the_bar_are_read_like_the_rest(page: Page, violations: Violations) -> None:
    for door in ("Change", "What if"):
        page.goto(f"/?{DAY}")
        page.locator(".bar summary", has_text=door).click()
        assert violations() == []


def test_four_clicks_lead_from_the_home_page_to_why_the_force_waits(page: Page) -> None:
    page.goto(f"/?{DAY}")
    page.get_by_role("link", name="What is promised, and what does it wait for?").click()
    page.get_by_label("Words in the name").fill("multinational force")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="Multinational force for Ukraine", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Multinational force for Ukraine")
    expect(page.locator(".state.big")).to_have_text("3 conditional")
    sentence = "waits for a ceasefire, a peace settlement or a comprehensive settlement"
    expect(page.locator(".lead")).to_contain_text(sentence)
    acts = page.get_by_role("region", name="Who must act")
    expect(acts).to_contain_text("Each needs Parliament of Canada")
    why = page.get_by_role("region", name="Why: the conditions, and who says so")
    expect(why.locator("q").first).to_have_text("while active warfare continues")
    page.get_by_role("link", name="no ceasefire yet: active warfare continues").first.click()
    expect(page.locator("#page-content")).to_contain_text("News article on the Paris meeting")


def test_two_clicks_lead_there_by_a_search(page: Page) -> None:
    page.goto(f"/?{DAY}")
    page.get_by_label("Find a commitment, an actor, an event").fill(
        "multinational force for ukraine"
    )
    page.get_by_role("button", name="Search").click()
    first = page.locator(".found li").first
    expect(first).to_contain_text("3 conditional")
    first.get_by_role("link").click()
    page.get_by_role("navigation", name="On this page").get_by_text("Why, and who").click()
    expect(page.get_by_role("heading", name="Why: the conditions")).to_be_in_viewport()


def test_an_assumption_goes_into_the_address_and_out_again(page: Page) -> None:
    page.goto(f"/doc/commitment/military-assistance?{DAY}")
    page.locator(".bar summary", has_text="What if").click()
    page.get_by_label("What", exact=True).select_option("event/ceasefire")
    page.get_by_label("From").fill("2026-02-10")
    page.get_by_role("button", name="Show all that changes").click()
    expect(page).to_have_url(re.compile(f"/whatif\\?{DAY}&{re.escape(CEASEFIRE)}$"))
    note = page.get_by_role("note")
    expect(note).to_contain_text("Hypothetical. This page assumes that a ceasefire is true")
    expect(note).to_contain_text("10 February 2026")
    expect(page.locator("#page-content")).to_contain_text("a ceasefire, waiting before, is now met")
    page.get_by_role("link", name="Matrix").click()
    expect(note).to_be_visible()
    page.get_by_role("link", name="Reset").click()
    expect(page).to_have_url(re.compile(f"/matrix\\?{DAY}$"))
    expect(note).to_have_count(0)


def test_the_day_asked_about_is_set_in_the_bar_and_kept(page: Page) -> None:
    page.goto(f"/doc/commitment/multinational-force?{DAY}")
    page.locator(".bar summary", has_text="Change").click()
    page.locator("#ask-as-of").fill("2026-01-30")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".bar-day")).to_have_text("As of 30 January 2026")
    expect(page.locator(".state.big")).to_have_text("3 undetermined")
    page.locator(".steps a[rel=next]").click()
    expect(page.locator(".state.big")).to_have_text("3 conditional")
    page.get_by_role("link", name="Matrix").click()
    expect(page.locator(".bar-day")).to_have_text("As of 31 January 2026")


def test_tab_goes_through_a_page_in_its_order_and_is_caught_nowhere(page: Page) -> None:
    page.goto(f"/circles?{DAY}")
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert seen[:3] == ["Skip to the content", "Servanda", "Matrix"]
    assert seen.index("API") < seen.index("Change") < seen.index("What if")
    assert len(set(seen[:17])) == 17


def test_whoever_tabs_sees_where_they_are(page: Page) -> None:
    page.goto(f"/?{DAY}")
    for _ in range(3):
        page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineWidth"
    assert page.evaluate(outline) == "3px"


SMALL = """() => [...document.querySelectorAll("a, button, summary, select, input")]
  .filter(e => e.checkVisibility()
    && !e.closest("p, li, dd, td, th, h3, caption, .node, label, .skip"))
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([text]) => text)"""


@pytest.mark.parametrize("path", KINDS)
def test_what_is_pressed_is_at_least_24_pixels_where_it_stands_in_no_text(
    page: Page, path: str
) -> None:
    page.goto(path)
    assert page.evaluate(SMALL) == []


@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """Give a page of a browser in which JavaScript is off."""
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    yield context.new_page()
    context.close()


def test_all_of_it_works_without_javascript(plain: Page) -> None:
    plain.goto(f"/?{DAY}")
    plain.locator(".bar summary", has_text="What if").click()
    plain.get_by_label("What", exact=True).select_option("event/ceasefire")
    plain.get_by_role("button", name="Assume on this page").click()
    expect(plain.get_by_role("note")).to_contain_text("a ceasefire is true")
    plain.get_by_role("link", name="Circles").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text(
        "Conditions that wait for each other"
    )
    expect(plain.get_by_role("note")).to_contain_text("a ceasefire is true")
