"""Writes a picture of each kind of page, light, dark and on a phone, to build/screenshots.

It is run by `make screenshots`, for people to look at; it judges nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from api.cli import run
from tests.api.cli.conftest import serving
from tests.browser.chromium import find, ways
from tests.browser.conftest import PHONE
from tests.browser.test_pages import DAY, FAULTY, KINDS

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = ROOT / "build" / "screenshots"
SCREEN: Final[ViewportSize] = {"width": 1280, "height": 900}
OTHERS: Final = ("/sparql", "/queries", "/ontology/core", "/dataset")
LOOKS: Final[tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...]] = (
    ("light", SCREEN, "light"),
    ("dark", SCREEN, "dark"),
    ("phone", PHONE, "light"),
)


def main() -> None:
    """Serve the shipped data and take every page in every look."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        assert run(["load", str(ROOT / "data"), "--data-dir", folder]) == 0
        chromium = find(ways(Path(playwright.chromium.executable_path)))
        browser = playwright.chromium.launch(executable_path=str(chromium))
        with serving(Path(folder), "--data-dir", folder) as server:
            _take(browser, server.url.rstrip("/"))
        browser.close()


def _take(browser: Browser, base: str) -> None:
    for look, size, scheme in LOOKS:
        context = browser.new_context(viewport=size, color_scheme=scheme, base_url=base)
        page = context.new_page()
        for path in (*KINDS, *FAULTY, *OTHERS):
            page.goto(path)
            page.screenshot(path=FOLDER / f"{_name(path)}-{look}.png", full_page=True)
        context.close()
    print(f"pictures of {len(KINDS) + len(FAULTY) + len(OTHERS)} pages are in {FOLDER}")  # noqa: T201


def _name(path: str) -> str:
    """Give a page a file name: its address without the days."""
    return re.sub("[^a-z0-9]+", "-", path.replace(DAY, "").lower()).strip("-") or "home"


if __name__ == "__main__":
    main()
