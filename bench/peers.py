"""Servanda beside other servers of the same graph, in one run: throughput, and analytic queries.

One client asks all of them, by turns, so that what else the machine does falls on each. Before it
measures it asks each for its answer once, and stops where two differ.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from statistics import quantiles
from typing import Final

import pyoxigraph as ox
from rich.table import Table

from bench.client import Driven, Get, drive
from bench.generate import SHIPPED, generated
from bench.questions import COMMITMENT, EXPLANATION, MATRIX, POINT, QUERIES, answer, request
from bench.servers import EMPTY, RDFLIB_ENDPOINT, SERVANDA, Server, serving
from bench.tables import drawn
from graph.dataset import read_datasets
from graph.namespaces import ID
from graph.resources import resource

# No client wants this type, but it makes a question another one.
_OTHER: Final = "x/NUMBER, */*"

MEDIUM, LARGE = 100_000, 1_000_000
SEED: Final = 1
CLIENTS: Final = (1, 8, 32)
SECONDS: Final = 0.5
"""How long a server is asked at a time: short, so that all have the machine at its worst, too."""

ENOUGH: Final = 2.5
"""How many seconds each question is asked."""


@dataclass(frozen=True)
class Asked:
    """A question to a server; all questions of a `kind` have one answer."""

    kind: str
    server: Server
    get: Get
    is_sparql: bool = True


@dataclass
class Measured:
    """What came of asking so many clients at a time: seconds of each answer, and of all rounds."""

    answers: array[float] = field(default_factory=lambda: array("d"))
    seconds: float = 0.0
    busy: float = 0.0

    def add(self, driven: Driven) -> None:
        """Count a round."""
        self.answers += driven.answers
        self.seconds += driven.seconds
        self.busy = max(self.busy, driven.busy)

    @property
    def rate(self) -> float:
        """Give answers in a second."""
        return len(self.answers) / self.seconds


def throughput() -> Table:
    """Measure small questions to the shipped data, and draw what each server answers in a second.

    `new` questions have a comment that no other has, so that no cache knows them; the same are
    asked of every server.
    """
    with serving(_shipped()) as servers:
        asked = list(_small(servers))
        _compare(asked)
        measured = {clients: _driven(asked, clients) for clients in CLIENTS}
    return drawn(
        f"small questions to the shipped data, {ENOUGH} s each, by turns; the floor is an empty "
        "FastAPI route under the settings of Servanda's server",
        ("clients", "question", "server", "a second", "to the floor", "p50 ms", "p99 ms", "client"),
        (
            _throughput_cells(clients, one, found, all_found[0])
            for clients, all_found in measured.items()
            for one, found in zip(asked, all_found, strict=True)
        ),
        named=("question", "server"),
        caption="client: the largest part of the time in which the client, one thread, was at work",
    )


def _small(servers: Mapping[str, Server]) -> Iterator[Asked]:
    """Give the questions, the empty route first."""
    yield Asked("empty", servers[EMPTY], Get("/"), False)
    servanda = servers[SERVANDA]
    yield Asked("point, kept", servanda, request(servanda, POINT, new=False))
    sparql = {"point, new": POINT, "matrix, new": MATRIX, "explanation, new": EXPLANATION}
    for kind, query in sparql.items():
        for server in servers.values():
            if server.name != EMPTY:
                yield Asked(kind, server, request(server, query))
    commitment = COMMITMENT.removeprefix(ID)
    for kind, path in (
        ("/api/v1/matrix", "matrix"),
        ("/api/v1/.../explanation", f"commitments/{commitment}/explanation"),
    ):
        yield Asked(f"{kind}, kept", servanda, Get(f"/api/v1/{path}"), False)
        yield Asked(f"{kind}, new", servanda, Get(f"/api/v1/{path}", _OTHER), False)


def _throughput_cells(clients: int, asked: Asked, found: Measured, floor: Measured) -> list[str]:
    centiles = quantiles(found.answers, n=100)
    return [
        str(clients),
        asked.kind,
        asked.server.name,
        f"{found.rate:,.0f}",
        f"{found.rate / floor.rate:.3f}",
        f"{centiles[49] * 1000:.2f}",
        f"{centiles[98] * 1000:.2f}",
        f"{found.busy:.0%}",
    ]


def engines() -> Table:
    """Measure the queries of `bench.questions` on a generated graph, one client."""
    return _analytics(MEDIUM)


def large() -> Table:
    """Measure them on ten times as much: rdflib-endpoint would take minutes for some."""
    return _analytics(LARGE, without=(RDFLIB_ENDPOINT,))


def _analytics(triples: int, without: Container[str] = ()) -> Table:
    quads = [*_ontology(), *generated(triples, SEED)]
    with serving(quads, derives=False, without=without) as servers:
        names = [name for name in servers if name != EMPTY]
        asked = [
            Asked(kind, servers[name], request(servers[name], query, copy="-0"))
            for kind, query in QUERIES.items()
            for name in names
        ]
        rows = _compare(asked)
        found = _driven(asked, 1)
    times = {
        (one.kind, one.server.name): min(each.answers)
        for one, each in zip(asked, found, strict=True)
    }
    return drawn(
        f"queries on {len(quads):,} triples over HTTP, one client, new each time, the fastest in "
        f"{ENOUGH} s by turns, in milliseconds",
        ("query", "rows", *names, "fastest peer : servanda"),
        (_times(kind, rows[kind], [times[kind, name] for name in names]) for kind in QUERIES),
        named=("query",),
    )


def _times(kind: str, rows: int, times: Sequence[float]) -> list[str]:
    ours, *others = times
    ratio = f"{min(others) / ours:.2f}" if others else "-"
    return [kind, f"{rows:,}", *(f"{time * 1000:.2f}" for time in times), ratio]


def _compare(asked: Iterable[Asked]) -> dict[str, int]:
    """Make sure that servers give the same answers; give how many rows or triples each has."""
    found: dict[str, Counter[object]] = {}
    for one in asked:
        if not one.is_sparql:
            continue
        rows = answer(one.server, one.get)
        known = found.setdefault(one.kind, rows)
        assert rows == known, f"{one.kind}: {one.server.name} answers otherwise"
    return {kind: rows.total() for kind, rows in found.items()}


def _driven(asked: Sequence[Asked], clients: int) -> list[Measured]:
    """Ask by turns, from a process of its own."""
    measured = [Measured() for _ in asked]
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        turns = list(zip(asked, measured, strict=True))
        while turns:
            for one, found in turns:
                work = pool.submit(drive, one.server.port, one.get, clients, SECONDS)
                found.add(work.result())
            turns = [(one, found) for one, found in turns if found.seconds < ENOUGH]
    return measured


def _shipped() -> list[ox.Quad]:
    return [*_ontology(), *(quad for each in read_datasets([SHIPPED]) for quad in each.quads)]


def _ontology() -> list[ox.Quad]:
    return [quad for each in read_datasets([resource("ontology")]) for quad in each.quads]
