"""Questions about the whole graph: counts, gaps and circles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.asked import Columns
from api.calls import in_worker
from api.jobs.circles import Deadlocks
from api.jobs.overviews import Gaps, Matrix
from api.problems import documented
from api.v1 import schemas
from api.v1.answering import answer
from api.v1.parameters import AsOf, UnderReadings, takes

router = APIRouter(tags=["overviews"])


@router.get(
    "/matrix",
    response_model=schemas.Matrix,
    responses=documented(400),
    dependencies=[Depends(takes("cols"))],
)
@in_worker
def matrix(
    request: Request,
    asked: AsOf,
    cols: Annotated[Columns, Query(description="What the columns are")] = Columns.domain,
) -> Response:
    """Count each named actor's undertakings by state and domain, or component.

    One of two domains counts in both; the column null takes what has none.
    """
    return answer(request, Matrix(asked, cols))


@router.get(
    "/gaps",
    response_model=schemas.Gaps,
    responses=documented(400),
    dependencies=[Depends(takes())],
)
@in_worker
def gaps(request: Request, asked: AsOf) -> Response:
    """Say what each commitment lacks, and what its texts are known to leave open."""
    return answer(request, Gaps(asked))


@router.get(
    "/deadlocks",
    response_model=schemas.Deadlocks,
    responses=documented(400),
    dependencies=[Depends(takes(repeated=("reading",)))],
)
@in_worker
def deadlocks(request: Request, asked: UnderReadings) -> Response:
    """Give the circles of conditions that wait for each other, and who holds each link.

    A circle is hard if none of its links can come about step by step.
    """
    return answer(request, Deadlocks(asked))
