"""The installed command, and servers that are stopped when a test is over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx2
import pyoxigraph as ox
import pytest

from api.cli import run
from graph.database import Database
from graph.namespaces import DATA
from tests.settings import FRESH_SECONDS

PATIENCE: Final = 60.0
"""Seconds that a test waits for what takes much less on a quiet machine."""
SERVANDA = Path(sys.executable).parent / "servanda"
Serve = Callable[..., "Server"]
Answer = Callable[..., dict[str, Any]]
Shown = Callable[..., tuple[str, str]]


class Server(NamedTuple):
    """A running `servanda serve`: its process, its address and what it said before that."""

    process: subprocess.Popen[str]
    url: str
    said: list[str]

    def get(self, path: str, **options: Any) -> httpx2.Response:
        """Send a GET request, with the patience that a busy machine takes."""
        return httpx2.get(self.url + path, timeout=PATIENCE, **options)

    def post(self, path: str, **options: Any) -> httpx2.Response:
        """Send a POST request as patiently."""
        return httpx2.post(self.url + path, timeout=PATIENCE, **options)

    def stop(self, signal: int) -> int:
        """Send a signal and wait for the exit code."""
        self.process.send_signal(signal)
        return self.process.wait(timeout=PATIENCE)


def environment() -> dict[str, str]:
    """Give this process's environment with nothing that decides for the command but patience."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("SERVANDA_")}
    return kept | {"SERVANDA_FRESH_SECONDS": str(FRESH_SECONDS)}


def servanda(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [SERVANDA, *arguments],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
    )


@contextmanager
def serving(
    cwd: Path, *arguments: str | Path, under: Sequence[str | Path] = (), **variables: str
) -> Iterator[Server]:
    """Run a server on a free port from the moment it says its address.

    `under` is a command that watches the server.
    """
    with subprocess.Popen(
        [*under, SERVANDA, "serve", "--port", "0", *arguments],
        cwd=cwd,
        env=environment() | variables,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Server(process, *_heard(process))
        finally:
            process.kill()


def _heard(process: subprocess.Popen[str]) -> tuple[str, list[str]]:
    said: list[str] = []
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("serving on "):
            return line.removeprefix("serving on ").strip(), said
        said.append(line.strip())
    raise AssertionError(f"the server ended: {said}")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Give a function that starts a server as `serving` does, to run until the test is over."""
    with ExitStack() as servers:

        def start(*arguments: str | Path, **options: Any) -> Server:
            return servers.enter_context(serving(tmp_path, *arguments, **options))

        yield start


class Histories(NamedTuple):
    """A data directory in which changes of one small dataset are recorded."""

    directory: Path

    def load(self, label: str, *, author: str = "Ada", reason: str = "test") -> None:
        """Load the dataset anew, with another label for the one State in it."""
        file = self.directory.parent / "good.ttl"
        file.write_text(
            f"<{DATA}good> a <http://www.w3.org/2002/07/owl#Ontology> . "
            "<https://w3id.org/servanda/id/x> a <https://w3id.org/servanda/ns#State> ; "
            f'<http://www.w3.org/2000/01/rdf-schema#label> "{label}"@en .'
        )
        assert run(["load", str(file), "--author", author, "--reason", reason]) == 0

    def quads(self, version: int | None = None) -> set[ox.Quad]:
        """Give what a version holds, or the last one."""
        with Database.open(self.directory, writable=False, version=version) as database:
            return set(database.store.quads())


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Histories:
    """Give a directory that commands use by themselves and that is not there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVANDA_DATA_DIR", str(tmp_path / "graph"))
    return Histories(tmp_path / "graph")


@pytest.fixture
def shown(shipped: Path, capsys: pytest.CaptureFixture[str]) -> Shown:
    """Give a function that asks the shipped data and gives what stdout and stderr say."""

    def ask(*arguments: str) -> tuple[str, str]:
        capsys.readouterr()
        assert run([*arguments, "--data-dir", str(shipped)]) == 0
        out, err = capsys.readouterr()
        return out, err

    return ask


@pytest.fixture
def answer(shown: Shown) -> Answer:
    """Give a function that asks the shipped data and gives the JSON answer."""

    def ask(*arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(shown(*arguments, "--format", "json")[0])
        return found

    return ask
