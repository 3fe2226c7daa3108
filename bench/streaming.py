"""A million rows over HTTP: when the first comes, and what server and worker take meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from os import environ
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from rich.table import Table

from bench.machine import idle_memory, peak_memory
from bench.tables import drawn
from graph.database import Database
from graph.journal import Change
from graph.namespaces import DATA

STATEMENTS: Final = 100_000
ROWS: Final = 1_000_000
ROUNDS: Final = 5
_QUERY: Final = "SELECT * { ?s ?p ?o . VALUES ?n { 0 1 2 3 4 5 6 7 8 9 } }"
_LIMITS: Final = {
    "SERVANDA_QUERY_ROWS": str(2 * ROWS),
    "SERVANDA_QUERY_MB": "1024",
    "SERVANDA_QUERY_SECONDS": "600",
    "SERVANDA_WORKERS": "1",
    "SERVANDA_CACHE_MB": "0",
}


@dataclass(frozen=True)
class Streamed:
    """Seconds to the first row and to the last, and peak memory over idle, in MiB."""

    first: float
    last: float
    server: float
    worker: float


def table() -> Table:
    """Measure a few times, and draw the median of the times and the most memory."""
    runs = measure()
    first, last = median(run.first for run in runs), median(run.last for run in runs)
    # What a process has taken it keeps for the next answer.
    server, worker = max(run.server for run in runs), max(run.worker for run in runs)
    cells = (f"{first * 1000:.0f}", f"{last:.1f}", f"{server:.0f}", f"{worker:.0f}")
    return drawn(
        f"{ROWS:,} rows over HTTP as JSON, {ROUNDS} times",
        ("first row ms", "last row s", "server MiB over idle", "worker MiB over idle"),
        [cells],
    )


def measure() -> list[Streamed]:
    """Ask a server of its own on a hundred thousand statements."""
    with TemporaryDirectory() as folder:
        directory = Path(folder) / "graph"
        with Database.open(directory) as database:
            _fill(database)
        with _served(directory) as (process, address):
            _ask(address, "ASK {}")
            return [_streamed(process, address) for _ in range(ROUNDS)]


def _fill(database: Database) -> None:
    p, graph = ox.NamedNode("https://example.org/label"), ox.NamedNode(DATA + "many")
    adds = tuple(
        ox.Quad(ox.NamedNode(f"https://example.org/thing/{n}"), p, ox.Literal(f"{n}"), graph)
        for n in range(STATEMENTS)
    )
    change = Change(adds=adds)
    database.commit(change, author="bench", role="editor", reason="bench", source="bench")


@contextmanager
def _served(directory: Path) -> Iterator[tuple[int, str]]:
    """Serve a directory; give the process and its address."""
    servanda = Path(sys.executable).parent / "servanda"
    with subprocess.Popen(
        [servanda, "serve", "--port", "0", "--data-dir", directory],
        env=environ | _LIMITS,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if line.startswith("serving on "))
        yield process.pid, line.split("//")[1].strip()
        process.terminate()


def _streamed(server: int, address: str) -> Streamed:
    (worker,) = _children(*_children(server))
    before = [idle_memory(each) for each in (server, worker)]
    first, last = _ask(address, _QUERY)
    server_took, worker_took = (
        peak_memory(each) - idle for each, idle in zip((server, worker), before, strict=True)
    )
    return Streamed(first, last, server_took, worker_took)


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]


def _ask(address: str, query: str) -> tuple[float, float]:
    """Give the seconds to the first byte of the answer and to the last."""
    connection = HTTPConnection(address)
    begun = time.perf_counter()
    connection.request("GET", f"/sparql?format=json&query={quote(query)}")
    answer = connection.getresponse()
    assert answer.status == 200
    answer.read(1)
    first = time.perf_counter() - begun
    while answer.read(2**20):
        pass
    return first, time.perf_counter() - begun
