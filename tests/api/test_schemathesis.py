"""Schemathesis tries every operation on a real server by the document, and finds no fault."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import httpx2
import pytest

from graph.accounts import Accounts, Role
from tests.api.cli.conftest import environment, serving

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
RULES = Path(__file__).with_name("schemathesis.toml")


class Tried(NamedTuple):
    """A server that may be changed, and the token of an editor."""

    url: str
    token: str
    folder: Path

    def by(self, phases: str, examples: int) -> str:
        """Give what schemathesis printed; what it finds is a failure of the test."""
        done = subprocess.run(
            [
                *(SCHEMATHESIS, "--config-file", RULES, "run", f"{self.url}/openapi.json"),
                *("--checks", "all", "--mode", "all", "--phases", phases),
                *("--max-examples", str(examples)),
                *("--header", f"Authorization: Bearer {self.token}"),
            ],
            cwd=self.folder,
            env=environment() | {"PYTHONWARNINGS": "default"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
        return done.stdout


@pytest.fixture
def tried(all_shipped: Path, tmp_path: Path) -> Iterator[Tried]:
    """Give a server on a copy of the shipped data."""
    directory = copytree(all_shipped, tmp_path / "data")
    token = Accounts(directory).make("schemathesis", Role.EDITOR)
    with serving(tmp_path, "--data-dir", directory, SERVANDA_WORKERS="2") as server:
        yield Tried(server.url, token, tmp_path)


def operations(url: str) -> int:
    """Count the operations of the document."""
    return sum(map(len, httpx2.get(f"{url}/openapi.json", timeout=60).json()["paths"].values()))


@pytest.mark.parametrize("phases", ["coverage", "examples,fuzzing,stateful"])
def test_every_operation_is_as_the_document_says(tried: Tried, phases: str) -> None:
    printed = tried.by(phases, examples=1)
    assert re.findall(r"Tested: (\d+)", printed) == [str(operations(tried.url))]
    passed = {name.lower() for name in re.findall("✅ ([A-Z]\\w+)", printed)}
    assert passed == set(phases.split(","))


@pytest.mark.soak
def test_every_operation_is_as_the_document_says_for_long(tried: Tried) -> None:
    printed = tried.by("examples,coverage,fuzzing,stateful", examples=40)
    assert re.findall(r"Tested: (\d+)", printed) == [str(operations(tried.url))]
