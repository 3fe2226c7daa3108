"""Draws rows against the shipped data and gives what they say in short names."""

from __future__ import annotations

import re

import pyoxigraph as ox

from graph.namespaces import ID, PREFIXES
from graph.store import Store
from graph.tables.drawing import draw
from graph.tables.faults import Fault
from graph.tables.rows import read_rows
from graph.tables.statements import Drawn
from tests.graph.tables.files import Row, csv_of

_SHORTENED = {ID: "", **{iri: f"{name}:" for name, iri in PREFIXES.items() if name != "id"}}


def drawn(store: Store, table: str, *rows: Row) -> tuple[Drawn, list[Fault]]:
    """Draw the rows of a file that is called `t`."""
    return draw(read_rows(csv_of(table, rows), "t.csv"), store, "t")


def said(found: Drawn, subject: str) -> set[tuple[str, str]]:
    """Give what is said of a thing but for where it comes from."""
    return {
        (_short(quad.predicate), _short(quad.object))
        for quad in found.quads
        if _short(quad.subject) == subject and not quad.predicate.value.endswith("wasDerivedFrom")
    }


def values(found: Drawn, subject: str, property_: str) -> list[str]:
    """Give the values of one property of a thing."""
    return sorted(value for name, value in said(found, subject) if name == property_)


def _short(term: object) -> str:
    if isinstance(term, ox.Literal):
        return re.sub(r"T00:00:00Z$", "", term.value)
    assert isinstance(term, ox.NamedNode)
    text = term.value
    for long, short in _SHORTENED.items():
        text = text.replace(long, short) if text.startswith(long) else text
    return text
