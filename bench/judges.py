"""Measures the judging of a graph by one process and by several, each with a share of the rules.

The graph is that of `bench.writes`.
"""

from __future__ import annotations

from time import perf_counter
from typing import Final

from rich.table import Table

from bench.tables import drawn
from bench.writes import quads_of
from graph.jury import findings_of
from graph.rules import read_rules

TRIPLES: Final = 100_000
JUDGES: Final = (1, 2, 4)


def table() -> Table:
    """Judge one graph by one, two and four processes, and draw how long each took."""
    quads = list(set(quads_of(TRIPLES)))
    rules = read_rules()
    seconds = {}
    found = set()
    for judges in JUDGES:
        begin = perf_counter()
        found.add(len(findings_of(rules, quads, judges=judges)))
        seconds[judges] = perf_counter() - begin
    assert len(found) == 1
    return drawn(
        f"pySHACL on a graph of {len(quads):,} triples, by processes with a share of the rules",
        ("processes", "seconds", "times as fast as one"),
        (
            [str(each), f"{spent:.1f}", f"{seconds[1] / spent:.2f}"]
            for each, spent in seconds.items()
        ),
    )
