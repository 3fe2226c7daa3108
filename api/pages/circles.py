"""Where conditions wait for each other, who holds each link, and what would open the circle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.asked import Asked
from api.calls import in_worker
from api.drawing.box import Box, Line
from api.drawing.diagram import Edge, drawn
from api.drawing.svg import svg
from api.identifiers import short
from api.jobs.circles import Deadlocks, Unlock
from api.pages.frame import Frame, framed, shows
from api.rendering import page
from api.situation import Json
from api.v1.answering import answered
from api.v1.parameters import UnderReadings
from graph.circularity import Sort

_COMMITMENTS: Final = (Sort.BINDS.value, Sort.IN_FORCE.value)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/circles", dependencies=shows())
@in_worker
def circles(request: Request, asked: UnderReadings) -> Response:
    """Draw the circles, under the readings that are chosen."""
    frame = framed(request, asked)
    found = answered(request, Deadlocks(asked))["circles"]
    readings = {"reading": list(asked.readings)}
    return page(
        request,
        "circles.html",
        frame=frame,
        circles=[
            {
                **circle,
                "drawing": _drawing(frame, circle, number),
                "opening": _opening(request, asked, circle["waits"]),
            }
            for number, circle in enumerate(found, 1)
        ],
        readings=_readings(frame),
        same=[{"name": "JSON", "href": frame.api("deadlocks", **readings)}],
    )


def _readings(frame: Frame) -> list[dict[str, Any]]:
    """Give the readings of contested terms there are, and which are chosen."""
    situation = frame.situation
    chosen = set(situation.readings)
    return [
        {"value": short(each), **situation.thing(each), "chosen": each in chosen}
        for each in sorted(situation.snapshot.model.readings, key=situation.name)
    ]


def _drawing(frame: Frame, circle: Json, number: int) -> Markup:
    """Draw each that waits above what it waits for; the last closes the circle."""
    waits = circle["waits"]
    names = [f"{each['sort']} {each['id']}" for each in waits]
    boxes = [
        Box(
            name,
            (
                _name(frame, each),
                Line(f"held by {each['heldBy']}"),
            ),
            "commitment" if each["sort"] in _COMMITMENTS else "",
        )
        for name, each in zip(names, waits, strict=True)
    ]
    edges = map(Edge, names, [*names[1:], names[0]])
    told = ", which waits for ".join(each["label"] for each in (*waits, waits[0]))
    title = f"Circle {number}: each link and who holds it"
    return svg(drawn(boxes, list(edges)), f"drawing-{number}", title, told)


def _name(frame: Frame, each: Json) -> Line:
    label = each["label"]
    return Line(label, frame.to(each["id"]), True, frame.language_of(each["id"], label))


def _opening(request: Request, asked: Asked, waits: Sequence[Json]) -> dict[str, Any] | None:
    """Give the smallest sets of acts that bring the first commitment of a circle in force."""
    commitment = next((each for each in waits if each["sort"] in _COMMITMENTS), None)
    if commitment is None:
        return None
    found = answered(request, Unlock(asked, commitment["id"], at_least=1))
    return {"of": commitment["id"], "way": found["way"], "sets": found["sets"]}
