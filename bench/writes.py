"""Measures a small write on a large graph: judged, durable and acknowledged; and a full judging.

The graph is the ontology and what `bench.generate` draws, in which states have very many links.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import pyoxigraph as ox
from rich.table import Table

from bench.generate import GRAPH, generated
from bench.tables import drawn
from graph.database import Database
from graph.dataset import read_datasets
from graph.journal import Change
from graph.namespaces import ID, PREFIXES, SV
from graph.resources import resource as shipped
from graph.rules import read_rules
from graph.slices.reads import reads_of
from graph.store import Term
from graph.validate import validate
from graph.write import write

SEED: Final = 20240101
WRITES: Final = 100
_BATCH: Final = 50_000
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = ox.NamedNode(PREFIXES["rdfs"] + "label")


@dataclass(frozen=True)
class Row:
    """Milliseconds for a write of five triples, seconds for a full judging.

    `memory` is the most the process had before the full judging, in MiB.
    """

    triples: int
    median: float
    slowest_tenth: float
    full: float
    memory: float


def measure(triples: int) -> Row:
    """Measure in a process of its own, whose memory is then that of this size alone."""
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_measured, triples).result()


def _measured(triples: int) -> Row:
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        size = fill(database, quads_of(triples))
        commitments, sources = (_all(database, kind) for kind in ("Commitment", "Source"))
        # What is generated keeps the rules, as the full judging below tells.
        database.judged_by.keep_rules(read_rules().digest)
        random = Random(SEED)
        times = [
            _timed(database, number, random.choice(commitments), random.choice(sources))
            for number in range(WRITES)
        ]
        # The first one compiles the rules, as the first one of a server does.
        spent = [1000 * time for time in times[1:]]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return Row(size, median(spent), quantiles(spent, n=10)[-1], _full(database), memory)


def _timed(database: Database, number: int, commitment: Term, source: Term) -> float:
    """Note that a source mentions a commitment: five triples."""
    name = ox.NamedNode(f"{ID}mention/bench-{number}")
    change = Change(
        (
            ox.Quad(name, _TYPE, _sv("Mention"), GRAPH),
            ox.Quad(name, _LABEL, ox.Literal(f"mention {number}", language="en"), GRAPH),
            ox.Quad(name, _sv("about"), commitment, GRAPH),
            ox.Quad(name, _sv("source"), source, GRAPH),
            ox.Quad(name, _sv("certainty"), _sv("Stated"), GRAPH),
        )
    )
    begin = perf_counter()
    report = write(database, change, author="bench", role="editor", reason="bench", source="bench")
    spent = perf_counter() - begin
    assert report.seq is not None
    assert report.judged_all_because is None
    return spent


def _all(database: Database, kind: str) -> list[Term]:
    found = database.store.query(f"SELECT ?thing {{ ?thing a <{SV}{kind}> }} ORDER BY ?thing")
    return [row["thing"] for row in found.rows()]


def _full(database: Database) -> float:
    begin = perf_counter()
    found = validate(database.store.quads())
    assert not any(finding.severity == "violation" for finding in found)
    return perf_counter() - begin


def fill(database: Database, quads: Iterator[ox.Quad]) -> int:
    """Put quads into the journal and the store, unjudged; give their number."""
    size = 0
    while batch := set(islice(quads, _BATCH)):
        change = Change(tuple(batch))
        database.commit(change, author="bench", role="editor", reason="fill", source="bench")
        size += len(batch)
    return size


def quads_of(triples: int) -> Iterator[ox.Quad]:
    """Give the ontology and a generated graph."""
    for module in read_datasets([shipped("ontology")]):
        yield from module.quads
    yield from generated(triples, SEED)


def _sv(name: str) -> ox.NamedNode:
    return ox.NamedNode(SV + name)


def table() -> Table:
    """Measure small writes on two graphs, against judging each as a whole, and draw them."""
    reads = reads_of(read_rules())
    return drawn(
        f"a write of 5 triples, judged, durable and acknowledged ({WRITES - 1} of them), and "
        "pySHACL on the whole graph",
        ("triples", "median ms", "9 in 10 below ms", "pySHACL s", "ratio", "peak MiB"),
        (_cells(measure(size)) for size in (100_000, 1_000_000)),
        caption=f"rules judged by slices: {len(reads.shapes)}; "
        f"rules that need the whole graph: {len(reads.unsupported)}",
    )


def _cells(row: Row) -> list[str]:
    return [
        f"{row.triples:,}",
        f"{row.median:.0f}",
        f"{row.slowest_tenth:.0f}",
        f"{row.full:.1f}",
        f"{row.full * 1000 / row.median:,.0f}",
        f"{row.memory:.0f}",
    ]
