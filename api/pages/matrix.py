"""The matrix: actors by domain or component, with the states of what each has undertaken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Final

import pyoxigraph as ox
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from api.asked import Columns
from api.calls import in_worker
from api.identifiers import short
from api.jobs.overviews import Matrix
from api.pages.frame import Frame, framed, shows
from api.rendering import page
from api.situation import Json
from api.v1.answering import answered
from api.v1.parameters import AsOf
from graph.model import Id
from graph.namespaces import PREFIXES, SV, abbreviated
from graph.trees import STATES

_DEFINITION: Final = PREFIXES["skos"] + "definition"

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/matrix", dependencies=shows("cols"))
@in_worker
def matrix(
    request: Request, asked: AsOf, cols: Annotated[Columns, Query()] = Columns.domain
) -> Response:
    """Show the matrix."""
    frame = framed(request, asked)
    answer = answered(request, Matrix(asked, cols))
    return page(
        request,
        "matrix.html",
        frame=frame,
        grid=grid(frame, answer),
        meanings=meanings(frame, answer["states"]),
        cols=cols.value,
    )


def meanings(frame: Frame, states: Collection[str]) -> list[tuple[str, str]]:
    """Give what some states mean, as the ontology defines them; none where it is not loaded."""
    of = frame.situation.triples
    return [
        (state.value, definition.value)
        for name, state in STATES.items()
        for definition in of.about(SV + name).get(_DEFINITION, ())
        if state.value in states and isinstance(definition, ox.Literal)
    ]


def grid(frame: Frame, answer: Json) -> dict[str, Any]:
    """Arrange the answer in rows of actors and columns, both by label; no column comes last."""
    filtered = answer["columns"]
    columns = {cell["column"]: cell["columnLabel"] for cell in answer["cells"]}
    order = sorted(columns, key=lambda each: (each is None, columns[each].casefold()))
    actors = {cell["actor"]: cell["label"] for cell in answer["cells"]}
    at = {(cell["actor"], cell["column"]): cell for cell in answer["cells"]}
    rows = [
        {
            "id": actor,
            "label": actors[actor],
            "cells": [
                _cell(frame, at.get((actor, column)), actor, filtered, column, columns[column])
                for column in order
            ],
        }
        for actor in sorted(actors, key=lambda each: actors[each].casefold())
    ]
    return {"of": filtered, "columns": [columns[each] for each in order], "rows": rows}


def _cell(
    frame: Frame, cell: Json | None, actor: Id, filtered: str, column: Id | None, label: str
) -> dict[str, Any]:
    """Give the states of a cell, each with the list it counts; those that say no stand apart."""

    def listed(**more: str) -> str:
        value = "none" if column is None else abbreviated(column)
        return frame.link("/commitments", debtor=short(actor), **{filtered: value}, **more)

    if cell is None:
        return {"label": label, "states": [], "declined": None}
    declined = cell["declined"]
    states = [
        {"word": word, "count": count - declined.get(word, 0), "href": listed(state=word)}
        for word, count in cell["states"].items()
    ]
    return {
        "label": label,
        "states": [each for each in states if each["count"]],
        "declined": {"count": sum(declined.values()), "href": listed()} if declined else None,
    }
