"""Reads cells as terms of RDF; names are looked up, and what has no one meaning is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES
from graph.tables import cells
from graph.tables.cells import Cell, Unfit, shown
from graph.tables.columns import Column, Type
from graph.tables.names import Named, Names, listed

BETWEEN: Final = ";"
_MOST_LISTED: Final = 8


def typed(lexical: str, datatype: str) -> ox.Literal:
    """Make a literal of one of the datatypes of XML Schema."""
    return ox.Literal(lexical, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))


def moment(day: date) -> ox.Literal:
    """Write the first moment of a day."""
    return typed(f"{day.isoformat()}T00:00:00Z", "dateTime")


_LITERALS: Final[Mapping[Type, Callable[[Cell], ox.Literal]]] = {
    Type.TEXT: lambda cell: ox.Literal(cells.read_text(cell)),
    Type.LABEL: lambda cell: ox.Literal(cells.read_text(cell), language="en"),
    Type.DATE: lambda cell: moment(cells.read_date(cell).first),
    Type.LAST_DATE: lambda cell: moment(cells.read_date(cell).after),
    Type.NUMBER: lambda cell: typed(f"{cells.read_number(cell):f}", "decimal"),
    Type.WHOLE: lambda cell: typed(str(cells.read_whole(cell)), "integer"),
    Type.YES_NO: lambda cell: typed(str(cells.read_yes_no(cell)).lower(), "boolean"),
    Type.ADDRESS: lambda cell: typed(cells.read_address(cell), "anyURI"),
}


def divided(column: Column, cell: Cell) -> list[Cell]:
    """Give the values of a cell: one, or several where the column takes them."""
    if not column.many:
        return [cell]
    return [part.strip() for part in shown(cell).split(BETWEEN) if part.strip()]


def read_value(column: Column, cell: Cell, names: Names) -> ox.NamedNode | ox.Literal:
    """Read one value of any type but conditions and ids of rows; raises Unfit."""
    if column.type in _LITERALS:
        return _LITERALS[column.type](cell)
    assert column.of is not None
    text = cells.read_text(cell)
    if column.type is Type.THING:
        return ox.NamedNode(named(text, column.of, names, made_by=column.made_by).iri)
    return ox.NamedNode(chosen(text, column, names).iri)


def chosen(text: str, column: Column, names: Names) -> Named:
    """Find what the ontology calls so among the choices of a column; raises Unfit."""
    assert column.of is not None
    kinds = column.type is Type.KIND
    found = names.kind(text, column.of) if kinds else names.find(text, column.of)
    if len(found) == 1:
        return found[0]
    choices = names.kinds(column.of) if kinds else names.all(column.of)
    near = names.near(text, column.of) if not kinds else []
    shown_ones = choices if len(choices) <= _MOST_LISTED else near
    hint = f"choose {listed([each.label for each in shown_ones])}" if shown_ones else None
    raise Unfit(
        f"`{text}` is no {column.name}",
        hint or "choose one from the list in the template",
    )


def named(text: str, of: str, names: Names, *, made_by: str | None = None) -> Named:
    """Find the one thing of a class that is called so; raises Unfit, with candidates."""
    found = names.find(text, of)
    if len(found) == 1:
        return found[0]
    noun = names.noun(of)
    if found:
        raise Unfit(
            f"several things are called `{text}`", f"write the id of the {noun}: {listed(found)}"
        )
    near = names.near(text, of)
    if near:
        hint = f"did you mean {listed(near)}?"
    elif made_by:
        hint = f"name one that the graph has, or fill in `{made_by}` to make it"
    else:
        hint = "name one that the graph has, by a name in any language or by its id"
    raise Unfit(f"`{text}` is no known {noun}", hint)
