"""Diagrams and the pages of questions, as a browser draws them: for everyone, whole, and quiet."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Violations
from tests.browser.test_pages import DAY

FORCE = f"/doc/commitment/multinational-force?{DAY}"
PAGES = [
    f"/ontology/pattern?{DAY}",
    f"/ontology/pattern?{DAY}&lang=uk&of=commitment/ukraine-sweden-support",
    f"/ontology/questions?{DAY}",
    f"/ontology/questions/27H?{DAY}",
    f"/ontology/questions/43X?{DAY}",
    FORCE,
]
# Every line of words with its box: the frame that is drawn before it, or the room of a label.
OUTSIDE = """() => [...document.querySelectorAll(".diagram svg")].flatMap(svg => {
  const frames = [...svg.querySelectorAll("rect.box")].map(each => each.getBoundingClientRect());
  return [...svg.querySelectorAll("tspan")].map(each => [each.textContent,
      each.closest("text").classList.contains("label"), each.getBoundingClientRect()])
    .filter(([, isLabel, at]) => !isLabel && !frames.some(frame => frame.left <= at.left
      && at.right <= frame.right && frame.top <= at.top && at.bottom <= frame.bottom))
    .map(([words]) => words)
})"""
COVERED = """() => [...document.querySelectorAll(".diagram svg")].flatMap(svg => {
  const labels = [...svg.querySelectorAll("text.label tspan")]
    .map(each => [each.textContent, each.getBoundingClientRect()]);
  const others = [...svg.querySelectorAll("rect.box")].map(each => each.getBoundingClientRect());
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  return labels.filter(([, at]) => others.some(other => meet(at, other))).map(([words]) => words)
})"""


def shown(page: Page, path: str) -> None:
    """Open a page, and the drawing on it where it is folded."""
    page.goto(path)
    if page.locator("details.drawn").count():
        page.locator("details.drawn > summary").click()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_light_and_in_dark(
    page: Page, path: str, violations: Violations
) -> None:
    shown(page, path)
    assert violations() == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(
    page: Page, path: str, scrolls_sideways: Callable[[], bool]
) -> None:
    shown(page, path)
    assert not scrolls_sideways()


@pytest.mark.parametrize("language", ["en", "fr", "uk"])
@pytest.mark.parametrize(
    "path", [f"/ontology/pattern?{DAY}", FORCE, f"/circles?{DAY}", f"{FORCE}&debtor=actor/france"]
)
def test_all_words_stand_in_their_boxes(page: Page, path: str, language: str) -> None:
    shown(page, f"{path}&lang={language}")
    expect(page.locator(".diagram rect.box").first).to_be_visible()
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(COVERED) == []


def test_a_name_in_a_diagram_is_reached_by_the_keyboard_and_leads_to_its_page(page: Page) -> None:
    shown(page, FORCE)
    link = page.locator(".diagram").get_by_role("link", name="a peace settlement")
    link.focus()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("peace settlement")


def test_a_diagram_is_told_in_words(page: Page) -> None:
    shown(page, f"/ontology/pattern?{DAY}")
    drawing = page.get_by_role("group", name="The core pattern")
    expect(drawing).to_have_accessible_description(re.compile("undertaking to actor: beneficiary"))


def test_on_a_phone_a_diagram_scrolls_in_its_own_box(page: Page) -> None:
    page.set_viewport_size(PHONE)
    shown(page, f"/ontology/pattern?{DAY}")
    box = page.locator(".diagram").first
    width, room = box.evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert width > room
    assert box.evaluate("box => { box.scrollLeft = 40; return box.scrollLeft }") == 40


def test_paper_takes_a_diagram_whole(page: Page) -> None:
    shown(page, f"/ontology/pattern?{DAY}")
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    box = page.locator(".diagram").first
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
