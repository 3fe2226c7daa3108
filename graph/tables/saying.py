"""From the value of a cell to what it says: of a thing that is made, or of one that is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import pyoxigraph as ox

from graph.namespaces import SV
from graph.store import Store
from graph.tables.cells import Cell, Unfit, read_date, read_text
from graph.tables.columns import Column, Type
from graph.tables.conditions import Gate
from graph.tables.held import CONTENT
from graph.tables.names import Names
from graph.tables.rows import Row
from graph.tables.statements import Statements, term
from graph.tables.values import read_value

Said: TypeAlias = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


class Saying:
    """Reads values as statements; `deeds` are those of the undertakings that the file makes."""

    def __init__(self, store: Store, names: Names, says: Statements) -> None:
        """Look in a store; the conditions that cells make are stated in `says`."""
        self.deeds: dict[ox.NamedNode, ox.NamedNode] = {}
        self._store = store
        self._names = names
        self._says = says

    def said(
        self, row: Row, column: Column, value: Cell, subject: ox.NamedNode | None
    ) -> Iterator[Said]:
        """Give what a value says of a subject, and of a time how finely it is known.

        Without a subject the value is only read. Raises Unfit for what the column is not for.
        """
        assert column.property is not None
        found = self._read(row, column, value)
        if subject is None:
            return
        if column.inverse:
            assert isinstance(found, ox.NamedNode)
            yield self._deed(found), term(column.property), subject
        else:
            yield subject, term(column.property), found
        if column.precision:
            yield subject, term(column.precision), ox.NamedNode(SV + read_date(value).precision)

    def _read(self, row: Row, column: Column, value: Cell) -> ox.NamedNode | ox.Literal:
        if column.type is Type.CONDITION:
            return Gate(row, column.name, self._says, self._names).condition(read_text(value))
        return read_value(column, value, self._names)

    def _deed(self, undertaking: ox.NamedNode) -> ox.NamedNode:
        """Give the action that an undertaking of this file or of the graph is about."""
        if undertaking in self.deeds:
            return self.deeds[undertaking]
        if self._says.is_ours(undertaking.value):
            return self._says.iri("action", undertaking.value.rpartition(".")[2])
        found = {quad.object for quad in self._store.match(undertaking, CONTENT)}
        if len(found) != 1:
            raise Unfit(
                f"what it is about is {'not described' if not found else 'described in parts'}",
                "name an undertaking with one “content”",
            )
        (action,) = found
        assert isinstance(action, ox.NamedNode)
        return action
