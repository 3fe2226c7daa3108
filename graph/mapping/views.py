"""Views: queries in SQL over the tables of a mapping, in a database that is in memory alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from graph.errors import UnreadableInput
from graph.mapping.columns import VIEW, Table
from graph.mapping.document import read_text
from graph.mapping.rows import Row
from graph.tables.cells import Unfit

KNOWN: Final = "known_actors"
"""The table of what the graph calls its actors: iri, kind of name, name."""
_NUMBERS: Final = {"integer", "nonNegativeInteger", "positiveInteger"}


class Views:
    """The rows of tables, to be asked by the queries that lie beside a mapping."""

    def __init__(self, folder: Path, known: Iterable[Sequence[str]]) -> None:
        """Take the queries of a folder; `known` are the rows of `known_actors`.

        Raises UnreadableInput for a file that cannot be read.
        """
        self._folder = folder
        self._texts = {file.stem: _query(file) for file in sorted(folder.glob(f"*{VIEW}"))}
        self._database = sqlite3.connect(":memory:")
        self._database.execute("PRAGMA temp_store = MEMORY")
        self._database.execute(f"CREATE TABLE {KNOWN} (iri TEXT, kind TEXT, name TEXT)")
        self._database.executemany(f"INSERT INTO {KNOWN} VALUES (?, ?, ?)", known)  # noqa: S608
        self._database.execute(f"CREATE INDEX by_name ON {KNOWN} (kind, name)")

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Take the rows of a table; an empty cell is NULL, a whole number is a number."""
        columns = [column for column in table.columns if not column.virtual]
        declared = ["_row INTEGER"]
        declared += [
            f"{_quoted(each.name)} {'INTEGER' if each.datatype.base in _NUMBERS else 'TEXT'}"
            for each in columns
        ]
        name = _quoted(table.sql_name)
        try:
            self._database.execute(f"CREATE TABLE {name} ({', '.join(declared)})")
        except sqlite3.Error as error:
            raise UnreadableInput(
                f"`{table.name}` cannot be asked: {error}", hint="give table or column another name"
            ) from None
        marks = ", ".join("?" * (len(columns) + 1))
        self._database.executemany(
            f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608 - names of the mapping
            ((row.number, *(row.cells.get(each.name) for each in columns)) for row in rows),
        )

    def work_out(self) -> None:
        """Ask each query once, after those it builds on; every table is there by now.

        Raises UnreadableInput for a query that cannot be asked.
        """
        waiting = dict(self._texts)
        while waiting:
            early = {name: text for name, text in waiting.items() if not self._made(name, waiting)}
            if len(early) == len(waiting):
                circle = ", ".join(f"`{name}{VIEW}`" for name in waiting)
                raise UnreadableInput(f"the queries {circle} wait for each other")
            waiting = early

    def _made(self, name: str, waiting: Mapping[str, str]) -> bool:
        """Ask a query, unless it builds on one that has not been asked yet."""
        try:
            self._database.execute(f"CREATE TABLE {_quoted(name)} AS {waiting[name]}")
        except (sqlite3.Error, sqlite3.Warning) as error:
            if any(str(error).endswith(f"no such table: {other}") for other in waiting):
                return False
            raise UnreadableInput(
                f"`{self._folder / name}{VIEW}` cannot be asked: {error}",
                hint="it is one SELECT in the SQL of SQLite, over the tables of the mapping",
            ) from None
        return True

    def rows(self, table: Table) -> Iterator[Row]:
        """Give the rows of a view; raises UnreadableInput where the query does not fit.

        A row has the number that its column `_row` gives, or else its place in the answer.
        """
        name = table.name.removesuffix(VIEW)
        if name not in self._texts:
            raise UnreadableInput(
                f"there is no `{self._folder / table.name}`", hint="put one query in SQL into it"
            )
        cursor = self._database.execute(f"SELECT * FROM {_quoted(name)}")  # noqa: S608 - a file's name
        names = [each[0] for each in cursor.description]
        for column in table.columns:
            if not column.virtual and column.name not in names:
                raise UnreadableInput(
                    f"`{self._folder / table.name}` gives no column `{column.name}`",
                    hint=f"line {column.line} of the mapping asks for it",
                )
        try:
            for number, found in enumerate(cursor, 1):
                cells = {"_row": str(number)} | _filled(names, found)
                yield Row(_number(cells["_row"]), cells)
        except (sqlite3.Error, Unfit) as error:
            told = f"`{self._folder / table.name}` cannot be read: {error}"
            hint = error.hint if isinstance(error, Unfit) else "give texts and numbers alone"
            raise UnreadableInput(told, hint=hint) from None


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 20):
        raise Unfit(f"its `_row` is `{cell:.80}`", "give the number of a row")
    return int(cell)


def _quoted(name: str) -> str:
    """Write a name in SQL (https://www.sqlite.org/lang_keywords.html)."""
    return '"' + name.replace('"', '""') + '"'


def _filled(names: Sequence[str], found: Sequence[object]) -> dict[str, str]:
    cells = {}
    for name, value in zip(names, found, strict=True):
        if isinstance(value, bytes):
            raise Unfit(f"`{name}` holds bytes", "give it as text: CAST(... AS TEXT)")
        if value is not None and value != "":
            cells[name] = str(value)
    return cells


def _query(file: Path) -> str:
    return read_text(file).strip().removesuffix(";")
