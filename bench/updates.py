"""Measures what it takes to work out a small SPARQL update, by the size of the graph.

To judge and record the change that comes of it is what `writes` measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter
from typing import Final

import pyoxigraph as ox
from rich.table import Table

from bench.tables import drawn
from graph.memory_store import MemoryStore
from graph.namespaces import DATA
from graph.update import Update, changes

SIZES: Final = (100_000, 1_000_000)
ROUNDS: Final = 3
_PREFIX: Final = "PREFIX : <https://example.org/> "
_GRAPH: Final = f"GRAPH <{DATA}many>"
_LISTED: Final = f"{_PREFIX}INSERT DATA {{ {_GRAPH} {{ :new :p 1, 2, 3, 4, 5 }} }}"
_MATCHED: Final = (
    f"{_PREFIX}DELETE {{ {_GRAPH} {{ ?s :label ?o }} }} INSERT {{ {_GRAPH} {{ ?s :name ?o }} }} "
    f"WHERE {{ {_GRAPH} {{ VALUES ?s {{ :t1 :t2 :t3 :t4 :t5 }} ?s :label ?o }} }}"
)


def table() -> Table:
    """Measure on each size, and draw the medians."""
    return drawn(
        f"a SPARQL update of 5 triples worked out, median of {ROUNDS}",
        ("triples", "INSERT DATA ms", "DELETE INSERT WHERE ms"),
        (_cells(size) for size in SIZES),
    )


def _cells(size: int) -> list[str]:
    store = MemoryStore.of(_quads(size), 1)
    return [f"{size:,}", *(f"{_milliseconds(store, text):.1f}" for text in (_LISTED, _MATCHED))]


def _milliseconds(store: MemoryStore, text: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        assert len(changes(store, Update(text)).adds) == 5
        times.append(perf_counter() - begun)
    return 1000 * median(times)


def _quads(size: int) -> Iterator[ox.Quad]:
    label, graph = ox.NamedNode("https://example.org/label"), ox.NamedNode(f"{DATA}many")
    for n in range(size):
        yield ox.Quad(ox.NamedNode(f"https://example.org/t{n}"), label, ox.Literal(f"{n}"), graph)
