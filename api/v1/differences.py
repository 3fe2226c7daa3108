"""What stands otherwise on another day, by other knowledge or under another source policy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from api.calls import in_worker
from api.jobs.changes import Diff
from api.jobs.learned import KnownSince
from api.jobs.sensitivity import Policies
from api.problems import documented
from api.v1 import schemas_of_changes as schemas
from api.v1.answering import answer
from api.v1.parameters import MOST_JUDGED, AsOf, Between, read_parameter_day, takes

router = APIRouter(tags=["differences"])


@router.get(
    "/diff",
    response_model=schemas.Diff,
    responses=documented(400),
    dependencies=[Depends(takes("from", "to", day="to"))],
)
@in_worker
def diff(request: Request, days: Between) -> Response:
    """Say which states differ between two days, by what is known on one day, and why."""
    before, asked = days
    return answer(request, Diff(asked, before.as_of))


@router.get(
    "/diff/knowledge",
    response_model=schemas.KnownSince,
    responses=documented(400, 422),
    dependencies=[Depends(takes("knownFrom"))],
)
@in_worker
def knowledge(
    request: Request,
    asked: AsOf,
    known_from: Annotated[
        str,
        Query(
            alias="knownFrom", description="The earlier day of knowledge", examples=["2026-01-05"]
        ),
    ],
) -> Response:
    """Say which states of one day differ by what was known on two days, and by which claims.

    The later day of knowledge is `knownAt`. `came` are the claims that may bear on the state and
    count only then, `went` those that counted only before.
    """
    earlier = read_parameter_day(known_from, "knownFrom")
    return answer(request, KnownSince(asked, earlier, MOST_JUDGED))


@router.get(
    "/diff/policies",
    response_model=schemas.Policies,
    responses=documented(400, 422),
    dependencies=[Depends(takes())],
)
@in_worker
def policies(request: Request, asked: AsOf) -> Response:
    """Say which states of a day differ between the three source policies."""
    return answer(request, Policies(asked, MOST_JUDGED))
