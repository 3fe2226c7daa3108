"""The ontology's pages as files, opened as a reader without a server does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.cli import run
from tests.browser.conftest import Violations

KINDS = ["index.html", "classes/Commitment.html", "properties/debtor.html"]


@pytest.fixture(scope="module")
def folder(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs") / "pages"
    assert run(["docs", str(out), "--data-dir", str(loaded)]) == 0
    return out


@pytest.mark.parametrize("path", KINDS)
def test_a_page_is_read_by_everyone_on_every_screen(
    page: Page,
    folder: Path,
    path: str,
    violations: Violations,
    scrolls_sideways: Callable[[], bool],
    complaints: list[str],
) -> None:
    page.goto((folder / path).as_uri())
    assert complaints == []
    assert violations() == []
    assert not scrolls_sideways()
    # axe asks for the sheet again by a request of its own, which Chromium lets no file make.
    complaints.clear()


def test_links_lead_from_page_to_page_in_the_sheet_of_the_server(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.locator("#Commitment h3 a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("commitment")
    page.get_by_role("link", name="undertaking", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("undertaking")
    page.get_by_role("link", name="Servanda", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The ontology")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith(
        "Charter"
    )
