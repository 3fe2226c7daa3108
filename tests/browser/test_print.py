"""What comes out on paper, whatever the screen looks like."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import DAY

# A sheet of A4 without its margins, in CSS pixels.
PAPER = 718
LUMINANCE = """() => {
  const [r, g, b] = getComputedStyle(document.body).color.match(/[0-9]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


@pytest.fixture(autouse=True)
def on_paper(page: Page) -> None:
    """Lay pages out for a printer, for who reads them in dark."""
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print", color_scheme="dark")


@pytest.mark.parametrize("path", ["/", "/matrix", "/doc/commitment/multinational-force"])
def test_ink_is_dark_and_nothing_is_wider_than_the_paper(page: Page, path: str) -> None:
    page.goto(f"{path}?{DAY}")
    assert page.evaluate(LUMINANCE) < 0.2
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER


def test_ink_is_light_on_a_dark_screen(page: Page) -> None:
    page.emulate_media(media="screen", color_scheme="dark")
    page.goto(f"/?{DAY}")
    assert page.evaluate(LUMINANCE) > 0.8


def test_the_matrix_is_printed_as_a_table_with_every_row(page: Page) -> None:
    page.goto(f"/matrix?{DAY}")
    expect(page.locator(".matrix thead")).to_be_visible()
    box, table = (page.locator(each).bounding_box() for each in (".of-matrix", ".matrix"))
    assert box is not None
    assert table is not None
    assert box["height"] >= table["height"]


def test_what_is_folded_is_printed_and_what_is_pressed_is_not(page: Page) -> None:
    page.goto(f"/gaps?{DAY}")
    expect(page.locator("details.group tbody tr").last).to_be_visible()
    expect(page.locator("details.same")).to_be_hidden()
    expect(page.locator(".bar-doors")).to_be_hidden()
