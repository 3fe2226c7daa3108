"""Rows into quads (CSV2RDF, minimal mode): a statement for each cell that has a property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph as ox

from graph.mapping.columns import Column, Table
from graph.mapping.rows import MOST_FAULTS, Row
from graph.mapping.templates import Template
from graph.tables.cells import Unfit
from graph.tables.faults import Fault, Place, TableRefused

Origin: TypeAlias = tuple[str, int, str]
"""A table, a row of it, and the template by which its columns name what they are about."""
Origins: TypeAlias = dict[str, Origin]
"""Where each thing, by its IRI, was first spoken of."""


def statements(
    table: Table, rows: Iterable[Row], graph: ox.NamedNode, origins: Origins
) -> set[ox.Quad]:
    """Say what the columns of a table say of its rows, and note where each thing comes from.

    Raises TableRefused with every cell that is not what its column is for, at most the first
    `MOST_FAULTS`.
    """
    speaking = table.speaking
    found: set[ox.Quad] = set()
    faults: list[Fault] = []
    for row in rows:
        for column in speaking:
            try:
                for quad in _statement(column, row, graph):
                    found.add(quad)
                    _note(quad, table, row, column, origins)
            except Unfit as error:
                place = Place(table.name, row.number, column.titles[0])
                cell = row.cells.get(column.name)
                faults.append(Fault(error.message, error.hint, place, cell))
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise TableRefused(faults[:MOST_FAULTS])
    return found


def _note(quad: ox.Quad, table: Table, row: Row, column: Column, origins: Origins) -> None:
    assert isinstance(quad.subject, ox.NamedNode)
    assert column.about is not None
    origins.setdefault(quad.subject.value, (table.name, row.number, column.about.text))


def _statement(column: Column, row: Row, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Give the statement of a cell, if neither it nor a cell that its templates name is empty."""
    if not column.virtual and column.name not in row.cells:
        if column.required:
            raise Unfit("the cell is empty", "every row needs one")
        return
    assert column.about is not None
    assert column.property is not None
    about, property_ = _iri(column.about, row), _iri(column.property, row)
    value = _iri(column.value, row) if column.value else _literal(column, row)
    if about is not None and property_ is not None and value is not None:
        yield ox.Quad(about, property_, value, graph)


def _iri(template: Template, row: Row) -> ox.NamedNode | None:
    filled = template.fill(row.cells)
    try:
        return None if filled is None else ox.NamedNode(filled)
    except ValueError:
        raise Unfit(
            f"`{filled}` is no address", f"`{template.text}` of the mapping makes it of the row"
        ) from None


def _literal(column: Column, row: Row) -> ox.Literal | None:
    text = column.default if column.virtual else row.cells[column.name]
    if not text:
        return None
    lexical = column.datatype.read(text)
    if column.language:
        return ox.Literal(lexical, language=column.language)
    return ox.Literal(lexical, datatype=ox.NamedNode(column.datatype.iri))
