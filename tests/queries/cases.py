"""Reads the expected answers: what a query is asked, of which data, and the rows it must give."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
import yaml

from graph.namespaces import ID, SV
from graph.results import Results

HERE = Path(__file__).parent
Data = Literal["paris", "second", "aftermath", "shipped", "mapped"]


@dataclass(frozen=True)
class Case:
    """`rows` are those of the `columns` alone, in the order the query gives them."""

    query: str
    data: Data
    arguments: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        """Name the case as pytest shows it."""
        asked = ",".join(f"{name}={value}" for name, value in self.arguments.items())
        return f"{self.query}({asked}) of {self.data}"


def cases() -> Iterator[Case]:
    """Give the cases of every file in `expected`, named for the query that is asked."""
    for file in sorted((HERE / "expected").glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            header, *rows = csv.reader(io.StringIO(entry["answer"]))
            yield Case(
                query=file.stem,
                data=entry.get("data", "paris"),
                arguments=entry.get("arguments", {}),
                columns=tuple(header),
                rows=tuple(tuple(row) for row in rows),
            )


def table(results: Results, columns: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Give some columns of an answer as text."""
    wanted = tuple(columns)
    return tuple(tuple(text(row[name]) for name in wanted) for row in results.rows())


def text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> str:
    """Write a term as the expected answers do: things and terms short, a free variable empty."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(ID).replace(SV, "sv:")
    assert isinstance(term, ox.Literal)
    return term.value
