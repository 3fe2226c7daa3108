"""What a SPARQL query selected, as rows of terms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from api.client.tables import Row, Table
from api.situation import Json
from graph.errors import InvalidRequest


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
