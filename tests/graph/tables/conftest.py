"""The shipped ontology and a few shipped datasets, to be looked in and to be written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from graph.database import Database
from graph.load import load
from graph.store import Store

DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory with actors and the first source, in nobody's use."""
    directory = tmp_path_factory.mktemp("tables")
    with Database.open(directory) as database:
        paths = [DATA / "actors", DATA / "paris-2026"]
        load(database, paths, author="test", reason="test")
    return directory


@pytest.fixture(scope="session")
def store(loaded: Path) -> Iterator[Store]:
    with Database.open(loaded, writable=False) as database:
        yield database.store


@pytest.fixture
def database(loaded: Path, tmp_path: Path) -> Iterator[Database]:
    """Give a graph that the test may change."""
    copytree(loaded, tmp_path / "graph")
    with Database.open(tmp_path / "graph") as opened:
        yield opened
