"""Lists things in the columns of the tables that can be imported; it judges nothing.

Things are named by their ids. What no row holds is told thing by thing, never dropped unsaid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from graph.namespaces import SV
from graph.store import Store
from graph.tables.columns import Table
from graph.tables.holding import Holding
from graph.tables.left_out import LeftOut, left_out
from graph.tables.names import TYPE, Names


@dataclass(frozen=True)
class Listing:
    """A table, a row for each thing, and what is left out."""

    table: Table
    rows: tuple[tuple[str, ...], ...]
    left_out: tuple[LeftOut, ...]

    @property
    def heading(self) -> tuple[str, ...]:
        """Give the headings, which are those of the template."""
        return tuple(column.name for column in self.table.columns)

    def cells(self) -> list[list[object]]:
        """Give the heading and the rows."""
        return [list(row) for row in (self.heading, *self.rows)]

    def counts(self) -> Counter[str]:
        """Count what is left out by property."""
        return Counter(each.property for each in self.left_out)


def listing(store: Store, table: Table, chosen: Iterable[ox.Quad]) -> Listing:
    """List the things of a table that chosen quads give a type."""
    names = Names(store)
    kinds = {kind.iri for kind in names.kinds(table.kind)} | {SV + table.kind}
    holding = Holding(store, names)
    held = [holding.row(table, thing) for thing in _instances(chosen, kinds)]
    headings = [column.name for column in table.columns]
    return Listing(
        table,
        tuple(
            tuple(each.cells.get(name, "") for name in headings) for each in held if not each.lacks
        ),
        tuple(sorted({each for row in held for each in left_out(store, row)})),
    )


def listings(
    store: Store,
    tables: Iterable[Table],
    chosen: Sequence[ox.Quad],
    undertakings: Sequence[ox.Quad],
) -> list[Listing]:
    """List all that tables can hold; of undertakings, those that quads of their own choose."""
    return [
        listing(store, table, undertakings if table.kind == "Undertaking" else chosen)
        for table in tables
    ]


def told(found: Iterable[LeftOut]) -> Iterator[str]:
    """Say of each thing, on one line, what no row holds of it."""
    for thing, about in groupby(found, key=lambda each: each.thing):
        reasons = sorted({(each.why, each.property) for each in about})
        by_reason = groupby(reasons, key=lambda each: each[0])
        said = (f"{', '.join(name for _, name in named)}: {why}" for why, named in by_reason)
        yield f"{thing}: {'; '.join(said)}"


def _instances(chosen: Iterable[ox.Quad], kinds: Collection[str]) -> list[ox.NamedNode]:
    found = {
        quad.subject
        for quad in chosen
        if quad.predicate == TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in kinds
    }
    return sorted(found, key=lambda thing: thing.value)
