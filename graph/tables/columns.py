"""What a table and its columns are, as data; the tables themselves are modules of their own.

The choices of a column are no part of it: they are what the ontology has.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Type(Enum):
    """What a cell may hold, in the words of the help sheet."""

    ROW_ID = "an id of letters, digits, - and _"
    TEXT = "text"
    LABEL = "text in English"
    DATE = "a day, month or year: 2026-01-06, 2026-01 or 2026"
    LAST_DATE = "the last day, month or year: 2026-12-31, 2026-12 or 2026"
    NUMBER = "a number without separators: 1500000.5"
    WHOLE = "a whole number"
    YES_NO = "yes or no"
    ADDRESS = "the address of a page: https://…"
    CHOICE = "one of a list"
    KIND = "a kind, one of a list"
    THING = "a name, code or id in the graph"
    CONDITION = "a condition"


class Part(Enum):
    """Which of the things that a row describes a column is about."""

    ROW = "row"
    ACTION = "action"
    MENTION = "mention"
    SOURCE = "source"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its cells hold and which statement each of them makes.

    `property` is the local name of a term of Servanda, or a prefixed name of another vocabulary;
    without one the column decides something about the row. `of` is the class that the values
    belong to. `precision` is the property that says how finely a date is known. `made_by` is the
    column whose filled cell makes what is named here anew. Several values are divided by `;`.
    `inverse` turns the statement round: it is the deed of the undertaking named that has the row.
    """

    name: str
    help: str
    type: Type
    property: str | None = None
    part: Part = Part.ROW
    of: str | None = None
    required: bool = False
    many: bool = False
    precision: str | None = None
    made_by: str | None = None
    inverse: bool = False
    example: str = ""


@dataclass(frozen=True)
class Table:
    """A table: each row describes one thing, of class `kind` or of the one its `kind` cell names.

    `label` makes the English label of that thing from its cells; `noun` is the kind in the IRI.
    `mentions` says that a page is recorded as speaking of the thing, which is no record itself.
    """

    name: str
    help: str
    kind: str
    noun: str
    columns: tuple[Column, ...]
    label: str | None = None
    mentions: bool = True

    def column(self, name: str) -> Column:
        """Give a column by its heading."""
        return next(each for each in self.columns if each.name == name)
