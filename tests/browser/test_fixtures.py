"""Each check that every page passes is shown a page that fails it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Violations

PAGES = ["/", "/queries", "/sparql", "/ns"]
PALER = "document.querySelector('main').style.color = 'var(--line)'"


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page: Page, path: str, violations: Violations) -> None:
    page.goto(path)
    assert violations() == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(
    page: Page, path: str, scrolls_sideways: Callable[[], bool]
) -> None:
    page.goto(path)
    assert not scrolls_sideways()


def test_axe_finds_seeded_defects_in_light_and_in_dark(page: Page, violations: Violations) -> None:
    page.goto("/queries")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('main label').remove()")
    page.evaluate("document.querySelector('footer').innerHTML = '<a href=\"/\"><b></b></a>'")
    page.evaluate(PALER)
    found = {entry.partition(" at ")[0] for entry in violations()}
    rules = ("color-contrast", "html-has-lang", "label", "link-name")
    assert found >= {f"{scheme}: {rule}" for scheme in ("light", "dark") for rule in rules}


def test_a_wide_page_is_found(page: Page, scrolls_sideways: Callable[[], bool]) -> None:
    page.goto("/queries")
    page.evaluate("document.querySelector('main input').style.minWidth = '30rem'")
    assert scrolls_sideways()


def test_what_a_page_writes_and_throws_is_heard(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    with page.expect_event("pageerror"):
        page.evaluate("console.warn('a warning'); setTimeout(() => { throw new Error('a fault') })")
    assert complaints == ["console warning: a warning", "error: a fault"]
    complaints.clear()


def test_a_request_to_another_host_is_seen_and_refused(page: Page, complaints: list[str]) -> None:
    page.goto("/")
    failed = page.evaluate("fetch('http://127.0.0.2:9/').then(() => '', error => error.message)")
    assert failed
    assert any("connect-src" in complaint or "request to" in complaint for complaint in complaints)
    complaints.clear()


def test_a_script_and_a_style_in_a_page_are_refused(page: Page, complaints: list[str]) -> None:
    page.goto("/sparql")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken over'";
          const style = document.createElement("style");
          style.textContent = "h1 { display: none }";
          document.body.append(script, style);
        }"""
    )
    assert page.title() != "taken over"
    assert page.get_by_role("heading", name="SPARQL").is_visible()
    assert ["Content Security Policy" in each for each in complaints] == [True, True]
    complaints.clear()
