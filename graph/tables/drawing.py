"""Draws statements from rows: first what they make anew, then what each of them says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox

from graph.namespaces import ID, SV
from graph.store import Store
from graph.tables.amending import Amending
from graph.tables.cells import Cell, Unfit, read_text, shown
from graph.tables.columns import Column, Part, Type
from graph.tables.conditions import new_matters
from graph.tables.faults import Fault
from graph.tables.held import CONTENT, SOURCE, homes
from graph.tables.names import Named, Names, plain, slug
from graph.tables.rows import Row, Rows
from graph.tables.saying import Said, Saying
from graph.tables.shared_columns import ADDRESS
from graph.tables.sources import Sources
from graph.tables.statements import Drawn, Statements, table_of, term
from graph.tables.values import chosen, divided

_MENTION: Final = ox.NamedNode(SV + "Mention")
_ACTION: Final = ox.NamedNode(SV + "Action")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Things of these classes have the class in their name, whatever their kind.
_NOUNS: Final = {"Instrument": "instrument"}


def draw(
    rows: Rows, store: Store, name: str, progress: Callable[[int, int], None] = lambda *_: None
) -> tuple[Drawn, list[Fault]]:
    """Give what the rows of the file `name` say, and every mistake in them.

    What is named is looked up in the store. `progress` hears how many rows were drawn, and of how
    many.
    """
    drawing = _Drawing(store, name)
    for row in rows.rows:
        drawing.announce(row)
    drawing.stand_in()
    for number, row in enumerate(rows.rows, start=1):
        drawing.draw(row)
        progress(number, len(rows.rows))
    drawing.sources.state()
    return drawing.says.drawn(len(rows.rows)), [*rows.faults, *drawing.faults]


class _Drawing:
    def __init__(self, store: Store, name: str) -> None:
        self.names = Names(store)
        self.says = Statements(name)
        self.faults: list[Fault] = []
        self.sources = Sources(store, self.names, self.says, self.faults)
        self._store = store
        self._subjects: dict[tuple[str, str], tuple[ox.NamedNode, str | None]] = {}
        self._made: dict[tuple[str, str], str] = {}
        self._there: set[tuple[str, str]] = set()
        self._unmade: list[tuple[str, str, Row, str]] = []
        self._precisions: dict[tuple[ox.NamedNode, ox.NamedNode], object] = {}
        self._saying = Saying(store, self.names, self.says)
        self._amending = Amending(store, self.names, self.says, self.sources, self._saying)

    def announce(self, row: Row) -> None:
        """Make known what a row describes or makes anew, so that any row can name it."""
        kind = row.table.kind if row.table.noun else self._kind(row, "kind")
        noun = row.table.noun or _hyphenated(kind or row.table.kind)
        subject = ox.NamedNode(ID + row.id) if row.names_a_thing else self.says.iri(noun, row.id)
        self._subjects[row.table.name, row.id] = subject, kind
        if row.table.kind == "Undertaking":
            label = shown(row.cells.get("label")) or row.id
            for called in (row.id, label):
                self.names.add("Undertaking", called, Named(label, subject.value))
        for column in row.table.columns:
            if column.name in row.cells:
                self._announce_values(row, column, row.cells[column.name])

    def _announce_values(self, row: Row, column: Column, cell: Cell) -> None:
        if column.type is Type.CONDITION:
            with _telling(self.faults, row, column.name, cell):
                for matter, label in new_matters(shown(cell)):
                    self._make("Matter", matter, label, row, column.name)
        if column.made_by in row.cells:
            assert column.made_by is not None
            assert column.of is not None
            kind = self._kind(row, column.made_by)
            for value in divided(column, cell):
                with _telling(self.faults, row, column.made_by, value):
                    label = read_text(value)
                    if kind is None:
                        self._unmade.append((column.of, label, row, column.made_by))
                    else:
                        self._make(column.of, kind, label, row, column.made_by)

    def stand_in(self) -> None:
        """Let what was to be made as no kind there is be found: its one mistake is told once."""
        for of, label, row, column in self._unmade:
            if not self.names.find(label, of):
                iri = self.says.iri(_NOUNS.get(of, _hyphenated(of)), slug(label))
                self.says.describe(iri, None, label, row, column)
                self.names.add(of, label, Named(label, iri.value))

    def _kind(self, row: Row, column: str) -> str | None:
        """Give the class that a cell names; None where it names none, which `draw` tells."""
        try:
            kind = chosen(shown(row.cells.get(column)), row.table.column(column), self.names)
        except Unfit:
            return None
        return kind.iri.removeprefix(SV)

    def _make(self, of: str, kind: str, label: str, row: Row, column: str) -> None:
        if not label:
            raise Unfit("what is to be made has no name", "write one after the colon")
        there = [each for each in self.names.find(label, of) if not self.says.is_ours(each.iri)]
        if there and (of, plain(label)) in self._there:
            # As many rows may make it as the file has, and one has told it.
            return
        if there:
            self._there.add((of, plain(label)))
            raise Unfit(
                f"the graph has {there[0]} already, which would be made a second time",
                self._way_out(there[0]),
            )
        if self._made.setdefault((of, plain(label)), kind) != kind:
            raise Unfit(
                f"`{label}` is of another kind in another row", "give it the same kind everywhere"
            )
        iri = self.says.iri(_NOUNS.get(of, _hyphenated(kind)), slug(label))
        self.says.describe(iri, ox.NamedNode(SV + kind), label, row, column)
        for each in (of, kind):
            self.names.add(each, label, Named(label, iri.value))

    def _way_out(self, there: Named) -> str:
        """Say what to do about a thing that is there, which this very file may have made before."""
        hint = "name it and do not make it, or give what is new another name"
        graphs = homes(self._store, ox.NamedNode(there.iri))
        tables = sorted(name for name in map(table_of, graphs) if name)
        if not tables:
            return hint
        return (
            f"the table `{tables[0]}` made it: if this is that table, import it with "
            f"`--name {tables[0]}`, over HTTP `name={tables[0]}`; else {hint}"
        )

    def draw(self, row: Row) -> None:
        """State what a row says."""
        subject, kind = self._subjects[row.table.name, row.id]
        if row.names_a_thing and self._is_elsewhere(subject):
            self.faults.extend(self._amending.amend(row, subject))
            return
        if row.names_a_thing:
            self._check_noun(row)
        texts = _Texts({name: self._called(row, name) for name in row.cells})
        label = row.table.label.format_map(texts) if row.table.label else ""
        class_ = ox.NamedNode(SV + kind) if kind else None
        self.says.describe(subject, class_, label, row)
        parts = {Part.ROW: subject, **self._parts(row, subject)}
        for column in row.table.columns:
            cell = row.cells.get(column.name)
            if cell is not None:
                self._draw_cell(row, column, cell, parts)
            elif column.required and not (row.names_a_thing and column.part is Part.SOURCE):
                self.faults.append(
                    Fault(
                        f"the row has no {column.name}",
                        "fill it in: each row needs it",
                        row.place(column.name),
                    )
                )

    def _is_elsewhere(self, thing: ox.NamedNode) -> bool:
        """Tell whether other graphs describe a thing, and that of the file does not."""
        graphs = homes(self._store, thing)
        return bool(graphs) and (self.says.graph not in graphs or self.says.is_ours(thing.value))

    def _check_noun(self, row: Row) -> None:
        """Tell of a row that would make a thing under an id as only other things have it."""
        kinds = [kind.iri.removeprefix(SV) for kind in self.names.kinds(row.table.kind)]
        nouns = [row.table.noun] if row.table.noun else [_hyphenated(kind) for kind in kinds]
        noun, _, end = row.id.partition("/")
        if noun not in nouns:
            ways = " or ".join(f"`{each}/{end}`" for each in nouns)
            self.faults.append(
                Fault(
                    f"`{row.id}` is not in the graph, and no {self.names.noun(row.table.kind)} "
                    f"begins with `{noun}/`",
                    f"write {ways}, the id of a thing of the graph, or an id without a slash",
                    row.place("id"),
                    row.id,
                )
            )

    def _called(self, row: Row, name: str) -> str:
        """Give the text of a cell, or the label of the thing that it has the id of."""
        text, column = shown(row.cells[name]), row.table.column(name)
        if column.type is Type.THING and "/" in text:
            found = self.names.find(text, column.of or "")
            return found[0].label if len(found) == 1 else text
        return text

    def _parts(self, row: Row, subject: ox.NamedNode) -> dict[Part, ox.NamedNode]:
        """State what belongs to a row beside its thing: a deed, a mention, a source."""
        parts = {}
        if any(column.part is Part.ACTION for column in row.table.columns):
            parts[Part.ACTION] = action = self.says.iri("action", row.id)
            self._saying.deeds[subject] = action
            self.says.describe(action, _ACTION, shown(row.cells.get("label")), row)
            self.says.say(subject, CONTENT, action, row.place())
        source = None
        with _telling(self.faults, row, ADDRESS, row.cells.get(ADDRESS)):
            source = self.sources.of(row)
        if source is not None:
            parts[Part.SOURCE] = source
            record = subject
            if row.table.mentions:
                parts[Part.MENTION] = record = self.says.iri("mention", row.table.name, row.id)
                label = f"row {row.id} of {row.table.name} in {self.says.name}"
                self.says.describe(record, _MENTION, label, row)
                self.says.say(record, term("about"), subject, row.place())
            self.says.say(record, SOURCE, source, row.place(ADDRESS))
        return parts

    def _draw_cell(
        self, row: Row, column: Column, cell: Cell, parts: dict[Part, ox.NamedNode]
    ) -> None:
        subject = parts.get(column.part)
        if column.part is Part.SOURCE:
            # What is said of a source is stated once for all the rows that name it.
            if subject is not None:
                self.sources.hear(row, column, cell, subject)
            return
        if column.type is Type.KIND:
            with _telling(self.faults, row, column.name, cell):
                chosen(read_text(cell), column, self.names)
        if column.property is None:
            return
        for value in divided(column, cell):
            with _telling(self.faults, row, column.name, value):
                for said in self._saying.said(row, column, value, subject):
                    self._check_precision(column, value, said)
                    self.says.say(*said, row.place(column.name))

    def _check_precision(self, column: Column, value: Cell, said: Said) -> None:
        """Raise Unfit for how finely a time is known: all times of one thing are known alike."""
        subject, property_, precision = said
        if column.precision is None or property_ != term(column.precision):
            return
        if self._precisions.setdefault((subject, property_), precision) != precision:
            raise Unfit(
                f"`{shown(value)}` is not as fine as the other time of this row",
                "give both as days, both as months or both as years",
            )


@contextmanager
def _telling(faults: list[Fault], row: Row, column: str, value: Cell) -> Iterator[None]:
    """Turn what does not fit into a fault of a cell."""
    try:
        yield
    except Unfit as unfit:
        faults.append(Fault(unfit.message, unfit.hint, row.place(column), shown(value)))


class _Texts(dict[str, str]):
    """The texts of a row's cells; an empty one shows as such in a label."""

    def __missing__(self, key: str) -> str:
        return "?"


def _hyphenated(kind: str) -> str:
    """Write the name of a class as IRIs have it: StateOfAffairs as state-of-affairs."""
    return _CAMEL.sub("-", kind).lower()
