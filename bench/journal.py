"""Measures what a commit and a question about the past cost, on a generated history.

The history adds 100 quads in each transaction and removes a tenth of those added before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final, NamedTuple

import pyoxigraph as ox
from rich.table import Table

from bench.tables import drawn
from graph.database import JOURNAL, Database
from graph.history import Pattern, difference, held, quads_at, store_at
from graph.journal import Change, Journal
from graph.journal_file import JournalFile, Row
from graph.namespaces import DATA, ID, SV

TRANSACTIONS: Final = 1000
QUADS: Final = 100
COMMITS: Final = 400
ROUNDS: Final = 3


class Measured(NamedTuple):
    """What was done, and its median time in milliseconds."""

    name: str
    milliseconds: float


def measure_commits() -> list[Measured]:
    """Measure transactions of one quad: the file alone, with the head, and emptying the log."""
    # Here and not in /tmp, which may lie in memory.
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        bare, kept, emptied = (Path(folder, name) for name in ("bare", "kept", "emptied"))
        for directory in (bare, kept, emptied):
            directory.mkdir()
        with (
            closing(JournalFile.open(bare / JOURNAL, writable=True)) as file,
            closing(Journal.open(kept / JOURNAL)) as journal,
            closing(Journal.open(emptied / JOURNAL)) as other,
            closing(sqlite3.connect(emptied / JOURNAL)) as connection,
        ):
            # Side by side, so that what else the machine does falls on all three.
            times = [
                (
                    _timed(partial(file.insert, row)),
                    _timed(partial(_append, journal, n)),
                    _timed(partial(_append_and_empty, other, connection, n)),
                )
                for n, row in enumerate(_rows(COMMITS))
            ]
    names = ("a row alone", "a commit", "a commit that empties the log")
    columns = zip(*times, strict=True)
    return [Measured(name, median(column)) for name, column in zip(names, columns, strict=True)]


def measure_questions() -> list[Measured]:
    """Measure the three questions, and the index of a past version."""
    with TemporaryDirectory() as folder:
        with Database.open(Path(folder)) as database:
            for number in range(TRANSACTIONS):
                database.commit(_change(number), author="", role="", reason="", source="")
        with closing(Journal.open(Path(folder, JOURNAL), writable=False)) as journal:
            half = TRANSACTIONS // 2
            thing = Pattern(subject=_quad(QUADS).subject)
            asked: dict[str, Callable[[], object]] = {
                "the quads of the last version": lambda: quads_at(journal, TRANSACTIONS),
                "the quads half way": lambda: quads_at(journal, half),
                "the index of the last version": lambda: store_at(journal, TRANSACTIONS),
                "the difference of the last ten": lambda: difference(
                    journal, TRANSACTIONS - 10, TRANSACTIONS
                ),
                "when a thing was described": lambda: held(journal, thing),
            }
            return [
                Measured(name, median(_timed(ask) for _ in range(ROUNDS)))
                for name, ask in asked.items()
            ]


def _timed(act: Callable[[], object]) -> float:
    start = perf_counter()
    act()
    return (perf_counter() - start) * 1000


def _append(journal: Journal, number: int) -> None:
    change = Change(adds=(_quad(number),))
    journal.append(change, author="", role="", reason="", source="")


def _append_and_empty(journal: Journal, connection: sqlite3.Connection, number: int) -> None:
    _append(journal, number)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _rows(count: int) -> Iterator[Row]:
    for number in range(count):
        yield Row(
            number + 1, "", "", "", "", "", f"{_quad(number)} .\n", "", "", "0" * 64, "0" * 64
        )


def _change(number: int) -> Change:
    first = number * QUADS
    gone = range(first - QUADS, first - QUADS + QUADS // 10) if number else range(0)
    return Change(tuple(map(_quad, range(first, first + QUADS))), tuple(map(_quad, gone)))


def _quad(number: int) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(f"{ID}thing/{number // 8}"),
        ox.NamedNode(f"{SV}p{number % 8}"),
        ox.Literal(f"value {number} of some length"),
        ox.NamedNode(f"{DATA}{number % 5}"),
    )


def commits() -> Table:
    """Measure commits and draw the times."""
    return _drawn("commits of one quad, median in milliseconds", measure_commits())


def past() -> Table:
    """Measure questions about the past and draw the times."""
    title = f"{TRANSACTIONS} transactions of {QUADS} quads, median in milliseconds"
    return _drawn(title, measure_questions())


def _drawn(title: str, measured: Sequence[Measured]) -> Table:
    first = measured[0].milliseconds
    rows = ([m.name, f"{m.milliseconds:.2f}", f"{m.milliseconds / first:.1f}"] for m in measured)
    return drawn(title, ("what", "time", "to the first"), rows, named=("what",))
