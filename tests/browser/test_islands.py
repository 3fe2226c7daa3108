"""What scripts add to pages that work without: the slider, suggestions, marks, drawers."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from hatch_build import BUILT
from tests.browser.conftest import Violations
from tests.browser.test_pages import DAY

MATRIX = "/matrix?"


@pytest.fixture(autouse=True)
def islands() -> None:
    """Skip where they could not be built: `make setup` has said why."""
    if not (BUILT / "page.js").exists():
        pytest.skip("the islands were not built: run `make setup` where npm can be reached")


def asked(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["asOf"][0]


def test_the_slider_moves_the_page_to_the_next_day_on_which_something_changes(page: Page) -> None:
    page.goto(f"/matrix?{DAY}&cols=component")
    later = page.locator(".steps a[rel=next]").get_attribute("href") or ""
    expected = parse_qs(urlsplit(later).query)["asOf"][0]
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**asOf={expected}**")
    words = slider.get_attribute("aria-valuetext") or ""
    expect(page.locator("caption")).to_contain_text(f"as of {words}")
    expect(page.locator("footer")).to_contain_text(f"As of {words}")
    expect(slider).to_be_focused()
    assert "cols=component" in page.url
    assert page.title().endswith("Servanda")
    assert words in page.title()


def test_only_the_day_at_which_the_slider_rests_is_asked_for(page: Page) -> None:
    page.goto(f"/matrix?{DAY}")
    days = page.locator("#turning-days option").count()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if MATRIX in request.url else None)
    page.get_by_role("slider").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("caption")).not_to_contain_text("15 February 2026")
    assert len(seen) < 5 < days
    assert asked(page) in seen[-1]


def test_a_slider_keeps_a_scenario_in_the_address_and_on_the_page(page: Page) -> None:
    page.goto(f"/matrix?{DAY}&set=event/ceasefire=true@2026-02-10")
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda address: "2026-02-15" not in address)
    assert "set=event%2Fceasefire" in page.url
    expect(page.get_by_role("note")).to_contain_text("Hypothetical")


def test_what_is_typed_in_the_search_is_completed(page: Page) -> None:
    page.goto(f"/search?{DAY}")
    page.get_by_role("searchbox").press_sequentially("multinational f")
    offered = page.locator("#search-q-suggested option[value='Multinational force for Ukraine']")
    expect(offered).to_have_count(1)


def test_a_thing_that_a_query_is_about_is_found_by_its_label(page: Page) -> None:
    page.goto("/queries/commitments-owed-by")
    page.get_by_label("debtor (iri)").press_sequentially("german")
    expect(page.locator("#things option[value='actor/germany']")).to_have_count(1)


def test_the_headings_of_a_cell_are_marked(page: Page) -> None:
    page.goto(f"/matrix?{DAY}")
    row = page.locator(".matrix tbody tr").filter(has=page.locator("td a")).first
    row.locator("td a").first.focus()
    expect(page.locator(".matrix .at")).to_have_count(2)
    expect(row.locator("th.at")).to_have_count(1)
    page.get_by_role("link", name="Servanda", exact=True).focus()
    expect(page.locator(".matrix .at")).to_have_count(0)


def test_a_drawer_closes_on_escape_and_says_its_day_in_words(page: Page) -> None:
    page.goto(f"/matrix?{DAY}")
    door = page.locator(".door summary", has_text="Change")
    door.click()
    page.locator("#ask-as-of").fill("2026-01-10")
    expect(page.locator("label[for=ask-as-of]")).to_contain_text("10 January 2026")
    page.keyboard.press("Escape")
    expect(page.locator("#ask-as-of")).to_be_hidden()
    expect(door).to_be_focused()


def test_a_drawer_closes_on_a_click_beside_it(page: Page) -> None:
    page.goto(f"/matrix?{DAY}")
    page.locator(".door summary", has_text="What if").click()
    page.locator("footer").click()
    expect(page.locator("#assume-about")).to_be_hidden()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_there_is_no_slider_and_the_form_asks_for_a_day(page: Page) -> None:
    page.goto(f"/matrix?{DAY}")
    expect(page.get_by_role("slider")).to_have_count(0)
    page.locator(".door summary", has_text="Change").click()
    page.locator("#ask-as-of").fill("2026-01-10")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".bar-day")).to_contain_text("10 January 2026")


def test_what_scripts_add_passes_axe_and_fits_a_phone(
    page: Page, violations: Violations, scrolls_sideways: Callable[[], bool]
) -> None:
    page.goto(f"/matrix?{DAY}")
    expect(page.get_by_role("slider")).to_be_visible()
    assert violations() == []
    assert not scrolls_sideways()
