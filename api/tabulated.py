"""A result as a page shows it: a table with the kind of each column, and how else to draw it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import Final, TypeVar

import pyoxigraph as ox

from api.labels import labels
from api.rendering import Shown, shown
from graph.datatypes import XSD
from graph.results import Results
from graph.store import Store, Term

Row = TypeVar("Row")

_NUMBERS: Final = frozenset(
    XSD + name
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)
# Queries cut days out of moments, so what looks like a date is one.
_DATE: Final = re.compile(r"-?\d{4,}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?")


class Kind(StrEnum):
    """What stands in a column; `relation` names how what is left of it relates to what is right."""

    thing = "thing"
    relation = "relation"
    number = "number"
    date = "date"
    text = "text"


class View(StrEnum):
    """A way to show a result."""

    line = "line"
    bar = "bar"
    timeline = "timeline"
    graph = "graph"
    table = "table"


@dataclass(frozen=True)
class Column:
    """A column and what stands in it."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class Cell:
    """A cell; literals are no things."""

    shown: Shown
    is_thing: bool


@dataclass(frozen=True)
class Tabulated:
    """A table, the views that fit it with the best one first, and whether rows are left out."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | None]]
    views: Sequence[View]
    is_cut: bool


def solutions(store: Store, results: Results, most: int) -> Tabulated:
    """Tabulate the first solutions of SELECT; labels stand in the place of what they name."""
    found, is_cut = _first(results.rows(), most)
    names = labels(store, (term for row in found for term in row))
    labelled = _labelled(results.variables, found)
    columns = [
        Column(name, _kind([row[name] for row in found]))
        for name in results.variables
        if name not in labelled.values()
    ]
    rows = [[_named(row, column.name, labelled, names) for column in columns] for row in found]
    views = _fitting([column.kind for column in columns]) if len(rows) > 1 else [View.table]
    return Tabulated(columns, rows, views, is_cut)


def triples(store: Store, results: Results, most: int) -> Tabulated:
    """Tabulate the first triples of CONSTRUCT and DESCRIBE."""
    found, is_cut = _first(results.triples(), most)
    rows = sorted({(each.subject, each.predicate, each.object) for each in found}, key=str)
    names = labels(store, (term for row in rows for term in row))
    columns = [
        Column("subject", Kind.thing),
        Column("property", Kind.relation),
        Column("object", Kind.thing),
    ]
    cells = [[_cell(term, names) for term in row] for row in rows]
    return Tabulated(columns, cells, [View.graph, View.table] if rows else [View.table], is_cut)


def _first(rows: Iterable[Row], most: int) -> tuple[list[Row], bool]:
    found = list(islice(rows, most + 1))
    return found[:most], len(found) > most


def _labelled(variables: Sequence[str], rows: Sequence[ox.QuerySolution]) -> dict[str, str]:
    """Pair each column of IRIs with the column of their labels: `actor` with `actorLabel`."""
    return {
        name: label
        for name in variables
        if (label := f"{name}Label") in variables
        and all(row[name] is None or isinstance(row[name], ox.NamedNode) for row in rows)
    }


def _named(
    row: ox.QuerySolution, name: str, labelled: Mapping[str, str], names: Mapping[str, str]
) -> Cell | None:
    """Show a term, or its label with the link of the term."""
    term, label = row[name], row[labelled[name]] if name in labelled else None
    own = _cell(term, names) if term else None
    if label is None:
        return own
    text = shown(label, names)
    return Cell(replace(text, href=own.shown.href), True) if own else Cell(text, False)


def _cell(term: Term, names: Mapping[str, str]) -> Cell:
    return Cell(shown(term, names), not isinstance(term, ox.Literal))


def _kind(terms: Sequence[Term | None]) -> Kind:
    """Say what stands in a column, which is a text unless all that stands there is more."""
    given = [term for term in terms if term is not None]
    for kind, fits in (
        (Kind.thing, lambda term: not isinstance(term, ox.Literal)),
        (Kind.number, _is_number),
        (Kind.date, _is_date),
    ):
        if given and all(map(fits, given)):
            return kind
    return Kind.text


def _is_number(term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _is_date(term: Term) -> bool:
    return isinstance(term, ox.Literal) and _DATE.fullmatch(term.value) is not None


def _fitting(kinds: Sequence[Kind]) -> list[View]:
    """Give the views in which columns of these kinds say something, and the best one first.

    That is the table unless the columns are those of a drawing and no more: else it would hide
    most of the answer.
    """
    count = Counter(kinds)
    named = count[Kind.thing] + count[Kind.text]
    fits = {
        View.line: count[Kind.number] + count[Kind.date] >= 2 and count[Kind.number] >= 1,
        View.bar: count[Kind.number] >= 1 and named >= 1,
        View.timeline: count[Kind.date] >= 1 and named >= 1,
        View.graph: count[Kind.thing] >= 2,
    }
    drawn = [view for view, does in fits.items() if does]
    # A span has two dates.
    is_all = len(kinds) - max(0, count[Kind.date] - 1) <= 2
    return [*drawn, View.table] if is_all else [View.table, *drawn]
