"""Measures the pages: on the shipped data beside the API, and the matrix of many commitments."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice, product
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from types import SimpleNamespace
from typing import Final, NamedTuple

from fastapi import Request
from fastapi.testclient import TestClient
from rich.table import Table

from api.app import create_app
from api.asked import Asked, Columns
from api.jobs.things import ACTORS, INSTRUMENTS
from api.metrics import Metrics
from api.pages import matrix
from api.settings import Settings
from api.snapshot import Snapshot
from bench.derivations import generated
from bench.generated import LAST
from bench.machine import processor_time
from bench.queries import DATA
from bench.tables import drawn
from graph.database import Database
from graph.load import load
from graph.memory_store import MemoryStore
from graph.namespaces import ID
from graph.store import Store
from graph.trees import KINDS as UNDERTAKINGS
from graph.triples import Triples

FORCE: Final = "commitments/multinational-force"
PAGES: Final = {
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
OF_THINGS: Final = {
    "each undertaking": ("/doc/{path}", tuple(UNDERTAKINGS)),
    "each actor": ("/doc/{path}", ACTORS),
    "each text": ("/doc/{path}", INSTRUMENTS),
    "each event": ("/doc/{path}", ("Event",)),
    "each source": ("/doc/{path}", ("Source",)),
    "unlock, by API": ("/api/v1/commitments/{name}/unlock", ("Commitment",)),
}
"""By kind: the address, and the classes of the things of which every one is asked about."""

DAYS: Final = tuple(date(2026, 1, 5) + timedelta(days=3 * number) for number in range(60))
MOST: Final = 50
"""In so many milliseconds the server is to have 95 of 100 pages that were never asked for."""
MANY: Final = 10_000
ROUNDS: Final = 5


class Taken(NamedTuple):
    """Milliseconds of the server for one answer, and of the workers' processors alone."""

    server: float
    processor: float


@dataclass(frozen=True)
class Row:
    """What pages took that were never asked for, and the same again.

    `known` are the same by what was known on their day, of which nobody had asked before; `api`
    are the nearest answers of the API, never asked for.
    """

    kind: str
    first: Sequence[Taken]
    known: Sequence[Taken]
    again: Sequence[Taken]
    api: Sequence[Taken]
    size: int


def table() -> Table:
    """Measure and draw the times."""
    before = os.getloadavg()[0]
    rows = [_cells(each) for each in measure()]
    after = os.getloadavg()[0]
    rows.append([f"matrix of {MANY:,}", f"{median(many()):.0f}", *["" for _ in range(9)]])
    return drawn(
        f"pages of the shipped data, {len(DAYS)} days each, in milliseconds as the server counts "
        "them; and the page of the matrix of generated commitments in a worker that compiled them",
        (
            *("page", "first", "p95", "processor", "as known then, p95", "processor"),
            *(f"p95 <= {MOST}", "again", "API, first", "page : API", "kB, gzipped"),
        ),
        rows,
        named="page",
        caption=f"processor: the p95 of what the workers took of it; load {before:.1f} to "
        f"{after:.1f} on {os.cpu_count()} cores",
    )


def _cells(row: Row) -> list[str]:
    first, api = _median(row.first), _median(row.api) if row.api else None
    new, known = _p95(row.first), _p95(row.known)
    return [
        row.kind,
        f"{first:.1f}",
        *(f"{each:.1f}" for each in (*new, *known)),
        "yes" if max(new.server, known.server) <= MOST else "no",
        f"{_median(row.again):.1f}",
        "" if api is None else f"{api:.1f}",
        "" if api is None else f"{first / api:.1f}",
        f"{row.size / 1000:.1f}",
    ]


def _median(times: Sequence[Taken]) -> float:
    return median(each.server for each in times)


def _p95(times: Sequence[Taken]) -> Taken:
    return Taken(*(quantiles(column, n=20)[-1] for column in zip(*times, strict=True)))


def measure() -> list[Row]:
    """Ask for each kind of page on each day, and then again, with the server in this process."""
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        load(database, [DATA], author="bench", reason="bench")
        app = create_app(database, Settings(data_dir=Path(folder), workers=2))
        with TestClient(app, headers={"Accept": "text/html,*/*;q=0.5"}) as client:
            for path, day in product(("/", "/circles"), range(1, 9)):
                client.get(f"{path}?asOf=2025-01-0{day}")  # each worker reads the graph once
            asking = Asking(client)
            of_pages = [_row(asking, kind, [page], api) for kind, (page, api) in PAGES.items()]
            of_things = _of_things(Triples.of(database.store.quads()))
            return of_pages + [_row(asking, kind, pages) for kind, pages in of_things]


def _of_things(triples: Triples) -> Iterator[tuple[str, list[str]]]:
    for kind, (address, classes) in OF_THINGS.items():
        paths = [iri.removeprefix(ID) for iri in triples.a(*classes)]
        yield kind, [address.format(path=each, name=each.partition("/")[2]) for each in paths]


@dataclass(frozen=True)
class Asking:
    """Asks a server in this process."""

    client: TestClient

    def times(self, addresses: Iterable[str]) -> Iterator[Taken]:
        """Give what the answer at each address took."""
        replica = self.client.app.state.runner.process  # type: ignore[attr-defined]
        for address in addresses:
            seconds, taken = self._counted(), processor_time(replica)
            answer = self.client.get(address)
            taken = processor_time(replica) - taken
            yield Taken((self._counted() - seconds) * 1000, taken * 1000)
            assert answer.status_code == 200, answer.text

    def _counted(self) -> float:
        """Give the seconds of all requests so far by the server's own count."""
        metrics: Metrics = self.client.app.state.metrics  # type: ignore[attr-defined]
        return sum(
            sample.value
            for metric in metrics.registry.collect()
            for sample in metric.samples
            if sample.name == "servanda_request_seconds_sum"
        )


def _row(asking: Asking, kind: str, pages: Sequence[str], api: str | None = None) -> Row:
    longest = max(len(pages), len(DAYS))
    asked = list(islice(zip(cycle(pages), cycle(DAYS)), longest))
    addresses = [_on(*each) for each in asked]
    first, again = (list(asking.times(addresses)) for _ in range(2))
    return Row(
        kind,
        first,
        list(asking.times(_on(*each) + f"&knownAt={each[1]}" for each in asked)),
        again,
        [] if api is None else list(asking.times(_on(f"/api/v1/{api}", day) for day in DAYS)),
        len(gzip.compress(asking.client.get(addresses[0]).content)),
    )


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
