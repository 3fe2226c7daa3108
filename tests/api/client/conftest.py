"""One server on the shipped data, a client of it, and a client of the directory itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from api.client import Client
from tests.api.cli.conftest import serving


@pytest.fixture(scope="session")
def address(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a real server."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, "--data-dir", copytree(shipped, folder / "data")) as server:
        yield server.url


@pytest.fixture(scope="session")
def remote(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


@pytest.fixture(scope="session")
def local(shipped: Path) -> Iterator[Client]:
    with Client.local(shipped) as client:
        yield client
