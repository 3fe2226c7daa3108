"""Compares an answer to a query with an expected one, as multisets of rows or as graphs.

Blank nodes count as equal under one renaming; of numbers
and truth values the value counts, not how it is written.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.namespaces import GENID, PREFIXES

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
Row: TypeAlias = tuple[Term, ...]
Key: TypeAlias = tuple[str, ...]

_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = {_XSD + name for name in ("integer", "decimal", "double", "float")}
_BOOLEANS: Final = {"1": "true", "0": "false"}
_RESULTS: Final = {
    "srx": ox.QueryResultsFormat.XML,
    "srj": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
}
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def answer(data: bytes, extension: str) -> bool | list[Row]:
    """Read a table, sorted by its variables' names, or a yes or no."""
    found = ox.parse_query_results(data, format=_RESULTS[extension])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return [tuple(row[name] for name in names) for row in found]


def cells(data: bytes) -> Counter[tuple[tuple[str, str], ...]]:
    """Read a CSV table: each row by its columns' names, blank nodes without their own."""
    rows = csv.DictReader(io.StringIO(data.decode()))
    return Counter(
        tuple(sorted((name, "_:" if _blank(cell) else _value(cell)) for name, cell in row.items()))
        for row in rows
    )


def described(triples: Iterable[ox.Triple]) -> list[Row]:
    """Read the rows of a result set that is written as RDF."""
    by_subject: dict[Term, list[ox.Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, []).append(triple)

    def values(subject: Term, name: str) -> list[Term]:
        found = by_subject.get(subject, [])
        return [triple.object for triple in found if triple.predicate.value == _RS + name]

    rows: list[Mapping[str, Term]] = []
    for subject in by_subject:
        rows += [
            {
                str(getattr(values(b, "variable")[0], "value", "")): values(b, "value")[0]
                for b in values(solution, "binding")
            }
            for solution in values(subject, "solution")
        ]
    names = sorted({name for row in rows for name in row})
    return [tuple(row.get(name) for name in names) for row in rows]


def same(one: Iterable[Row], other: Iterable[Row]) -> bool:
    """Tell whether two lists hold the same rows in any order, under one renaming of blank nodes."""
    return _matches([*one], [*other], {})


def _matches(left: list[Row], right: list[Row], renamed: dict[str, str]) -> bool:
    if len(left) != len(right):
        return False
    if not left:
        return True
    # The row with the fewest partners first: what has none ends the search at once.
    row = min(left, key=lambda each: sum(_key(each) == _key(partner) for partner in right))
    rest = [*left]
    rest.remove(row)
    for place, partner in enumerate(right):
        names = _renaming(row, partner, renamed)
        if names is not None and _matches(rest, right[:place] + right[place + 1 :], names):
            return True
    return False


def _renaming(row: Row, partner: Row, renamed: dict[str, str]) -> dict[str, str] | None:
    """Extend a renaming so that a row becomes another; None where none does."""
    if _key(row) != _key(partner):
        return None
    names = dict(renamed)
    for mine, yours in zip(row, partner, strict=True):
        if _is_blank(mine) and names.setdefault(str(mine), str(yours)) != str(yours):
            return None
    return names if len(set(names.values())) == len(names) else None


def _key(row: Row) -> Key:
    return tuple(_written(term) for term in row)


def _written(term: Term) -> str:
    if term is None:
        return ""
    if _is_blank(term):
        return "_:"
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return f"{_value(term.value)}^^{term.datatype.value}"
    if isinstance(term, ox.Literal) and term.datatype.value == _XSD + "boolean":
        return _BOOLEANS.get(term.value, term.value)
    return str(term)


def _value(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return text


def _is_blank(term: Term) -> bool:
    """Tell whether a term is a blank node, or the IRI that one was given when it was recorded."""
    return isinstance(term, ox.BlankNode) or (
        isinstance(term, ox.NamedNode) and term.value.startswith(GENID)
    )


def _blank(cell: str) -> bool:
    return cell.startswith(("_:", GENID))
