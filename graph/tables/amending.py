"""Works out what a row changes of a thing that the graph describes already, cell by cell.

A cell that is as an export would write it changes nothing, and neither does what no cell holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from contextlib import suppress
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DATA
from graph.store import Store
from graph.tables.cells import Cell, Unfit, read_text, shown
from graph.tables.columns import Column, Part
from graph.tables.faults import Fault
from graph.tables.held import SOURCE, Held, homes, is_of_page, short
from graph.tables.holding import Holding
from graph.tables.names import TYPE, Names
from graph.tables.rows import Row
from graph.tables.saying import Said, Saying
from graph.tables.shared_columns import ADDRESS
from graph.tables.sources import Sources
from graph.tables.statements import Statements, term
from graph.tables.values import chosen, divided

_IN_RDF: Final = "export the graph as `trig`, change it there and load it again"


class Amending:
    """Changes what the graphs of a store say of the things that rows name by their ids."""

    def __init__(
        self,
        store: Store,
        names: Names,
        says: Statements,
        sources: Sources,
        saying: Saying,
    ) -> None:
        """Take what draws the rest of the file."""
        self._store = store
        self._names = names
        self._says = says
        self._sources = sources
        self._saying = saying
        self._holding = Holding(store, names)

    def amend(self, row: Row, thing: ox.NamedNode) -> list[Fault]:
        """State what a row changes of a thing, and give the mistakes in it."""
        if refused := self._refused(row, thing):
            return [Fault(*refused, row.place("id"), row.id)]
        self._says.begin_amending(thing, row)
        held = self._holding.row(row.table, thing)
        page = self._new_page(row, held)
        wanted: set[Said] = set()
        faults = []
        for column in row.table.columns:
            cell = row.cells.get(column.name)
            if page and column.part is Part.SOURCE and column.name != ADDRESS:
                if cell is not None:
                    self._sources.hear(row, column, cell, page)
                continue
            before = {_said(quad) for quad in held.quads.get(column.name, ())}
            if column.name not in row.headings or shown(cell) == held.cells.get(column.name, ""):
                wanted |= before
                continue
            try:
                wanted.update(self._read(row, column, cell, held))
            except Unfit as unfit:
                wanted |= before
                place = row.place(column.name)
                faults.append(Fault(unfit.message, unfit.hint, place, shown(cell)))
        faults.extend(_uneven(row, wanted))
        self._state(held, wanted)
        return faults

    def _new_page(self, row: Row, held: Held) -> ox.NamedNode | None:
        """Give the page that a row comes from by now, if the graph does not have it."""
        if row.table.mentions or shown(row.cells.get(ADDRESS)) == held.cells.get(ADDRESS, ""):
            return None
        # The cell itself tells what is wrong with it.
        with suppress(Unfit):
            page = self._sources.of(row)
            return page if page and self._says.is_ours(page.value) else None
        return None

    def _refused(self, row: Row, thing: ox.NamedNode) -> tuple[str, str] | None:
        if self._says.is_ours(thing.value):
            return (
                f"`{row.id}` is a row of the table `{self._says.name}` itself, which is imported",
                f"give the row the id `{thing.value.rpartition('.')[2]}`, or import the file under "
                "another name: `--name`, over HTTP `name`",
            )
        if not all(graph.value.startswith(DATA) for graph in homes(self._store, thing)):
            return (
                f"the ontology describes `{row.id}`, which no table changes",
                "give the row an id of its own",
            )
        if not self._names.is_a(thing, row.table.kind):
            return (
                f"`{row.id}` is in the graph, and is no {self._names.noun(row.table.kind)}",
                "put the row into the table of its kind, or give it an id of its own",
            )
        return None

    def _read(self, row: Row, column: Column, cell: Cell, held: Held) -> Iterator[Said]:
        """Give what a changed cell says; raises Unfit for what no import changes."""
        if is_of_page(row.table, column):
            raise Unfit(
                "the graph describes the page and what it says already: a row cannot change it",
                f"leave the cell as it was exported, or {_IN_RDF}",
            )
        if column.name == "id" or (cell is None and not column.required):
            return
        if cell is None:
            raise Unfit(f"the row has no {column.name}", "fill it in: each row needs it")
        subject = held.parts.get(Part.MENTION if column.name == ADDRESS else column.part)
        if subject is None:
            raise Unfit("what it is about is not one deed of its own", _IN_RDF)
        place = row.place(column.name)
        for value in divided(column, cell):
            for said in self._values(row, column, value, subject):
                self._says.place(said[0], said[1], place)
                yield said

    def _values(
        self, row: Row, column: Column, value: Cell, subject: ox.NamedNode
    ) -> Iterator[Said]:
        if column.name == ADDRESS:
            if source := self._sources.of(row):
                yield subject, SOURCE, source
            return
        if column.property is None:
            kind = chosen(read_text(value), column, self._names)
            if column.name == "kind":
                yield subject, TYPE, ox.NamedNode(kind.iri)
            return
        yield from self._saying.said(row, column, value, subject)

    def _state(self, held: Held, wanted: Set[Said]) -> None:
        """State the difference, each statement in the graph that describes its subject."""
        present = {quad for quads in held.quads.values() for quad in quads}
        there = {_said(quad) for quad in present}
        come = [ox.Quad(*said, self._home(said[0])) for said in wanted - there]
        self._says.amend(come, (quad for quad in present if _said(quad) not in wanted))

    def _home(self, thing: ox.NamedNode) -> ox.NamedNode:
        return min(homes(self._store, thing), key=str, default=self._says.graph)


def _said(quad: ox.Quad) -> Said:
    assert isinstance(quad.subject, ox.NamedNode)
    assert isinstance(quad.object, ox.NamedNode | ox.Literal)
    return quad.subject, quad.predicate, quad.object


def _uneven(row: Row, wanted: Set[Said]) -> Iterator[Fault]:
    """Tell of times of one thing that are not known alike."""
    precise = {term(column.precision) for column in row.table.columns if column.precision}
    found: dict[tuple[ox.NamedNode, ox.NamedNode], set[object]] = defaultdict(set)
    for subject, property_, value in wanted:
        if property_ in precise:
            found[subject, property_].add(value)
    for (subject, property_), values in found.items():
        if len(values) > 1:
            column = next(
                each.name
                for each in reversed(row.table.columns)
                if each.precision and term(each.precision) == property_ and each.name in row.cells
            )
            yield Fault(
                f"the times of `{short(subject)}` are not known as finely as one another",
                "give both as days, both as months or both as years",
                row.place(column),
                shown(row.cells[column]),
            )
