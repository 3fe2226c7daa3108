"""What completes a word somebody types: terms of the ontology and things of the graph."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from api.calls import in_worker
from api.jobs.completing import Complete
from api.parameters import Parameters
from api.problems import documented
from api.terms import Kind
from api.v1 import schemas_of_lists as lists
from api.v1.answering import answer
from api.v1.parameters import Language, primary

_MOST: Final = 100

router = APIRouter(tags=["things"])


@router.get(
    "/terms",
    response_model=lists.FoundTerms,
    responses=documented(400),
    dependencies=[Depends(Parameters(once=("q", "limit", "lang"), repeated=("kind",)))],
)
@in_worker
def terms(
    request: Request,
    q: Annotated[str, Query(description="The beginning, or a part, of its name or label")] = "",
    kind: Annotated[list[Kind] | None, Query(description="Only these; all without any")] = None,
    limit: Annotated[int, Query(description="The most that are given", ge=1, le=_MOST)] = 20,
    lang: Language = "en",
) -> Response:
    """Find terms of the ontology and things of the graph by a part of their names."""
    kinds = tuple(each.value for each in kind or ())
    return answer(request, Complete(q, kinds, limit, primary(lang)))
