"""A thing of a graph as a row, with the quads that each cell stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.namespaces import abbreviated
from graph.store import Store
from graph.tables.columns import Column, Part, Table
from graph.tables.names import TYPE
from graph.tables.shared_columns import ADDRESS
from graph.tables.statements import term

CONTENT: Final = term("content")
SOURCE: Final = term("source")


@dataclass
class Held:
    """A thing as a row: the text of each cell and the quads it stands for, by column.

    `parts` are the things that the row is about beside its own; of `mentions`, all there are of
    the thing, it has one. What it says of pages stands in no `quads`: it is described once, for all
    that speak of the page. Without what `lacks` names, the thing is no row.
    """

    table: Table
    parts: Mapping[Part, ox.NamedNode]
    mentions: Sequence[ox.NamedNode]
    cells: dict[str, str] = field(default_factory=dict)
    quads: dict[str, set[ox.Quad]] = field(default_factory=dict)
    shown: set[ox.Quad] = field(default_factory=set)

    @property
    def thing(self) -> ox.NamedNode:
        """Give what the row describes."""
        return self.parts[Part.ROW]

    @property
    def lacks(self) -> list[str]:
        """Name the columns without which a row is none; the page may be noted elsewhere."""
        columns = self.table.columns
        needed = [each.name for each in columns if each.required and each.part is not Part.SOURCE]
        return [name for name in needed if name not in self.cells]


def is_of_page(table: Table, column: Column) -> bool:
    """Tell whether a column says something of a page that others may speak of as well."""
    if column.name == ADDRESS:
        return table.mentions
    return column.part in (Part.MENTION, Part.SOURCE)


def homes(store: Store, thing: ox.NamedNode) -> set[ox.NamedNode]:
    """Give the graphs that describe a thing."""
    graphs = {quad.graph_name for quad in store.match(thing, TYPE)}
    return {graph for graph in graphs if isinstance(graph, ox.NamedNode)}


def short(iri: ox.NamedNode) -> str:
    """Write the id of a thing as a cell has it."""
    return abbreviated(iri.value)


def iri_of(value: object) -> str:
    """Give an IRI, or nothing for what is none."""
    return value.value if isinstance(value, ox.NamedNode) else ""


def objects(quads: Iterable[ox.Quad]) -> list[ox.NamedNode]:
    """Give the things that quads say something with, in their order."""
    found = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return sorted(found, key=str)


def subjects(quads: Iterable[ox.Quad]) -> list[ox.NamedNode]:
    """Give the things that quads say something of, in their order."""
    found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return sorted(found, key=str)
