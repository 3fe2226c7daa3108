"""One server on the shipped data, a client of it, and a client of the directory itself."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from api.client import Client
from tests.api.cli.conftest import SERVANDA, environment


@pytest.fixture(scope="session")
def address(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a real server."""
    directory = copytree(shipped, tmp_path_factory.mktemp("served") / "data")
    with subprocess.Popen(
        [SERVANDA, "serve", "--port", "0", "--data-dir", directory],
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        yield process.stderr.readline().removeprefix("serving on ").strip()
        process.terminate()
        process.stderr.read()


@pytest.fixture(scope="session")
def remote(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


@pytest.fixture(scope="session")
def local(shipped: Path) -> Iterator[Client]:
    with Client.local(shipped) as client:
        yield client
