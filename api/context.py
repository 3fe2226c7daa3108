"""Serves the JSON-LD context under which the lists of /api/v1 are statements of the graph."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Depends, Response

from api.parameters import Parameters
from api.problems import documented
from graph.resources import resource

_MEDIA_TYPE: Final = "application/ld+json"
# A day: a term that is added must reach who has kept the file.
_KEPT: Final = {"Cache-Control": "public, max-age=86400"}

router = APIRouter(tags=["terms"], dependencies=[Depends(Parameters())])


@router.get(
    "/context/v1.jsonld",
    response_class=Response,
    responses={200: {"content": {_MEDIA_TYPE: {}}}, **documented()},
)
def context() -> Response:
    """Give the JSON-LD context of the lists.

    What is derived (states, labels in a chosen language, debtors of a coalition) is no statement of
    the graph, and so has no term in it.
    """
    written = resource("web", "context/v1.jsonld").read_bytes()
    return Response(written, media_type=_MEDIA_TYPE, headers=_KEPT)
