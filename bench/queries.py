"""The named queries on the shipped data: Servanda's store against rdflib, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import rdflib
from rich.table import Table

from bench.tables import drawn
from graph.database import Database
from graph.load import load
from graph.query import NamedQuery, queries, run
from graph.rdf import nquads

DATA = Path(__file__).resolve().parent.parent / "data"
ROUNDS = 3


@dataclass(frozen=True)
class Row:
    """One query's median times in seconds, and how many rows each program gave."""

    name: str
    servanda: float
    rdflib: float
    rows: tuple[int, int]


def measure() -> list[Row]:
    """Time every named query that needs no argument on the same triples."""
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        load(database, [DATA], author="bench", reason="bench")
        other = rdflib.Dataset(default_union=True)
        other.parse(data=nquads(database.store.quads()), format="nquads")
        return [
            _row(query, database, other)
            for query in queries()
            if not any(each.required or each.default for each in query.parameters)
        ]


def _row(query: NamedQuery, database: Database, other: rdflib.Dataset) -> Row:
    ours, our_rows = _timed(lambda: len(list(run(database.store, query, {}).rows())))
    theirs, their_rows = _timed(lambda: len(list(other.query(query.text))))
    return Row(query.name, ours, theirs, (our_rows, their_rows))


def _timed(work: Callable[[], int]) -> tuple[float, int]:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        count = work()
        times.append(time.perf_counter() - start)
    return median(times), count


def table() -> Table:
    """Measure every named query and draw the times."""
    return drawn(
        f"named queries on the shipped data, median of {ROUNDS}, in milliseconds",
        ("query", "rows", "servanda", "rdflib", "rdflib : servanda"),
        map(_cells, measure()),
        named=("query",),
    )


def _cells(row: Row) -> list[str]:
    ours, theirs = row.rows
    return [
        row.name,
        str(ours) if ours == theirs else f"{ours} / {theirs}",
        f"{row.servanda * 1000:.2f}",
        f"{row.rdflib * 1000:.1f}",
        f"{row.rdflib / row.servanda:.0f}",
    ]
