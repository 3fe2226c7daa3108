"""What would be otherwise: under a scenario, by one matter or claim alone, or as likely as not."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from api.bodies import JSON, read_json
from api.calls import in_worker
from api.jobs.changes import WhatIf
from api.jobs.odds import HowLikely, WithoutApprovals
from api.jobs.sensitivity import EachClaim, EachMatter
from api.parameters import Parameters
from api.problems import documented
from api.v1 import schemas_of_changes as schemas
from api.v1.answering import answer
from api.v1.hypotheses import Hypothesis, Probabilities
from api.v1.parameters import MOST_JUDGED, UnderReadings, takes

router = APIRouter(prefix="/whatif", tags=["what if"])
_TAKES: Final = [Depends(takes(repeated=("reading",)))]
_TAKES_NONE: Final = [Depends(Parameters())]


def _body(model: type[BaseModel]) -> dict[str, Any]:
    """Describe to OpenAPI the body that an address reads."""
    described = {"required": True, "content": {JSON: {"schema": model.model_json_schema()}}}
    return {"requestBody": described}


async def _hypothesis(request: Request) -> Hypothesis:
    return await read_json(request, Hypothesis)


async def _probabilities(request: Request) -> Probabilities:
    return await read_json(request, Probabilities)


@router.post(
    "",
    response_model=schemas.WhatIf,
    responses=documented(400, 413, 415),
    dependencies=_TAKES_NONE,
    openapi_extra=_body(Hypothesis),
)
@in_worker
def whatif(request: Request, hypothesis: Annotated[Hypothesis, Depends(_hypothesis)]) -> Response:
    """Say what would stand, or wait, otherwise if something were so.

    Nothing is recorded. Each change names the assumptions it would not be without.
    """
    return answer(request, WhatIf(hypothesis.asked()))


@router.post(
    "/odds",
    response_model=schemas.HowLikely,
    responses=documented(400, 413, 415, 422),
    dependencies=_TAKES_NONE,
    openapi_extra=_body(Probabilities),
)
@in_worker
def odds(
    request: Request, probabilities: Annotated[Probabilities, Depends(_probabilities)]
) -> Response:
    """Say exactly how likely each commitment is to come in force if acts are as likely as given.

    `missing` are the acts that it hangs on and that have no probability: there are no odds then.
    `excluded` are the pairs that are taken not both to hold, `aside` those left out of account.
    """
    return answer(request, HowLikely(probabilities.asked(), probabilities.likely(), MOST_JUDGED))


@router.get(
    "/matters",
    response_model=schemas.EachMatter,
    responses=documented(400, 422),
    dependencies=_TAKES,
)
@in_worker
def matters(request: Request, asked: UnderReadings) -> Response:
    """Assume each matter, and each alone, to be what it is not, and rank them by what changes."""
    return answer(request, EachMatter(asked, MOST_JUDGED))


@router.get(
    "/claims",
    response_model=schemas.EachClaim,
    responses=documented(400, 422),
    dependencies=_TAKES,
)
@in_worker
def claims(request: Request, asked: UnderReadings) -> Response:
    """Leave out each claim, and each alone, and rank them by what changes."""
    return answer(request, EachClaim(asked, MOST_JUDGED))


@router.get(
    "/no-approvals",
    response_model=schemas.WithoutApprovals,
    responses=documented(400, 422),
    dependencies=_TAKES,
)
@in_worker
def no_approvals(request: Request, asked: UnderReadings) -> Response:
    """Say what binds, and comes in force, even if no further approval is given."""
    return answer(request, WithoutApprovals(asked, MOST_JUDGED))
