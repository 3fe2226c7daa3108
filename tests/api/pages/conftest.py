"""The application on all shipped data, and pages of it as a browser would read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from justhtml import JustHTML, QueryMatch

from api.app import create_app
from graph.database import Database
from tests.settings import patient

BROWSER = {"Accept": "text/html,*/*;q=0.8"}
DAY = "asOf=2026-02-15&knownAt=2026-11-23"

Read = Callable[[str], JustHTML]


@pytest.fixture(scope="package")
def site(all_shipped: Path) -> Iterator[TestClient]:
    """Give a client of the application that serves all shipped data."""
    settings = patient(data_dir=all_shipped)
    with (
        Database.open(all_shipped, writable=False) as database,
        TestClient(create_app(database, settings)) as client,
    ):
        yield client


@pytest.fixture(scope="package")
def read(site: TestClient) -> Read:
    """Give a function that reads a page of the site."""

    def reading(path: str) -> JustHTML:
        answer = site.get(path, headers=BROWSER)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return parsed(answer.text)

    return reading


def parsed(html: str) -> JustHTML:
    """Read a page as a browser would; what the HTML standard calls a parse error is one."""
    return JustHTML(html, strict=True, sanitize=False)


def text(page: JustHTML | QueryMatch, selector: str) -> str:
    """Give the text of all elements selected in a page or a part of one, with single spaces."""
    found = (each.to_text(separator="", strip=False) for each in page.query(selector))
    return " ".join(" ".join(found).split())


def hrefs(page: JustHTML, selector: str = "a") -> list[str]:
    """Give where the links selected lead."""
    return [str((each.attrs or {}).get("href") or "") for each in page.query(selector)]
