"""The first page: what the graph holds, what changed last, and the ways into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from api.calls import in_worker
from api.errors import UnreadableGraph
from api.jobs.changes import Diff
from api.jobs.overviews import Matrix
from api.labels import labels
from api.pages.changes import by_undertaking
from api.pages.frame import Frame, framed, shows
from api.pages.matrix import grid, meanings
from api.rendering import page, shown
from api.situation import Json
from api.state import store
from api.v1.answering import answered
from api.v1.parameters import AsOf
from graph.namespaces import DATA, ID, PREFIXES
from graph.store import Store

_COUNTS: Final = f"""
    SELECT ?type (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
        ?thing a ?type
        FILTER(STRSTARTS(STR(?thing), "{ID}") && STRSTARTS(STR(?type), "{PREFIXES["sv"]}"))
    }}
    GROUP BY ?type ORDER BY DESC(?count) ?type"""
_NEWEST: Final = 6

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/", dependencies=shows())
@in_worker
def home(request: Request, asked: AsOf) -> Response:
    """Say what the graph holds, what changed last, and where to go on."""
    graph = store(request)
    holdings = _holdings(graph, graph.head)  # type: ignore[arg-type] # told by its identity
    try:
        frame = framed(request, asked)
    except UnreadableGraph as fault:
        return page(request, "home.html", **holdings, fault=fault)
    return page(request, "home.html", frame=frame, **holdings, **_overview(request, frame))


@lru_cache(maxsize=1)
def _holdings(store: Store, version: int) -> dict[str, Any]:
    """Count the things in the record by kind, and list the datasets that it came in.

    They are the same for every day, so they are kept until there is another version.
    """
    datasets = [graph for graph in store.graphs() if graph.value.startswith(DATA)]
    counts = [(row["type"], row["count"].value) for row in store.query(_COUNTS).rows()]
    names = labels(store, [*datasets, *(kind for kind, _ in counts)])
    return {
        "datasets": [shown(graph, names) for graph in datasets],
        "kinds": [{"type": shown(kind, names), "count": count} for kind, count in counts],
    }


def _overview(request: Request, frame: Frame) -> dict[str, Any]:
    matrix = answered(request, Matrix(frame.asked))
    newest = _newest(request, frame)
    return {
        "fault": None,
        "grid": grid(frame, matrix),
        "states": matrix["states"],
        "meanings": meanings(frame, matrix["states"]),
        "undertakings": len(frame.situation.model.undertakings),
        "actors": len({cell["actor"] for cell in matrix["cells"]}),
        "newest": newest,
        "same": frame.downloads(),
        "follow": "/feeds/all.atom",
    }


def _newest(request: Request, frame: Frame) -> dict[str, Any] | None:
    """Give what changed on the last day on which anything did; None where there is no such day."""
    day = _last_turn(frame.turning_days, frame.as_of)
    if day is None:
        return None
    since = day - timedelta(days=1)
    changes: list[Json] = answered(request, Diff(frame.asked, since))["changes"]
    found = by_undertaking(changes)
    return {"day": day, "since": since, "changes": found[:_NEWEST], "count": len(found)}


def _last_turn(days: Sequence[date], until: date) -> date | None:
    return max((day for day in days if date.min < day <= until), default=None)
