"""One thing that is no undertaking, with what it is linked to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.calls import in_worker
from api.jobs.about import About
from api.jobs.things import Kind
from api.problems import documented
from api.v1 import schemas_of_things as schemas
from api.v1.answering import answer
from api.v1.parameters import AsOf, identifier, takes

router = APIRouter(tags=["things"], responses=documented(400, 404), dependencies=[Depends(takes())])


@router.get("/actors/{id:path}", response_model=schemas.Actor)
@in_worker
def actor(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("actor/france")],  # noqa: A002
) -> Response:
    """Say what an actor owes, is owed and decides, and whose member it is."""
    return answer(request, About(asked, Kind.actors, id))


@router.get("/instruments/{id:path}", response_model=schemas.Instrument)
@in_worker
def instrument(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("paris-framework")],  # noqa: A002
) -> Response:
    """Say what a text records, and who adheres to it."""
    return answer(request, About(asked, Kind.instruments, id))


@router.get("/events/{id:path}", response_model=schemas.Event)
@in_worker
def event(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("event/ceasefire")],  # noqa: A002
) -> Response:
    """Say whether an event has happened, who claims it, and what hangs on it."""
    return answer(request, About(asked, Kind.events, id))


@router.get("/domains/{id:path}", response_model=schemas.Domain)
@in_worker
def domain(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("sv:Land")],  # noqa: A002
) -> Response:
    """Say what is undertaken in a domain."""
    return answer(request, About(asked, Kind.domains, id))


@router.get("/evidence/{id:path}", response_model=schemas.SingleClaim)
@in_worker
def claim(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("evidence/no-ceasefire")],  # noqa: A002
) -> Response:
    """Say what a claim says, who makes it, and whether it counts."""
    return answer(request, About(asked, Kind.evidence, id))


@router.get("/statements/{id:path}", response_model=schemas.Statement)
@in_worker
def statement(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("statement/macron-significant-step")],  # noqa: A002
) -> Response:
    """Say who said something, how, where and in which words."""
    return answer(request, About(asked, Kind.statements, id))


@router.get("/sources/{id:path}", response_model=schemas.Source)
@in_worker
def source(
    request: Request,
    asked: AsOf,
    id: Annotated[str, identifier("source/paris-2026-article")],  # noqa: A002
) -> Response:
    """Say which claims and statements stand in a source."""
    return answer(request, About(asked, Kind.sources, id))
