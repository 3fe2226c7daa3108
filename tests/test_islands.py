"""The islands are built from what lies in web/islands, small enough, and not needed by any page."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

import hatch_build
from hatch_build import BUILT, WEB

ROOT = Path(__file__).resolve().parent.parent
KB = 1000
EVERYWHERE = 60 * KB
WITH_EDITOR = 200 * KB


@pytest.fixture(autouse=True)
def built() -> None:
    """Skip where they could not be built: `make setup` has said why."""
    if not (BUILT / "page.js").exists():
        pytest.skip("the islands were not built: run `make setup` where npm can be reached")


def weight(entry: str) -> int:
    """Give the size of an entry and of all it may load, compressed."""
    seen: set[str] = set()
    left = [entry]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left += re.findall(r"""["'`]\./([\w-]+\.js)["'`]""", (BUILT / name).read_text("utf-8"))
    return sum(len(gzip.compress((BUILT / name).read_bytes())) for name in seen)


def test_what_every_page_loads_is_small() -> None:
    assert 0 < weight("page.js") <= EVERYWHERE


def test_what_the_page_for_sparql_loads_is_not_too_much() -> None:
    alone = len(gzip.compress((BUILT / "sparql.js").read_bytes()))
    assert alone < weight("sparql.js")
    assert weight("page.js") + weight("sparql.js") <= WITH_EDITOR


def test_they_are_built_from_the_sources_that_are_there() -> None:
    before = (BUILT / "page.js").stat().st_mtime_ns
    assert hatch_build.build() is None
    assert (BUILT / "page.js").stat().st_mtime_ns == before


def test_nothing_in_them_names_another_host() -> None:
    hosts = {
        host
        for file in BUILT.glob("*.js")
        for host in re.findall(r"""["'`]https?://([\w.-]+)""", file.read_text("utf-8"))
    }
    # The names of XML, of our own IRIs, and where a message of a library leads.
    assert hosts <= {"www.w3.org", "w3id.org"}


def test_their_types_are_right() -> None:
    assert hatch_build.check() is None


def test_their_own_tests_pass() -> None:
    hatch_build.run("--test", "islands/**/*.test.ts")


def test_without_npm_the_build_says_why_and_goes_on(tmp_path: Path) -> None:
    copytree(WEB, tmp_path / "web", ignore=ignore_patterns("node_modules", "islands.css", "*.js"))
    (tmp_path / "web" / "static" / "islands" / "sources.sha256").unlink()
    (tmp_path / "hatch_build.py").write_bytes((ROOT / "hatch_build.py").read_bytes())
    ran = subprocess.run(
        [sys.executable, tmp_path / "hatch_build.py"],
        env=os.environ | {"npm_config_registry": "http://127.0.0.1:9/"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.startswith("pages do without scripts, as these could not be built: ")
    assert "127.0.0.1:9" in ran.stderr
