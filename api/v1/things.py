"""Lists of actors, instruments and events, and what a single condition comes to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.jobs.listings import Kind, Things
from api.jobs.undertakings import Judge
from api.problems import documented
from api.v1 import schemas
from api.v1.answering import answer, answer_page
from api.v1.parameters import AsOf, Debtor, PageOf, Words, takes

router = APIRouter(tags=["things"])
_LISTED = [Depends(takes("q", "limit", "cursor"))]


@router.get(
    "/actors", response_model=schemas.Things, responses=documented(400), dependencies=_LISTED
)
def actors(request: Request, asked: AsOf, page: PageOf, q: Words = "") -> Response:
    """List states, organisations, coalitions, bodies, forces, groups and persons."""
    return answer_page(request, Things(asked, Kind.actors, q, page))


@router.get(
    "/instruments", response_model=schemas.Things, responses=documented(400), dependencies=_LISTED
)
def instruments(request: Request, asked: AsOf, page: PageOf, q: Words = "") -> Response:
    """List the texts that record undertakings."""
    return answer_page(request, Things(asked, Kind.instruments, q, page))


@router.get(
    "/events", response_model=schemas.Events, responses=documented(400), dependencies=_LISTED
)
def events(request: Request, asked: AsOf, page: PageOf, q: Words = "") -> Response:
    """List events and acts, with whether each has happened by the day asked about."""
    return answer_page(request, Things(asked, Kind.events, q, page))


@router.get(
    "/conditions/{id:path}",
    response_model=schemas.Judgement,
    responses=documented(400, 404),
    dependencies=[Depends(takes("commitment", "debtor"))],
)
def condition(
    request: Request,
    asked: AsOf,
    id: Annotated[str, Path(examples=["condition/ceasefire"])],  # noqa: A002
    commitment: Annotated[
        str,
        Query(
            description="The undertaking for whose debtors the condition is judged",
            examples=["multinational-force"],
        ),
    ],
    debtor: Debtor = None,
) -> Response:
    """Judge a condition for the debtors of an undertaking, whether it is in a gate or not."""
    return answer(request, Judge(asked, id, commitment, debtor))
