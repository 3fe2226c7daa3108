"""What the cells of a row hold of what the graph says of a thing, and what none of them holds.

A cell holds a statement only if an import reads just that statement from it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import pyoxigraph as ox

from graph.namespaces import ID, PREFIXES, SV
from graph.store import Store
from graph.tables.cells import Unfit, read_date
from graph.tables.columns import Column, Part, Table, Type
from graph.tables.names import LABEL, TYPE, Named, Names
from graph.tables.statements import DERIVED_FROM, term
from graph.tables.values import BETWEEN, read_value

ADDRESS: Final = "source address"
_INDIVIDUAL: Final = ox.NamedNode(PREFIXES["owl"] + "NamedIndividual")
_MENTION: Final = ox.NamedNode(SV + "Mention")
_CONTENT, _ABOUT, _SOURCE, _AMOUNT = map(term, ("content", "about", "source", "amount"))
# The table has them in another way, or an import makes them anew.
_IMPLIED: Final = frozenset({_CONTENT, _ABOUT, _AMOUNT, DERIVED_FROM})
_LENGTHS: Final = {SV + "YearPrecision": 4, SV + "MonthPrecision": 7, SV + "DayPrecision": 10}
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


@dataclass
class Held:
    """A thing as a row: the text of each cell and the quads it stands for, by column.

    `parts` are the things that the row is about beside its own. What it says of pages stands in
    no `quads`: it is described once, for all that speak of the page. Without what `lacks` names,
    the thing is no row.
    """

    table: Table
    parts: Mapping[Part, ox.NamedNode]
    cells: dict[str, str] = field(default_factory=dict)
    quads: dict[str, set[ox.Quad]] = field(default_factory=dict)
    shown: set[ox.Quad] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def thing(self) -> ox.NamedNode:
        """Give what the row describes."""
        return self.parts[Part.ROW]

    @property
    def lacks(self) -> list[str]:
        """Name the columns without which a row is none; the page may be noted elsewhere."""
        columns = self.table.columns
        needed = [each.name for each in columns if each.required and each.part is not Part.SOURCE]
        return [name for name in needed if name not in self.cells]


class Holding:
    """Reads things of a graph as rows."""

    def __init__(self, store: Store, names: Names) -> None:
        """Read from a store; things are named so that `names` finds them."""
        self._store = store
        self._names = names

    def row(self, table: Table, thing: ox.NamedNode) -> Held:
        """Give a thing as a row of a table, with all that the row does not hold of it."""
        held = Held(table, self._parts(table, thing))
        for column in table.columns:
            self._hold(held, column)
        held.left_out.extend(sorted(set(self._left_out(held))))
        return held

    def _parts(self, table: Table, thing: ox.NamedNode) -> dict[Part, ox.NamedNode]:
        parts = {Part.ROW: thing}
        if any(column.part is Part.ACTION for column in table.columns):
            deeds = _iris(self._store.match(thing, _CONTENT))
            if len(deeds) == 1 and self._undertakings(deeds[0]) == [thing]:
                parts[Part.ACTION] = deeds[0]
        record = next(iter(self._mentions(thing)), None) if table.mentions else thing
        if record is not None:
            parts[Part.MENTION] = record
            if sources := _iris(self._store.match(record, _SOURCE)):
                parts[Part.SOURCE] = sources[0]
        return parts

    def _undertakings(self, deed: ox.NamedNode) -> list[ox.NamedNode]:
        return _subjects(self._store.match(None, _CONTENT, deed))

    def _mentions(self, thing: ox.NamedNode) -> list[ox.NamedNode]:
        found = _subjects(self._store.match(None, _ABOUT, thing))
        return [each for each in found if self._store.match(each, TYPE, _MENTION)]

    def _hold(self, held: Held, column: Column) -> None:
        texts: dict[str, set[ox.Quad]] = defaultdict(set)
        for quads, text in self._texts(held, column):
            texts[text] |= quads
        if not texts:
            return
        chosen = sorted(texts) if column.many else sorted(texts)[:1]
        said = {quad for text in chosen for quad in texts[text]}
        held.cells[column.name] = f"{BETWEEN} ".join(chosen)
        held.shown |= said
        if not is_of_page(held.table, column):
            held.quads[column.name] = said

    def _texts(self, held: Held, column: Column) -> Iterator[tuple[set[ox.Quad], str]]:
        """Give what a column can say, with the quads each text stands for."""
        if column.name == "id":
            yield set(), short(held.thing)
        elif column.name == "kind":
            yield from self._kinds(held.thing, column)
        elif column.inverse:
            yield from self._deeds(held.thing, column)
        elif column.name == ADDRESS:
            yield from self._address(held)
        elif column.property and (subject := held.parts.get(column.part)):
            for quad in self._store.match(subject, term(column.property)):
                yield from self._text(column, quad)

    def _kinds(self, thing: ox.NamedNode, column: Column) -> Iterator[tuple[set[ox.Quad], str]]:
        kinds = {kind.iri: kind for kind in self._names.kinds(column.of or "")}
        for quad in self._store.match(thing, TYPE):
            kind = kinds.get(_iri(quad.object))
            if kind and self._names.kind(kind.label, column.of or "") == [kind]:
                yield {quad}, kind.label

    def _deeds(self, thing: ox.NamedNode, column: Column) -> Iterator[tuple[set[ox.Quad], str]]:
        """Name a deed by its undertaking, where that has one deed and the deed has one of it."""
        for quad in self._store.match(None, term(column.property or ""), thing):
            assert isinstance(quad.subject, ox.NamedNode)
            found = self._undertakings(quad.subject)
            if len(found) == 1 and _iris(self._store.match(found[0], _CONTENT)) == [quad.subject]:
                yield {quad}, short(found[0])

    def _address(self, held: Held) -> Iterator[tuple[set[ox.Quad], str]]:
        source = held.parts.get(Part.SOURCE)
        for quad in self._store.match(source, term("address")) if source else ():
            text = str(getattr(quad.object, "value", ""))
            if self._names.source(text) == source:
                yield set(self._store.match(held.parts[Part.MENTION], _SOURCE, source)), text

    def _text(self, column: Column, quad: ox.Quad) -> Iterator[tuple[set[ox.Quad], str]]:
        """Give the text of one statement, if reading it gives the statement again."""
        assert isinstance(quad.subject, ox.NamedNode)
        precise = (
            self._store.match(quad.subject, term(column.precision)) if column.precision else []
        )
        with suppress(Unfit, ValueError, OverflowError):
            text = self._written(column, quad.object, precise)
            if column.precision and {_iri(each.object) for each in precise} != {
                SV + read_date(text).precision
            }:
                return
            if self._read(column, text) == quad.object:
                yield {quad, *precise}, text

    def _read(self, column: Column, text: str) -> object:
        if column.type is Type.CONDITION:
            found = self._names.find(text, "Condition")
            return ox.NamedNode(found[0].iri) if len(found) == 1 else None
        return read_value(column, text, self._names)

    def _written(self, column: Column, value: object, precise: Iterable[ox.Quad]) -> str:
        if isinstance(value, ox.NamedNode):
            if column.type is Type.CHOICE:
                return self._chosen(value, column.of or "")
            return short(value)
        if not isinstance(value, ox.Literal):
            raise Unfit("a cell has no way to name it", "name it by an IRI")
        if column.type is Type.YES_NO:
            return "yes" if value.value == "true" else "no"
        if column.type is Type.LAST_DATE:
            return (date.fromisoformat(value.value[:10]) - timedelta(days=1)).isoformat()
        if column.type is Type.DATE:
            lengths = [_LENGTHS.get(_iri(each.object), 10) for each in precise]
            return value.value[: min(lengths, default=10)]
        return value.value

    def _chosen(self, value: ox.NamedNode, of: str) -> str:
        """Name a choice as the lists of the template do, where that is one thing."""
        labels = [quad.object for quad in self._store.match(value, LABEL)]
        english = [
            each.value for each in labels if isinstance(each, ox.Literal) and each.language == "en"
        ]
        found = self._names.find(english[0], of) if english else []
        return english[0] if _only(found) == value.value else short(value)

    def _left_out(self, held: Held) -> Iterator[LeftOut]:
        for name in held.lacks:
            yield LeftOut(short(held.thing), name, "a row needs it, and it is not said")
        for subject in dict.fromkeys(held.parts.values()):
            if subject != held.parts.get(Part.SOURCE):
                for quad in self._store.about(subject):
                    if quad not in held.shown and (why := self._why(held, quad)):
                        yield LeftOut(short(subject), _prefixed(quad.predicate), why)
        yield from self._other_parts(held)
        yield from _conditions(held)

    def _why(self, held: Held, quad: ox.Quad) -> str | None:
        """Say why no cell holds a statement; None for what a table need not hold."""
        if quad.predicate in _IMPLIED or quad.object == _INDIVIDUAL:
            return None
        if quad.predicate == _SOURCE:
            return None if ADDRESS in held.cells else "its page has no address of its own"
        is_own = quad.subject == held.thing
        if quad.predicate == TYPE:
            return _NO_COLUMN if is_own and _iri(quad.object) != SV + held.table.kind else None
        if quad.predicate == LABEL and not is_own:
            return None
        part = [part for part, thing in held.parts.items() if thing == quad.subject]
        column = next(
            (
                each
                for each in held.table.columns
                if each.part in part and each.property and term(each.property) == quad.predicate
            ),
            None,
        )
        if column is None:
            return _NO_COLUMN
        if column.type is Type.LABEL and getattr(quad.object, "language", None) != "en":
            return "a table has texts in English alone"
        return _NO_ROOM if column.name in held.cells and not column.many else _NOT_AS_WRITTEN

    def _other_parts(self, held: Held) -> Iterator[LeftOut]:
        if held.table.mentions:
            for mention in self._mentions(held.thing):
                if mention != held.parts[Part.MENTION]:
                    yield LeftOut(short(mention), "sv:about", _NO_ROOM)
        if Part.ACTION not in held.parts:
            for deed in _iris(self._store.match(held.thing, _CONTENT)):
                yield LeftOut(short(deed), "sv:content", "a row has one deed, which is its alone")


def _conditions(held: Held) -> Iterator[LeftOut]:
    for column in held.table.columns:
        if column.type is Type.CONDITION and column.name in held.cells:
            yield LeftOut(held.cells[column.name], "rdf:type", _NAMED_ALONE)


def is_of_page(table: Table, column: Column) -> bool:
    """Tell whether a column says something of a page that others may speak of as well."""
    if column.name == ADDRESS:
        return table.mentions
    return column.part in (Part.MENTION, Part.SOURCE)


def short(iri: ox.NamedNode) -> str:
    """Write the id of a thing as a cell has it."""
    value = iri.value
    return value.removeprefix(ID) if value.startswith(ID) else value.replace(SV, "sv:", 1)


def _prefixed(property_: ox.NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if property_.value.startswith(namespace):
            return f"{prefix}:{property_.value.removeprefix(namespace)}"
    return property_.value


def _only(found: list[Named]) -> str | None:
    return found[0].iri if len(found) == 1 else None


def _iri(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode) else ""


def _iris(quads: Iterable[ox.Quad]) -> list[ox.NamedNode]:
    found = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
    return sorted(found, key=str)


def _subjects(quads: Iterable[ox.Quad]) -> list[ox.NamedNode]:
    found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return sorted(found, key=str)
