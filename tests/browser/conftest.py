"""A browser and the real server with the shipped data; every page must be quiet and stay at home.

The server is the installed command on a free port of 127.0.0.1, one for each process that runs
tests. Without Chromium the tests are skipped and say why.
"""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
    expect,
)

from api.cli import run
from tests.api.cli.conftest import serving
from tests.api.conftest import ROOT
from tests.browser.chromium import NoChromium, find, ways

HERE = Path(__file__).resolve().parent
PHONE: ViewportSize = {"width": 390, "height": 844}
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
# Nothing here depends on how fast the machine is: what never comes is given up in the end.
PATIENCE_MS = 120_000
Violations = Callable[[], list[str]]

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder that open a browser."""
    for item in items:
        if HERE in item.path.parents and "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give a folder that all processes of this run of the tests have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def once(shared: Path, name: str, make: Callable[[], str]) -> str:
    """Give what `make` gives; of several processes one makes it and tells the others."""
    note = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            note.write_text(make(), "utf-8")
    return note.read_text("utf-8")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright, shared: Path) -> Path:
    """Find the browser."""
    own = Path(playwright.chromium.executable_path)
    found, _, reason = once(shared, "chromium", lambda: _searched(own)).partition("\n")
    if not found:
        pytest.skip(f"no browser: {reason}")
    return Path(found)


def _searched(own: Path) -> str:
    try:
        return f"{find(ways(own))}\n"
    except NoChromium as reason:
        return f"\n{reason}"


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: Path
) -> dict[str, Any]:
    """Start the Chromium that was found."""
    return {**browser_type_launch_args, "executable_path": str(chromium)}


@pytest.fixture(scope="session")
def loaded(shared: Path) -> Path:
    """Give the data directory that all shipped data were loaded into, for reading."""
    return Path(once(shared, "loaded", lambda: _loaded(shared / "shipped")))


@pytest.fixture(scope="session")
def base_url(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a server on the shipped data; a page adds its path to it."""
    folder = tmp_path_factory.mktemp("served")
    copytree(loaded, folder / "data")
    with serving(folder, "--data-dir", folder / "data", SERVANDA_WORKERS="2") as server:
        yield server.url.rstrip("/")


def _loaded(directory: Path) -> str:
    assert run(["load", str(ROOT / "data"), "--data-dir", str(directory)]) == 0
    return str(directory)


@pytest.fixture
def complaints() -> list[str]:
    """Collect what pages complain of; a test that provokes a complaint takes it out."""
    return []


@pytest.fixture
def context(
    context: BrowserContext, base_url: str, complaints: list[str]
) -> Iterator[BrowserContext]:
    """Give a browser context whose pages write nothing to the console and load from no one else."""

    def hear(message: ConsoleMessage) -> None:
        # What a driver says of WebGL drawn without a graphics card is not the page's.
        if not message.text.startswith("[.WebGL-"):
            complaints.append(f"console {message.type}: {message.text}")

    def see(request: Request) -> None:
        # What a page makes itself (blob:, data:) has no host.
        if urlsplit(request.url).netloc not in ("", urlsplit(base_url).netloc):
            complaints.append(f"request to {request.url}")

    context.set_default_timeout(PATIENCE_MS)
    context.on("console", hear)
    context.on("request", see)
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    yield context
    assert complaints == []


@pytest.fixture
def violations(page: Page) -> Violations:
    """Give a function that has axe judge the page as it is, in light and in dark."""

    def judge() -> list[str]:
        found = []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for rule in Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]:
                places = ", ".join(str(node["target"]) for node in rule["nodes"])
                found.append(f"{scheme}: {rule['id']} at {places}")
        return found

    return judge


@pytest.fixture
def scrolls_sideways(page: Page) -> Callable[[], bool]:
    """Give a function that tells whether the page is wider than a phone."""

    def measure() -> bool:
        page.set_viewport_size(PHONE)
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        return wide > PHONE["width"]

    return measure
