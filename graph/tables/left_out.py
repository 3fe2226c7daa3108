"""Tells what a row does not hold of its thing, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES, SV, prefixed
from graph.store import Store
from graph.tables.columns import Column, Part, Type
from graph.tables.held import CONTENT, SOURCE, Held, iri_of, objects, short
from graph.tables.names import LABEL, TYPE
from graph.tables.shared_columns import ADDRESS
from graph.tables.statements import DERIVED_FROM, term

_INDIVIDUAL: Final = ox.NamedNode(PREFIXES["owl"] + "NamedIndividual")
_ABOUT: Final = term("about")
# Deeds are told by themselves, figures have a table of their own, rows leave their trace anew.
_IMPLIED: Final = frozenset({CONTENT, term("amount"), DERIVED_FROM})
# An import makes them anew of what stands beside a row.
_MADE_ANEW: Final = frozenset({LABEL, _ABOUT})
_NAMED_ALONE: Final = "a row names a condition and does not say what it is"
_NO_COLUMN: Final = "no column has it"
_NO_ROOM: Final = "a row has room for one"
_NOT_AS_WRITTEN: Final = "a cell cannot keep it as it is written"


@dataclass(frozen=True, order=True)
class LeftOut:
    """What a row does not hold: the id of the thing, the property and why."""

    thing: str
    property: str
    why: str


def left_out(store: Store, held: Held) -> Iterator[LeftOut]:
    """Give what a row does not hold of its thing and of what belongs to it."""
    for name in held.lacks:
        yield LeftOut(short(held.thing), name, "a row needs it, and it is not said")
    for subject in dict.fromkeys(held.parts.values()):
        for quad in store.about(subject):
            if quad not in held.shown and (why := _why(held, quad)):
                yield LeftOut(short(subject), prefixed(quad.predicate.value), why)
    for mention in held.mentions:
        if mention != held.parts.get(Part.MENTION):
            yield LeftOut(short(mention), "sv:about", _NO_ROOM)
    if Part.ACTION not in held.parts:
        for deed in objects(store.match(held.thing, CONTENT)):
            yield LeftOut(short(deed), "sv:content", "a row has one deed, which is its alone")
    yield from _conditions(held)


def _why(held: Held, quad: ox.Quad) -> str | None:
    """Say why no cell holds a statement; None for what a table need not hold."""
    is_own = quad.subject == held.thing
    if quad.predicate in _IMPLIED or quad.object == _INDIVIDUAL:
        return None
    if not is_own and quad.predicate in _MADE_ANEW:
        return None
    if quad.predicate == SOURCE:
        return _NO_ROOM if ADDRESS in held.cells else "its page has no address of its own"
    if quad.predicate == TYPE:
        return _NO_COLUMN if is_own and iri_of(quad.object) != SV + held.table.kind else None
    column = _column(held, quad)
    if column is None:
        return _NO_COLUMN
    if column.type is Type.LABEL and getattr(quad.object, "language", None) != "en":
        return "a table has texts in English alone"
    return _NO_ROOM if column.name in held.cells and not column.many else _NOT_AS_WRITTEN


def _column(held: Held, quad: ox.Quad) -> Column | None:
    """Give the column for such a statement."""
    parts = {part for part, thing in held.parts.items() if thing == quad.subject}
    for column in held.table.columns:
        is_said = column.part in parts and column.property is not None and not column.inverse
        if is_said and term(column.property or "") == quad.predicate:
            return column
    return None


def _conditions(held: Held) -> Iterator[LeftOut]:
    for column in held.table.columns:
        if column.type is Type.CONDITION and column.name in held.cells:
            yield LeftOut(held.cells[column.name], "rdf:type", _NAMED_ALONE)
