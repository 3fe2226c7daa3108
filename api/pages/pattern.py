"""The core pattern of the ontology, and one recorded undertaking that follows it, as drawings."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api.asked import Asked
from api.calls import in_worker
from api.identifiers import short
from api.jobs.undertakings import Explain, Show
from api.pages.core_pattern import core_pattern
from api.pages.frame import Frame, framed, shows
from api.pages.undertaking_drawing import undertaking_drawing
from api.rendering import page
from api.situation import chosen
from api.v1.answering import answered, located
from api.v1.parameters import AsOf
from graph.model import Id
from graph.namespaces import ID

_EXAMPLE: Final = f"{ID}commitment/multinational-force"

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/ontology/pattern", dependencies=shows("of"))
@in_worker
def pattern(request: Request, asked: AsOf, of: Annotated[str | None, Query()] = None) -> Response:
    """Draw the pattern, and beside it an undertaking: one that is named, else an example."""
    frame = framed(request, asked)
    example = located(request, lambda: _example(frame, of))
    return page(
        request,
        "pattern.html",
        frame=frame,
        core=core_pattern(frame.language, frame.to),
        example=example and frame.situation.thing(example),
        drawing=example and _drawing(request, frame, asked, example),
    )


def _example(frame: Frame, of: str | None) -> Id | None:
    """Choose an undertaking with a debtor; raises InvalidValue for a name that is none of one."""
    known = {each.id: each for each in frame.situation.model.undertakings.values() if each.debtors}
    if of is not None:
        return chosen(of, known, "undertaking with a named debtor", "of")
    return _EXAMPLE if _EXAMPLE in known else next(iter(known), None)


def _drawing(request: Request, frame: Frame, asked: Asked, example: Id) -> Markup:
    name, debtor = short(example), frame.situation.model.undertakings[example].debtors[0]
    explained = answered(request, Explain(asked, name, short(debtor)))["debtors"][0]
    return undertaking_drawing(frame, answered(request, Show(asked, name)), explained)
