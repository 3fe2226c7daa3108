"""Reads things of a graph as rows of the tables that can be imported.

A cell holds a statement only if an import reads just that statement from it again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

import pyoxigraph as ox

from graph.namespaces import SV
from graph.store import Store
from graph.tables.cells import Unfit, read_date
from graph.tables.columns import Column, Part, Table, Type
from graph.tables.held import CONTENT, SOURCE, Held, iri_of, is_of_page, objects, short, subjects
from graph.tables.names import LABEL, TYPE, Names, english
from graph.tables.shared_columns import ADDRESS
from graph.tables.statements import term
from graph.tables.values import BETWEEN, read_value

_ABOUT: Final = term("about")
_MENTION: Final = ox.NamedNode(SV + "Mention")
_LENGTHS: Final = {SV + "YearPrecision": 4, SV + "MonthPrecision": 7, SV + "DayPrecision": 10}


class Holding:
    """Reads things of a graph as rows."""

    def __init__(self, store: Store, names: Names) -> None:
        """Read from a store; things are named so that `names` finds them."""
        self._store = store
        self._names = names

    def row(self, table: Table, thing: ox.NamedNode) -> Held:
        """Give a thing as a row of a table."""
        mentions = self._mentions(thing) if table.mentions else []
        held = Held(table, self._parts(table, thing, mentions), mentions)
        for column in table.columns:
            self._hold(held, column)
        return held

    def _parts(
        self, table: Table, thing: ox.NamedNode, mentions: Sequence[ox.NamedNode]
    ) -> dict[Part, ox.NamedNode]:
        parts = {Part.ROW: thing}
        if any(column.part is Part.ACTION for column in table.columns):
            deeds = objects(self._store.match(thing, CONTENT))
            if len(deeds) == 1 and self._undertakings(deeds[0]) == [thing]:
                parts[Part.ACTION] = deeds[0]
        record = next(iter(mentions), None) if table.mentions else thing
        if record is not None:
            parts[Part.MENTION] = record
            if sources := objects(self._store.match(record, SOURCE)):
                parts[Part.SOURCE] = sources[0]
        return parts

    def _undertakings(self, deed: ox.NamedNode) -> list[ox.NamedNode]:
        return subjects(self._store.match(None, CONTENT, deed))

    def _mentions(self, thing: ox.NamedNode) -> list[ox.NamedNode]:
        found = subjects(self._store.match(None, _ABOUT, thing))
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
            kind = kinds.get(iri_of(quad.object))
            if kind and self._names.kind(kind.label, column.of or "") == [kind]:
                yield {quad}, kind.label

    def _deeds(self, thing: ox.NamedNode, column: Column) -> Iterator[tuple[set[ox.Quad], str]]:
        """Name a deed by its undertaking, where that has one deed and the deed has one of it."""
        for quad in self._store.match(None, term(column.property or ""), thing):
            assert isinstance(quad.subject, ox.NamedNode)
            found = self._undertakings(quad.subject)
            if len(found) == 1 and objects(self._store.match(found[0], CONTENT)) == [quad.subject]:
                yield {quad}, short(found[0])

    def _address(self, held: Held) -> Iterator[tuple[set[ox.Quad], str]]:
        source = held.parts.get(Part.SOURCE)
        for quad in self._store.match(source, term("address")) if source else ():
            text = str(getattr(quad.object, "value", ""))
            if self._names.source(text) == source:
                held.shown.add(quad)
                yield set(self._store.match(held.parts[Part.MENTION], SOURCE, source)), text

    def _text(self, column: Column, quad: ox.Quad) -> Iterator[tuple[set[ox.Quad], str]]:
        """Give the text of one statement, if reading it gives the statement again."""
        assert isinstance(quad.subject, ox.NamedNode)
        precise = (
            self._store.match(quad.subject, term(column.precision)) if column.precision else []
        )
        with suppress(Unfit, ValueError, OverflowError):
            text = self._written(column, quad.object, precise)
            if column.precision and {iri_of(each.object) for each in precise} != {
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
            lengths = [_LENGTHS.get(iri_of(each.object), 10) for each in precise]
            return value.value[: min(lengths, default=10)]
        return value.value

    def _chosen(self, value: ox.NamedNode, of: str) -> str:
        """Name a choice as the lists of the template do, where that is one thing."""
        label = english(quad.object for quad in self._store.match(value, LABEL)) or ""
        found = self._names.find(label, of)
        return label if [each.iri for each in found] == [value.value] else short(value)
