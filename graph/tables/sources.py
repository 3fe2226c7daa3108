"""The pages that rows were noted from: each is one source, whichever rows name it."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from graph.namespaces import SV
from graph.store import Store
from graph.tables.cells import Cell, Unfit, read_address, read_date, shown
from graph.tables.columns import Column
from graph.tables.faults import Fault, Place
from graph.tables.names import Names
from graph.tables.rows import Row
from graph.tables.shared_columns import ADDRESS
from graph.tables.statements import Statements, term
from graph.tables.values import read_value, typed

_TITLE: Final = "title"
_KIND: Final = ox.NamedNode(SV + "Source")


class Sources:
    """Finds or makes the source of each row, and holds what the rows say of it together."""

    def __init__(self, store: Store, names: Names, says: Statements, faults: list[Fault]) -> None:
        """Look in the store; what is wrong goes to `faults`."""
        self._store = store
        self._names = names
        self._says = says
        self._faults = faults
        self._of_address: dict[str, ox.NamedNode] = {}
        self._first: dict[ox.NamedNode, tuple[Row, str]] = {}
        self._said: dict[tuple[ox.NamedNode, str], tuple[ox.NamedNode | ox.Literal, Place]] = {}

    def of(self, row: Row) -> ox.NamedNode | None:
        """Give the source of a row, None for an empty cell; raises Unfit for what is no address."""
        cell = row.cells.get(ADDRESS)
        if cell is None:
            return None
        address = read_address(cell)
        if address not in self._of_address:
            self._of_address[address] = self._names.source(address) or self._new(address)
        source = self._of_address[address]
        if self._says.is_ours(source.value):
            self._first.setdefault(source, (row, address))
            self._says.derive(source, row)
        return source

    def hear(self, row: Row, column: Column, cell: Cell, source: ox.NamedNode) -> None:
        """Keep what a row says of its source; a fault where another row or the graph differs."""
        assert column.property is not None
        place = row.place(column.name)
        try:
            value = read_value(column, cell, self._names)
            known = self._known(source, column.property, value, place)
            if value not in known:
                raise Unfit(
                    f"`{shown(cell)}` differs from `{known[0].value}`, which "
                    + self._who(source, column.property)
                    + " of the same page",
                    "give one of them, or leave the cell empty",
                )
            if column.precision and self._says.is_ours(source.value):
                precision = ox.NamedNode(SV + read_date(cell).precision)
                self._said.setdefault((source, column.precision), (precision, place))
        except Unfit as unfit:
            self._faults.append(Fault(unfit.message, unfit.hint, place, shown(cell)))

    def _known(
        self,
        source: ox.NamedNode,
        property_: str,
        value: ox.NamedNode | ox.Literal,
        place: Place,
    ) -> list[ox.NamedNode | ox.Literal]:
        if self._says.is_ours(source.value):
            return [self._said.setdefault((source, property_), (value, place))[0]]
        found = [quad.object for quad in self._store.match(source, term(property_))]
        known = [each for each in found if isinstance(each, ox.NamedNode | ox.Literal)]
        if not known:
            raise Unfit(
                "the graph has this page, and says nothing of the kind about it",
                "leave the cell empty, or mend the page where it is described",
            )
        return known

    def _who(self, source: ox.NamedNode, property_: str) -> str:
        said = self._said.get((source, property_))
        return f"row {said[1].row} of {said[1].table} says" if said else "the graph says"

    def state(self) -> None:
        """State what was heard."""
        for source, (row, address) in self._first.items():
            title = self._said.get((source, _TITLE))
            label = title[0].value if title else address
            self._says.describe(source, _KIND, label, row, ADDRESS)
            self._says.say(source, term("address"), typed(address, "anyURI"), row.place(ADDRESS))
        for (source, property_), (value, place) in self._said.items():
            self._says.say(source, term(property_), value, place)

    def _new(self, address: str) -> ox.NamedNode:
        host = (urlsplit(address).hostname or "").removeprefix("www.").replace(".", "-")
        digest = hashlib.sha256(address.encode()).hexdigest()[:8]
        return self._says.iri("source", f"{host}-{digest}")
