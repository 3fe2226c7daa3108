"""What a phone leaves to the content, with scripts and without, and how long its pages get."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE
from tests.browser.test_pages import DAY

MOST_OF_A_SCREEN = 1 / 7
LONGEST = 12 * PHONE["height"]
IN_SIGHT = """() => {
  const { left, right } = document.activeElement.getBoundingClientRect();
  return left >= 0 && Math.min(right, innerWidth) - left >= 16;
}"""

pytestmark = pytest.mark.browser_context_args(viewport=PHONE)


def top_of_content(page: Page) -> float:
    box = page.locator("main").bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("path", [f"/?{DAY}", f"/doc/actor/france?{DAY}"])
def test_what_stands_above_the_content_is_low(page: Page, path: str) -> None:
    page.goto(path)
    assert top_of_content(page) <= PHONE["height"] * MOST_OF_A_SCREEN


@pytest.mark.browser_context_args(viewport=PHONE, java_script_enabled=False)
def test_it_is_low_without_javascript_and_the_day_can_still_be_set(page: Page) -> None:
    page.goto(f"/circles?{DAY}")
    assert top_of_content(page) <= PHONE["height"] * MOST_OF_A_SCREEN
    page.locator(".bar summary", has_text="Change").click()
    page.locator("#ask-as-of").fill("2026-01-30")
    page.get_by_role("button", name="Show").click()
    assert "asOf=2026-01-30" in page.url


def test_every_way_is_reached_by_tab_and_comes_into_sight(page: Page) -> None:
    page.goto(f"/circles?{DAY}")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        page.wait_for_function(IN_SIGHT)
    ways = page.locator(".site nav a").all_text_contents()
    assert seen[2 : 2 + len(ways)] == ways


@pytest.mark.parametrize("path", [f"/?{DAY}", f"/gaps?{DAY}"])
def test_no_page_is_endless(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST
