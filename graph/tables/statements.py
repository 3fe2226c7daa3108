"""The statements that rows make, each with the place it comes from; it reads no cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from graph.errors import InvalidRequest
from graph.journal import Change
from graph.namespaces import DATA, ID, PREFIXES, SV
from graph.tables.faults import Place
from graph.tables.known_tables import TABLES
from graph.tables.names import LABEL, TYPE
from graph.tables.rows import Row

DERIVED_FROM: Final = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MOST_NAME: Final = 64
_PROPERTY: Final = re.compile(r"\b([a-z]+):(\w+)")
_COLUMN_OF: Final = {
    (table.name, column.property): column.name
    for table in TABLES
    for column in reversed(table.columns)
    if column.property
}


def graph_of(name: str) -> ox.NamedNode:
    """Give the graph of the file `name`; raises InvalidRequest for what is no name of one."""
    if NAME.fullmatch(name) and len(name) <= MOST_NAME:
        return ox.NamedNode(f"{DATA}table-{name}")
    raise InvalidRequest(
        f"`{name}` is no name of a table",
        hint=f"use up to {MOST_NAME} small letters without accents and digits, with - between them",
    )


def table_of(graph: ox.NamedNode) -> str | None:
    """Give the name of the file that a graph is of; None for any other graph."""
    start = f"{DATA}table-"
    return graph.value.removeprefix(start) if graph.value.startswith(start) else None


def term(property: str) -> ox.NamedNode:  # noqa: A002
    """Give the term for the local name of one of ours, or for a prefixed name."""
    prefix, colon, local = property.rpartition(":")
    return ox.NamedNode(PREFIXES[prefix] + local if colon else SV + local)


@dataclass(frozen=True)
class Drawn:
    """What a file says: the quads of its graph and where each comes from.

    Each thing that a row describes is `prov:wasDerivedFrom` an IRI for that row. `places` has the
    place of a thing under its IRI and "", and that of a statement under the IRIs of subject and
    property. `rows` counts the rows. `amends` is what rows change that name a thing which another
    graph describes, and `amending` are the IRIs of those rows.
    """

    graph: ox.NamedNode
    quads: tuple[ox.Quad, ...]
    places: Mapping[tuple[str, str], Place]
    rows: int
    amends: Change = field(default_factory=Change)
    amending: frozenset[str] = frozenset()

    def place_of(self, thing: str, path: str | None = None) -> Place | None:
        """Say where a thing comes from, or its statements along a path of prefixed names."""
        properties = [(prefix, local) for prefix, local in _PROPERTY.findall(path or "")]
        for prefix, local in properties:
            if found := self.places.get((thing, PREFIXES.get(prefix, "") + local)):
                return found
        row = self.places.get((thing, ""))
        for prefix, local in properties:
            name = local if prefix == "sv" else f"{prefix}:{local}"
            if row and (column := _COLUMN_OF.get((row.table, name))):
                return Place(row.table, row.row, column)
        return row


class Statements:
    """Collects what the rows of one file say."""

    def __init__(self, name: str) -> None:
        """Begin the graph of the file `name`."""
        self.name = name
        self.graph = graph_of(name)
        self._quads: dict[ox.Quad, None] = {}
        self._places: dict[tuple[str, str], Place] = {}
        self._come: dict[ox.Quad, None] = {}
        self._gone: dict[ox.Quad, None] = {}
        self._amending: set[str] = set()

    def iri(self, noun: str, *parts: str) -> ox.NamedNode:
        """Name a thing of this file: no other file has the name before the first full stop."""
        ends = (part.replace("/", ".") for part in parts)
        return ox.NamedNode(f"{ID}{noun}/{'.'.join((self.name, *ends))}")

    def is_ours(self, iri: str) -> bool:
        """Tell whether a thing has a name that this file gave it."""
        return iri.startswith(ID) and iri.rpartition("/")[2].startswith(f"{self.name}.")

    def say(
        self,
        subject: ox.NamedNode,
        predicate: ox.NamedNode,
        value: ox.NamedNode | ox.Literal,
        place: Place,
    ) -> None:
        """State something that stands at a place."""
        self._quads[ox.Quad(subject, predicate, value, self.graph)] = None
        self._places.setdefault((subject.value, predicate.value), place)

    def describe(
        self, thing: ox.NamedNode, kind: ox.NamedNode | None, label: str, row: Row, column: str = ""
    ) -> None:
        """State that a row describes a thing, which kind it is and what it is called."""
        place = row.place(column)
        self._places.setdefault((thing.value, ""), place)
        if kind is not None:
            self.say(thing, TYPE, kind, place)
        if label:
            self.say(thing, LABEL, ox.Literal(label, language="en"), place)
        self.derive(thing, row)

    def derive(self, thing: ox.NamedNode, row: Row) -> None:
        """State that a thing comes from a row."""
        source = ox.NamedNode(self._iri_of(row))
        self._quads[ox.Quad(thing, DERIVED_FROM, source, self.graph)] = None

    def _iri_of(self, row: Row) -> str:
        return f"{self.graph.value}#{row.table.name}.{row.id}"

    def place(self, subject: ox.NamedNode, predicate: ox.NamedNode, place: Place) -> None:
        """Remember where something stands that other graphs say."""
        self._places.setdefault((subject.value, predicate.value), place)

    def begin_amending(self, thing: ox.NamedNode, row: Row) -> None:
        """Remember which row changes a thing that other graphs describe."""
        self._places.setdefault((thing.value, ""), row.place())
        self._amending.add(self._iri_of(row))

    def amend(self, come: Iterable[ox.Quad], gone: Iterable[ox.Quad]) -> None:
        """Change what other graphs say."""
        self._come |= dict.fromkeys(come)
        self._gone |= dict.fromkeys(gone)

    def drawn(self, rows: int) -> Drawn:
        """Give all that was said."""
        gone = (quad for quad in self._gone if quad not in self._come)
        amends = Change(tuple(self._come), tuple(gone))
        amending = frozenset(self._amending)
        return Drawn(self.graph, tuple(self._quads), self._places, rows, amends, amending)
