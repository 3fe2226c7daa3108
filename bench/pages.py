"""Measures the pages: on the shipped data beside the API, and the matrix of many commitments."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from types import SimpleNamespace
from typing import Final

from fastapi import Request
from fastapi.testclient import TestClient
from rich.table import Table

from api.app import create_app
from api.asked import Asked, Columns
from api.pages import matrix
from api.settings import Settings
from api.snapshot import Snapshot
from bench.derivations import generated
from bench.generated import LAST
from bench.queries import DATA
from bench.tables import drawn
from graph.database import Database
from graph.load import load
from graph.store import MemoryStore, Store
from graph.triples import Triples

FORCE: Final = "commitments/multinational-force"
KINDS: Final = {
    "home": ("/", None),
    "matrix": ("/matrix", "matrix"),
    "list": ("/commitments", "commitments"),
    "undertaking": ("/doc/commitment/multinational-force", f"{FORCE}/explanation"),
    "actor": ("/doc/actor/france", "commitments?debtor=france"),
    "event": ("/doc/event/ceasefire", "events"),
    "source": ("/doc/source/paris-2026-article", "sources"),
    "circles": ("/circles", "deadlocks"),
    "changes": ("/diff", None),
    "gaps": ("/gaps", "gaps"),
    "search": ("/search?q=force", "search?q=force"),
}
"""By kind: the page, and the address of the API that is nearest to it."""

DAYS: Final = tuple(date(2026, 1, 5) + timedelta(days=3 * number) for number in range(20))
MANY: Final = 10_000
ROUNDS: Final = 5


@dataclass(frozen=True)
class Row:
    """Milliseconds for pages that were never asked for, for the same again, and for the API."""

    kind: str
    first: Sequence[float]
    again: Sequence[float]
    api: Sequence[float]
    size: int


def table() -> Table:
    """Measure and draw the times."""
    rows = [_cells(each) for each in measure()]
    rows.append([f"matrix of {MANY:,}", f"{median(many()):.0f}", *["" for _ in range(5)]])
    return drawn(
        f"pages of the shipped data, {len(DAYS)} days each, in milliseconds as a client sees them; "
        "and the page of the matrix of generated commitments in a worker that has compiled them",
        ("page", "first", "first, p95", "again", "API, first", "page : API", "kB, gzipped"),
        rows,
        named="page",
    )


def _cells(row: Row) -> list[str]:
    first, api = median(row.first), median(row.api) if row.api else None
    return [
        row.kind,
        f"{first:.1f}",
        f"{quantiles(row.first, n=20)[-1]:.1f}",
        f"{median(row.again):.1f}",
        "" if api is None else f"{api:.1f}",
        "" if api is None else f"{first / api:.1f}",
        f"{row.size / 1000:.1f}",
    ]


def measure() -> list[Row]:
    """Ask for each kind of page on each day, and then again, with the server in this process."""
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        load(database, [DATA], author="bench", reason="bench")
        app = create_app(database, Settings(data_dir=Path(folder), workers=2))
        with TestClient(app, headers={"Accept": "text/html,*/*;q=0.5"}) as client:
            for path, day in product(("/", "/circles"), range(1, 9)):
                client.get(f"{path}?asOf=2025-01-0{day}")  # each worker reads the graph once
            return [_row(client, kind, *addresses) for kind, addresses in KINDS.items()]


def _row(client: TestClient, kind: str, path: str, api: str | None) -> Row:
    first, again = (list(_times(client, path)) for _ in range(2))
    beside = [] if api is None else list(_times(client, f"/api/v1/{api}"))
    size = len(gzip.compress(client.get(_on(path, DAYS[0])).content))
    return Row(kind, first, again, beside, size)


def _times(client: TestClient, path: str) -> Iterator[float]:
    for day in DAYS:
        begin = perf_counter()
        answer = client.get(_on(path, day))
        yield (perf_counter() - begin) * 1000
        assert answer.status_code == 200, answer.text


def _on(path: str, day: date) -> str:
    return f"{path}{'&' if '?' in path else '?'}asOf={day}"


def many() -> list[float]:
    """Write the page of the matrix of generated commitments on several days."""
    store = MemoryStore()
    snapshot = Snapshot(0, store, generated(MANY), Triples({}), ())
    assert snapshot.program.pairs, "nothing was compiled"
    return [_matrix(store, snapshot, LAST - number) for number in range(ROUNDS)]


def _matrix(store: Store, snapshot: Snapshot, day: int) -> float:
    latest = SimpleNamespace(snapshot=lambda: snapshot)
    state = SimpleNamespace(store=store, settings=Settings(), latest=latest)
    scope: dict[str, object] = {"type": "http", "method": "GET", "path": "/matrix"}
    scope |= {"query_string": b"", "headers": [(b"host", b"bench")]}
    scope["app"] = SimpleNamespace(state=state)
    asked = Asked(as_of=date.fromordinal(day), known_at=date.fromordinal(LAST))
    begin = perf_counter()
    matrix.matrix.__wrapped__(Request(scope), asked, Columns.domain)  # type: ignore[attr-defined]
    return (perf_counter() - begin) * 1000
