"""What is fulfilled and what is violated stay apart for who sees no colours.

Chromium itself takes the colours away, and the pixels of a picture are read.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.test_pages import DAY

CHIPS = """([names, seeded]) => {
  const box = document.createElement("p");
  box.style.cssText = "position: fixed; inset: 0 auto auto 0; margin: 0; z-index: 9; display: flex";
  for (const name of names) {
    const chip = document.createElement("span");
    chip.className = "state is-" + name;
    chip.style.cssText = "width: 120px; height: 40px; border: 0; outline: 0; border-radius: 0;";
    if (seeded[name]) chip.style.background = seeded[name];
    box.append(chip);
  }
  document.body.append(box);
}"""
# The page draws the picture that was taken of it and reads its pixels; the CSP allows data: images.
PIXELS = """async ([picture, points]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  drawing.drawImage(image, 0, 0);
  return points.map(([x, y]) => [...drawing.getImageData(x, y, 1, 1).data].slice(0, 3));
}"""
# Of the same luminance, and as far apart in hue as the first palette of the pages was.
CLASHING = {"fulfilled": "rgb(0 114 178)", "violated": "rgb(190 85 0)"}
Scheme = Literal["light", "dark"]


def without_colour(page: Page, seeded: dict[str, str]) -> list[list[int]]:
    """Give the colours of the two chips as Chromium shows them to who sees none."""
    names = ["fulfilled", "violated"]
    page.evaluate(CHIPS, [names, seeded])
    page.context.new_cdp_session(page).send(
        "Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"}
    )
    picture = b64encode(page.screenshot()).decode()
    colours: list[list[int]] = page.evaluate(PIXELS, [picture, [[60, 20], [180, 20]]])
    return colours


def contrast(one: list[int], other: list[int]) -> float:
    """Give the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: list[int]) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fulfilled_and_violated_stay_apart_without_colour(page: Page, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/?{DAY}")
    shown = without_colour(page, {})
    assert [len(set(colour)) for colour in shown] == [1, 1]
    assert contrast(*shown) >= 2


def test_two_hues_of_one_lightness_are_found_out(page: Page) -> None:
    page.goto(f"/?{DAY}")
    shown = without_colour(page, CLASHING)
    assert [len(set(colour)) for colour in shown] == [1, 1]
    assert contrast(*shown) < 2
