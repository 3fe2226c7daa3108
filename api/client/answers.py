"""The answers as values with types, as tables for pandas and as HTML for notebooks."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Self, TypeVar

from api.situation import Json
from api.v1 import schemas, schemas_of_changes, schemas_of_lists
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]
_AnyListing = TypeVar("_AnyListing", schemas_of_lists.Undertakings, schemas_of_lists.Results)


class Table(ABC):
    """What can be shown as rows."""

    @abstractmethod
    def rows(self) -> list[Row]:
        """Give the rows, each with the same columns."""

    def to_pandas(self) -> pandas.DataFrame:
        """Give the rows as a DataFrame; needs pandas (`pip install servanda[pandas]`)."""
        import pandas

        return pandas.DataFrame(self.rows())

    def _repr_html_(self) -> str:
        rows = self.rows()
        heading = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else ()))
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row.values())}</tr>"
            for row in rows
        )
        return f"<table><tr>{heading}</tr>{body}</table>"


class Answer(schemas.Answer, Table):
    """An answer of the engine: values that do not change, described by the schemas of api.v1."""

    @classmethod
    def read(cls, answer: Json) -> Self:
        """Read JSON; what a newer server says beside what is known here is left out."""
        return cls.model_validate(answer, extra="ignore")


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value))


class Commitment(schemas.Undertaking, Answer):
    """Where an undertaking stands for each named debtor."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor."""
        return [_standing(each) for each in self.debtors]

    def _repr_html_(self) -> str:
        title = f"<p><b>{escape(self.label)}</b>: {escape(self.distribution)}</p>"
        return title + super()._repr_html_()


class Explanation(schemas.Explanation, Answer):
    """Why an undertaking stands where it stands."""

    def rows(self) -> list[Row]:
        """Give a row for each debtor; `debtors` have the trees."""
        return [_standing(each) for each in self.debtors]


def _standing(of: schemas.DebtorStanding) -> Row:
    return {
        "debtor": of.label,
        "state": of.state.value,
        "sentence": of.sentence,
        "since": of.since,
    }


class Timeline(schemas.Timeline, Answer):
    """The phases an undertaking goes through."""

    def rows(self) -> list[Row]:
        """Give a row for each phase of each debtor."""
        return [
            {
                "debtor": each.label,
                "from": phase.start,
                "to": phase.end,
                "state": phase.state.value,
                "because": "; ".join(cause.text for cause in phase.because),
            }
            for each in self.debtors
            for phase in each.phases
        ]


class Matrix(schemas.Matrix, Answer):
    """How many undertakings of each actor are in which state."""

    def rows(self) -> list[Row]:
        """Give a row for each cell and state."""
        return [
            {"actor": cell.label, "column": cell.column_label, "state": state.value, "count": count}
            for cell in self.cells
            for state, count in cell.states.items()
        ]


class Gaps(schemas.Gaps, Answer):
    """What each commitment lacks."""

    def rows(self) -> list[Row]:
        """Give a row for each commitment."""
        return [
            {
                "commitment": each.label,
                "distribution": each.distribution,
                "absent": ", ".join(particular.value for particular in each.absent),
                **each.particulars,
            }
            for each in self.commitments
        ]


class Diff(schemas_of_changes.Diff, Answer):
    """Which states differ between two days."""

    def rows(self) -> list[Row]:
        """Give a row for each change."""
        return [_change(each) for each in self.changes]


class WhatIf(schemas_of_changes.WhatIf, Answer):
    """What would stand otherwise if a scenario were so."""

    def rows(self) -> list[Row]:
        """Give a row for each change."""
        return [_change(each) for each in self.changes]


def _change(of: schemas_of_changes.Change) -> Row:
    return {
        "commitment": of.label,
        "debtor": of.debtor_label,
        "before": of.before.state.value,
        "after": of.after.state.value,
        "sentence": of.after.sentence,
    }


class Deadlocks(schemas.Deadlocks, Answer):
    """The circles of conditions that wait for each other."""

    def rows(self) -> list[Row]:
        """Give a row for each link; `circle` counts from 1."""
        return [
            {
                "circle": number,
                "hard": circle.hard,
                "link": link.label,
                "held by": link.held_by,
                "way": link.way.value,
            }
            for number, circle in enumerate(self.circles, start=1)
            for link in circle.waits
        ]


class Unlocking(schemas_of_changes.Unlocking, Answer):
    """What would bring a commitment in force."""

    def rows(self) -> list[Row]:
        """Give a row for each act; `set` counts from 1."""
        return [
            {
                "set": number,
                "act": act.label,
                "held by": act.held_by,
                "conflicts": len(each.conflicts),
            }
            for number, each in enumerate(self.sets, start=1)
            for act in each.acts
        ]


@dataclass(frozen=True)
class Commitments(Table):
    """A list, fetched page by page while it is read; each reading asks anew."""

    page: Callable[[str | None], Json]

    def __iter__(self) -> Iterator[schemas_of_lists.ListedUndertaking]:
        """Give the items in the order of their labels.

        Raises InvalidRequest where the graph changes between two pages.
        """
        yield from _items(self.page, schemas_of_lists.Undertakings)

    def rows(self) -> list[Row]:
        """Give a row for each debtor, or one without a debtor where none is named."""
        return [
            {
                "id": item.id,
                "commitment": item.label,
                "kind": item.kind.value,
                "debtor": debtor and debtor.label,
                "state": debtor and debtor.state.value,
            }
            for item in self
            for debtor in (*item.debtors, *([] if item.debtors else [None]))
        ]


@dataclass(frozen=True)
class Found(Table):
    """What a search found, fetched page by page while it is read; each reading asks anew."""

    page: Callable[[str | None], Json]

    def __iter__(self) -> Iterator[schemas_of_lists.FoundThing]:
        """Give the things, the best first.

        Raises InvalidRequest where the graph changes between two pages.
        """
        yield from _items(self.page, schemas_of_lists.Results)

    def rows(self) -> list[Row]:
        """Give a row for each thing, with the label in which the words were found."""
        return [
            {"id": item.id, "label": item.label, "kind": item.kind, "match": item.match.label}
            for item in self
        ]


def _items(page: Callable[[str | None], Json], listing: type[_AnyListing]) -> Iterator[Any]:
    cursor = None
    while True:
        found = listing.model_validate(page(cursor), extra="ignore")
        yield from found.items
        cursor = found.next
        if cursor is None:
            return


@dataclass(frozen=True)
class Term:
    """A value in a row: `type` is `uri`, `literal` or `bnode`, as in SPARQL JSON."""

    type: str
    value: str
    datatype: str | None = None
    language: str | None = None

    def __str__(self) -> str:
        """Give the value."""
        return self.value


@dataclass(frozen=True)
class Rows(Table):
    """What a query selected; what is not bound is None."""

    variables: tuple[str, ...]
    solutions: tuple[dict[str, Term | None], ...]

    @classmethod
    def read(cls, written: bytes) -> Self:
        """Read SPARQL JSON; raises InvalidRequest for the answer to ASK."""
        answer = json.loads(written)
        if "results" not in answer:
            raise InvalidRequest("the query selects no rows", hint="begin it with SELECT")
        names = tuple(answer["head"]["vars"])
        return cls(
            names,
            tuple(
                {name: _term(found[name]) if name in found else None for name in names}
                for found in answer["results"]["bindings"]
            ),
        )

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        """Give the rows."""
        return iter(self.solutions)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.solutions)

    def rows(self) -> list[Row]:
        """Give the values as texts."""
        return [{name: term and term.value for name, term in row.items()} for row in self.solutions]


def _term(found: Json) -> Term:
    return Term(found["type"], found["value"], found.get("datatype"), found.get("xml:lang"))
