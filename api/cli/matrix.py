"""`servanda matrix`: how many undertakings of each actor are in which state, by domain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    listed,
    one_of,
)
from api.cli.terminal import cell, say, show_table, table

if TYPE_CHECKING:
    from api.cli.situation import Json, Situation
    from graph.model import Id, State

_NONE = "none stated"


class Columns(StrEnum):
    """What the columns of the matrix are."""

    domain = "domain"
    component = "component"


def matrix(
    columns: Annotated[
        Columns,
        typer.Option(
            "--cols",
            parser=one_of(Columns, "kind of column"),
            metavar=listed(Columns),
            help="What the columns are.",
        ),
    ] = Columns.domain,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Count each named actor's undertakings by state; one of two domains counts in both."""
    from api.cli.situation import asked

    situation = asked(data_dir, as_of, known_at, policy)
    counts = _counts(situation, columns)
    if format is AnswerFormat.json:
        situation.write_json({"columns": columns.value, "cells": _json(situation, counts)})
        return
    _show(situation, counts)
    say(situation.caption())


Counts = dict[tuple["Id", "Id | None"], Counter["State"]]


def _counts(situation: Situation, columns: Columns) -> Counts:
    """Count states by actor and column; the column None takes what has no other."""
    counts: Counts = defaultdict(Counter)
    for undertaking in situation.model.undertakings.values():
        within: set[Id | None] = {*_columns(situation, undertaking.id, columns)} or {None}
        for debtor in undertaking.debtors:
            phase = situation.lifecycle.phase(undertaking.id, debtor, situation.as_of)
            for column in within:
                counts[debtor, column][phase.standing.state] += 1
    return counts


def _columns(situation: Situation, undertaking: Id, columns: Columns) -> Iterator[Id]:
    """Give the components of an undertaking, or the domains of these and of its content."""
    triples = situation.triples
    components = triples.ids(undertaking, "component")
    if columns is Columns.component:
        yield from components
        return
    for part in (*components, *triples.ids(undertaking, "content")):
        yield from triples.ids(part, "domain")


def _show(situation: Situation, counts: Counts) -> None:
    columns = sorted({column for _, column in counts}, key=lambda c: (c is None, c or ""))
    actors = sorted({actor for actor, _ in counts}, key=situation.name)
    names = [_NONE if column is None else situation.name(column) for column in columns]
    shown = table("actor", *names)
    for actor in actors:
        texts = [
            situation.sentences.distribution(found.elements(), 0) if found else ""
            for column in columns
            for found in [counts.get((actor, column), Counter())]
        ]
        shown.add_row(*map(cell, (situation.name(actor), *texts)))
    show_table(shown)


def _json(situation: Situation, counts: Counts) -> list[Json]:
    return [
        {
            "actor": actor,
            "label": situation.name(actor),
            "column": column,
            "column_label": _NONE if column is None else situation.name(column),
            "states": {state.value: number for state, number in found.items()},
        }
        for (actor, column), found in counts.items()
    ]
