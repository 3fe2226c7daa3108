"""What a mapping says of tables and their columns, as data; `metadata` reads it from a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.mapping.cells import Datatype
from graph.mapping.templates import Template

VIEW: Final = ".sql"


@dataclass(frozen=True)
class Column:
    """A column, or with `virtual` what is said of every row beside its cells.

    `titles` are the headings it is found by; a cell that is one of `null` says nothing.
    `line` is where the mapping file has it.
    """

    name: str
    titles: tuple[str, ...]
    datatype: Datatype
    virtual: bool
    null: frozenset[str]
    default: str
    required: bool
    language: str | None
    about: Template | None
    property: Template | None
    value: Template | None
    line: int


@dataclass(frozen=True)
class Table:
    """A table by its name, the last part of its address; a view is a query in SQL beside it."""

    name: str
    columns: tuple[Column, ...]
    says_nothing: bool
    delimiter: str
    quote: str

    @property
    def is_view(self) -> bool:
        """Say whether its rows are those of a query over the other tables."""
        return self.name.endswith(VIEW)

    @property
    def sql_name(self) -> str:
        """Give what queries call it: its name without suffix, with _ for what is no letter."""
        stem = self.name.rpartition(".")[0] or self.name
        return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in stem)

    @property
    def speaking(self) -> tuple[Column, ...]:
        """Give the columns that say something."""
        return () if self.says_nothing else tuple(each for each in self.columns if each.property)


@dataclass(frozen=True)
class Mapping:
    """A mapping file, the tables it speaks of and the graph that takes what they say."""

    file: Path
    graph: str
    tables: tuple[Table, ...]

    @property
    def folder(self) -> Path:
        """Give where its views, and the tables that come with it, lie."""
        return self.file.parent
