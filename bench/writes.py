"""Measures a small write on a large graph: judged, durable and acknowledged; and a full judging.

The graph is the ontology and as many copies of the complete dataset of the tests as fit the size;
the states are shared by all copies, so that there are things with very many links.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
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

from bench.tables import drawn
from graph.database import Database
from graph.dataset import read_dataset, read_datasets
from graph.journal import Change
from graph.namespaces import ID, PREFIXES, SV
from graph.resources import resource as shipped
from graph.rules import read_rules
from graph.slices.reads import reads_of
from graph.store import Term
from graph.validate import validate
from graph.write import write

COMPLETE: Final = Path(__file__).resolve().parent.parent / "tests" / "valid" / "complete.ttl"
SEED: Final = 20240101
WRITES: Final = 100
_BATCH: Final = 50_000
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LABEL: Final = ox.NamedNode(PREFIXES["rdfs"] + "label")


@dataclass(frozen=True)
class Row:
    """Milliseconds for a write of five triples, seconds for a full judging (None: not run).

    `memory` is the most the process had before the full judging, in MiB.
    """

    triples: int
    median: float
    slowest_tenth: float
    full: float | None
    memory: float


def measure(triples: int, *, full: bool) -> Row:
    """Measure in a process of its own, whose memory is then that of this size alone."""
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_measured, triples, full).result()


def _measured(triples: int, full: bool) -> Row:
    copies = triples // len(_complete())
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        size = _fill(database, _generated(copies))
        # What is generated keeps the rules, as the full judging below tells.
        database.judged_by.keep_rules(read_rules().digest)
        random = Random(SEED)
        times = [_timed(database, number, random.randrange(copies)) for number in range(WRITES)]
        # The first one compiles the rules, as the first one of a server does.
        spent = [1000 * time for time in times[1:]]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        judging = _full(database) if full else None
        return Row(size, median(spent), quantiles(spent, n=10)[-1], judging, memory)


def _timed(database: Database, number: int, copy: int) -> float:
    """Note that a source mentions a commitment: five triples."""
    name = ox.NamedNode(f"{ID}mention/bench-{number}")
    graph = _complete()[0].graph_name
    change = Change(
        (
            ox.Quad(name, _TYPE, _sv("Mention"), graph),
            ox.Quad(name, _LABEL, ox.Literal(f"mention {number}", language="en"), graph),
            ox.Quad(name, _sv("about"), _copied(_one("Commitment"), copy), graph),
            ox.Quad(name, _sv("source"), _copied(_one("Source"), copy), graph),
            ox.Quad(name, _sv("certainty"), _sv("Stated"), graph),
        )
    )
    begin = perf_counter()
    report = write(database, change, author="bench", role="editor", reason="bench", source="bench")
    spent = perf_counter() - begin
    assert report.seq is not None
    assert report.judged_all_because is None
    return spent


def _full(database: Database) -> float:
    begin = perf_counter()
    found = validate(database.store.quads())
    assert not any(finding.severity == "violation" for finding in found)
    return perf_counter() - begin


def _fill(database: Database, quads: Iterator[ox.Quad]) -> int:
    """Put quads into the journal and the store, unjudged; give their number."""
    size = 0
    while batch := set(islice(quads, _BATCH)):
        change = Change(tuple(batch))
        database.commit(change, author="bench", role="editor", reason="fill", source="bench")
        size += len(batch)
    return size


def generated(triples: int) -> Iterator[ox.Quad]:
    """Give the ontology and as many copies of the complete dataset as so many triples hold."""
    return _generated(triples // len(_complete()))


def _generated(copies: int) -> Iterator[ox.Quad]:
    for module in read_datasets([shipped("ontology")]):
        yield from module.quads
    states = {quad.subject for quad in _complete() if quad.object == _sv("State")}
    own = {quad.subject for quad in _complete()} - states
    for copy in range(copies):
        for quad in _complete():
            # What a state is called is said once; what it belongs to, in every copy.
            if copy and quad.subject in states and quad.object not in own:
                continue
            thing, item = quad.subject, quad.object
            yield ox.Quad(
                _copied(thing, copy) if thing in own else thing,
                quad.predicate,
                _copied(item, copy) if item in own else item,
                quad.graph_name,
            )


def _copied(term: Term, copy: int) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode)
    return ox.NamedNode(f"{term.value}-{copy}")


def _one(kind: str) -> Term:
    return next(quad.subject for quad in _complete() if quad.object == _sv(kind))


def _sv(name: str) -> ox.NamedNode:
    return ox.NamedNode(SV + name)


@cache
def _complete() -> tuple[ox.Quad, ...]:
    return read_dataset(COMPLETE).quads


def table() -> Table:
    """Measure small writes on two graphs, against judging the smaller as a whole, and draw them."""
    reads = reads_of(read_rules())
    sizes = ((100_000, True), (1_000_000, False))
    return drawn(
        f"a write of 5 triples, judged, durable and acknowledged ({WRITES - 1} of them), and "
        "pySHACL on the whole graph",
        ("triples", "median ms", "9 in 10 below ms", "pySHACL s", "ratio", "peak MiB"),
        (_cells(measure(size, full=full)) for size, full in sizes),
        caption=f"rules judged by slices: {len(reads.shapes)}; "
        f"rules that need the whole graph: {len(reads.unsupported)}",
    )


def _cells(row: Row) -> list[str]:
    return [
        f"{row.triples:,}",
        f"{row.median:.0f}",
        f"{row.slowest_tenth:.0f}",
        "-" if row.full is None else f"{row.full:.1f}",
        "-" if row.full is None else f"{row.full * 1000 / row.median:.0f}",
        f"{row.memory:.0f}",
    ]
