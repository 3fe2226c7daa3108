"""Lists undertakings in the columns that their import template has; it judges nothing.

Things are named by their ids. Statements that no column has are counted, never dropped unsaid.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from graph.namespaces import ID, PREFIXES, SV
from graph.tables.columns import Column, Part, Type
from graph.tables.undertakings import UNDERTAKINGS
from graph.tables.values import BETWEEN
from graph.triples import Term, Triples

_PRECISIONS: Final = {"YearPrecision": 4, "MonthPrecision": 7}
# What follows from other columns, or is how the graph is kept.
_IMPLIED: Final = frozenset({SV + "content", PREFIXES["rdf"] + "type"})


@dataclass(frozen=True)
class Listing:
    """The heading, a row for each undertaking, and how many statements no column has, by term."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: Counter[str]

    def table(self) -> list[list[object]]:
        """Give the heading and the rows."""
        return [list(row) for row in (self.heading, *self.rows)]


def listing(chosen: Triples, whole: Triples) -> Listing:
    """List the chosen undertakings; `whole` is the graph that they stand in."""
    columns = [each for each in UNDERTAKINGS.columns if _is_shown(each)]
    undertakings = chosen.a("Commitment", "Intention", "Possibility")
    mentioned = _mentions(whole)
    rows = [
        tuple(_cell(whole, each, column, mentioned) for column in columns) for each in undertakings
    ]
    left_out: Counter[str] = Counter()
    for each in undertakings:
        left_out += _without_column(whole, each, columns)
    return Listing(tuple(column.name for column in columns), tuple(rows), left_out)


def _is_shown(column: Column) -> bool:
    """Leave out what says how to make something, and the words of pages."""
    is_known = column.property is not None or column.name in {"id", "kind"}
    is_of_page = column.part in {Part.MENTION, Part.SOURCE} and column.name != "source address"
    return is_known and not is_of_page


def _cell(
    t: Triples, undertaking: str, column: Column, mentioned: dict[str, tuple[str, ...]]
) -> str:
    if column.name == "id":
        return _short(undertaking)
    if column.type is Type.KIND:
        return BETWEEN.join(sorted(t.classes(undertaking))).lower()
    if column.part is Part.SOURCE:
        return _joined([text for s in mentioned.get(undertaking, ()) for text in _address(t, s)])
    subjects = t.ids(undertaking, "content") if column.part is Part.ACTION else (undertaking,)
    terms = [term for subject in subjects for term in _terms(t, subject, column)]
    return _joined([_shown(t, undertaking, column, term) for term in terms])


def _terms(t: Triples, subject: str, column: Column) -> tuple[Term, ...]:
    assert column.property is not None
    prefix, colon, local = column.property.rpartition(":")
    found = t.about(subject).get(PREFIXES[prefix] + local if colon else SV + local, ())
    if column.type is Type.LABEL:
        return tuple(term for term in found if getattr(term, "language", None) == "en")
    return found


def _shown(t: Triples, undertaking: str, column: Column, term: Term) -> str:
    text = _short(getattr(term, "value", ""))
    if column.type is Type.DATE:
        precision = t.word(undertaking, column.precision or "") or ""
        return text[: _PRECISIONS.get(precision, 10)]
    if column.type is Type.YES_NO:
        return "yes" if text in {"true", "1"} else "no"
    return text


def _mentions(t: Triples) -> dict[str, tuple[str, ...]]:
    """Give the sources of the mentions of each thing."""
    found: dict[str, tuple[str, ...]] = {}
    for mention in t.a("Mention"):
        for about in t.ids(mention, "about"):
            found[about] = (*found.get(about, ()), *t.ids(mention, "source"))
    return found


def _address(t: Triples, source: str) -> list[str]:
    return t.texts(source, "address")


def _joined(texts: list[str]) -> str:
    return f"{BETWEEN} ".join(dict.fromkeys(texts))


def _without_column(t: Triples, undertaking: str, columns: list[Column]) -> Counter[str]:
    """Count the statements about an undertaking and its deeds for which there is no column."""
    named = {column.property for column in columns} | {column.precision for column in columns}
    found: Counter[str] = Counter()
    for subject in (undertaking, *t.ids(undertaking, "content")):
        for predicate, terms in t.about(subject).items():
            is_ours = predicate.startswith(SV) and predicate not in _IMPLIED
            if is_ours and predicate.removeprefix(SV) not in named:
                found[f"sv:{predicate.removeprefix(SV)}"] += len(terms)
    return found


def _short(iri: str) -> str:
    return iri.removeprefix(ID) if iri.startswith(ID) else iri.replace(SV, "sv:", 1)
