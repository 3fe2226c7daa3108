"""Lists of actors, instruments, events and conditions, and what a single condition comes to."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.calls import in_worker
from api.jobs.listings import Kind, Things
from api.jobs.undertakings import Judge
from api.problems import documented
from api.v1 import schemas, tables
from api.v1.answering import answer, answer_page
from api.v1.parameters import PAGED, AsOf, Debtor, Format, PageOf, Words, takes

router = APIRouter(tags=["things"])
_RESPONSES: Final = {**tables.DOCUMENTED, **documented(400, 406)}
_LISTED: Final = [Depends(takes(*PAGED))]


@router.get("/actors", response_model=schemas.Things, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def actors(request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = "") -> Response:
    """List states, organisations, coalitions, bodies, forces, groups and persons."""
    return answer_page(request, Things(asked, Kind.actors, q, page), wanted, tables.of_thing)


@router.get(
    "/instruments", response_model=schemas.Things, responses=_RESPONSES, dependencies=_LISTED
)
@in_worker
def instruments(
    request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = ""
) -> Response:
    """List the texts that record undertakings."""
    return answer_page(request, Things(asked, Kind.instruments, q, page), wanted, tables.of_thing)


@router.get("/events", response_model=schemas.Events, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def events(request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = "") -> Response:
    """List events and acts, with whether each has happened by the day asked about."""
    return answer_page(request, Things(asked, Kind.events, q, page), wanted, tables.of_thing)


@router.get(
    "/conditions", response_model=schemas.Things, responses=_RESPONSES, dependencies=_LISTED
)
@in_worker
def conditions(
    request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = ""
) -> Response:
    """List the conditions, each of which can be judged and can be assumed in a scenario."""
    return answer_page(request, Things(asked, Kind.conditions, q, page), wanted, tables.of_thing)


@router.get(
    "/conditions/{id:path}",
    response_model=schemas.Judgement,
    responses=documented(400, 404),
    dependencies=[Depends(takes("commitment", "debtor"))],
)
@in_worker
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
