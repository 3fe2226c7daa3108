"""Questions over the journal: the graph at a version, what separates two, and when a quad held.

Each is answered by replaying transactions: docs/decisions/0008 says up to what size that is fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import pyoxigraph as ox

from graph.journal import Change, Journal, Transaction
from graph.memory_store import MemoryStore
from graph.store import Term


class Pattern(NamedTuple):
    """What a quad must have; None stands for anything."""

    subject: Term | None = None
    predicate: Term | None = None
    object: Term | None = None
    graph: Term | ox.DefaultGraph | None = None

    def fits(self, quad: ox.Quad) -> bool:
        """Say whether a quad is one of these, lexical form included."""
        return all(wanted in (None, term) for wanted, term in zip(self, quad, strict=True))


class Held(NamedTuple):
    """The versions from `first` to `last`, both included; `last` is None while it still holds."""

    first: int
    last: int | None


def store_at(journal: Journal, version: int) -> MemoryStore:
    """Give the index as it was at a version; raises NotFound for one that is not there."""
    changed: dict[str, datetime] = {}

    def noted(transaction: Transaction) -> Transaction:
        changed.update(dict.fromkeys(transaction.subjects(), transaction.at))
        return transaction

    quads = _sum(map(noted, journal.transactions(until=version)))
    return MemoryStore.of(quads, version, changed)


def quads_at(journal: Journal, version: int) -> set[ox.Quad]:
    """Give the quads of a version as they were written; raises NotFound as `store_at` does."""
    return set(_sum(journal.transactions(until=version)))


def _sum(transactions: Iterable[Transaction]) -> dict[ox.Quad, None]:
    """Add up changes, in the order in which the journal has them.

    What is said of a thing stays together in it, and so in the memory of the engine that is given
    it: on 100,000 triples in the order of a set, joins took it up to twice as long.
    """
    quads = dict[ox.Quad, None]()
    for transaction in transactions:
        for quad in transaction.removes:
            quads.pop(quad, None)
        quads.update(dict.fromkeys(transaction.adds))
    return quads


def difference(journal: Journal, before: int, after: int) -> Change:
    """Give what leads from one version to another, which may be an older one.

    Raises NotFound for a version that is not there.
    """
    if before > after:
        forwards = difference(journal, after, before)
        return Change(adds=forwards.removes, removes=forwards.adds)
    adds, removes = set[ox.Quad](), set[ox.Quad]()
    for transaction in journal.transactions(after=before, until=after):
        _follow(removes, adds, transaction.removes)
        _follow(adds, removes, transaction.adds)
    return Change(tuple(adds), tuple(removes))


def _follow(side: set[ox.Quad], other: set[ox.Quad], quads: Iterable[ox.Quad]) -> None:
    """Put quads on one side unless they were on the other: coming and going makes no difference."""
    for quad in quads:
        if quad in other:
            other.remove(quad)
        else:
            side.add(quad)


def held(journal: Journal, pattern: Pattern) -> list[Held]:
    """Give the versions in which at least one quad fitted a pattern, oldest first."""
    found: list[Held] = []
    fitting = first = 0
    for transaction in journal.transactions():
        before = fitting
        fitting += sum(map(pattern.fits, transaction.adds))
        fitting -= sum(map(pattern.fits, transaction.removes))
        if fitting and not before:
            first = transaction.seq
        elif before and not fitting:
            found.append(Held(first, transaction.seq - 1))
    return [*found, Held(first, None)] if fitting else found


def touched_after(journal: Journal, seq: int, quads: Iterable[ox.Quad]) -> list[int]:
    """Give the numbers of the transactions after `seq` that added or removed one of the quads."""
    wanted = set(quads)
    return [
        later.seq
        for later in journal.transactions(after=seq)
        if not (wanted.isdisjoint(later.adds) and wanted.isdisjoint(later.removes))
    ]


def reversals(journal: Journal) -> dict[int, int]:
    """Give the numbers of the transactions that were undone, each with that of what undid it."""
    return {each.undoes: each.seq for each in journal.transactions() if each.undoes is not None}
