"""Finds a Chromium that runs: one on PATH, else Playwright's own, else the Debian package.

What is not there is installed, so nothing here may be called while tests are only collected.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A download of 200 MB over a slow line; a line that is down fails at once.
_PATIENCE: Final = 600
_APT: Final = ("apt-get", "-o", "Acquire::Retries=1", "-qq")

Way = Callable[[], Path]


class NoChromium(Exception):
    """There is none and none could be installed; the text says why."""


def find(ways: Sequence[Way]) -> Path:
    """Give what the first of the ways leads to that works; raises NoChromium with every reason."""
    reasons = []
    for way in ways:
        try:
            return _working(way())
        except NoChromium as reason:
            reasons.append(str(reason))
    raise NoChromium("; ".join(reasons))


def ways(own: Path) -> list[Way]:
    """Give the ways in their order; `own` is where Playwright puts the browser it downloads."""
    return [on_path, lambda: of_playwright(own), of_debian]


def on_path(path: str | None = None) -> Path:
    """Find a Chromium on PATH, or on another such list of folders."""
    for name in _NAMES:
        if found := shutil.which(name, path=path):
            return Path(found)
    raise NoChromium(f"none of {', '.join(_NAMES)} is on PATH")


def of_playwright(own: Path) -> Path:
    """Have Playwright download its browser, unless it is there."""
    if not own.exists():
        _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return own


def of_debian() -> Path:
    """Install the package of the system, which only root may do."""
    if os.geteuid() != 0:
        raise NoChromium("only root may install the package `chromium`")
    _run([*_APT, "update"])
    _run([*_APT, "install", "--yes", "--no-install-recommends", "chromium"])
    return on_path()


def _working(browser: Path) -> Path:
    """Give the browser back if it starts: a downloaded one may lack libraries of the system."""
    _run([str(browser), "--version"])
    return browser


def _run(command: Sequence[str]) -> None:
    told = " ".join(command)
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE)
    except FileNotFoundError:
        raise NoChromium(f"`{command[0]}` is not there") from None
    except subprocess.TimeoutExpired:
        raise NoChromium(f"`{told}` took more than {_PATIENCE} s") from None
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip() or error.stdout.strip()).splitlines()[-1:]
        raise NoChromium(f"`{told}` failed: {' '.join(last)}") from None
