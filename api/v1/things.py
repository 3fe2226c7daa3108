"""Lists of things that are no undertakings, a search for all, and what a condition comes to."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.calls import in_worker
from api.jobs.searching import Search
from api.jobs.things import Kind, Things
from api.jobs.undertakings import Judge
from api.problems import documented
from api.v1 import schemas, tables
from api.v1 import schemas_of_lists as lists
from api.v1.answering import answer, answer_page
from api.v1.parameters import PAGED, AsOf, Debtor, Format, PageOf, Words, takes

router = APIRouter(tags=["things"])
_RESPONSES: Final = {**tables.DOCUMENTED, **documented(400, 406)}
_LISTED: Final = [Depends(takes("q", *PAGED))]


@router.get("/actors", response_model=lists.Things, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def actors(request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = "") -> Response:
    """List states, organisations, coalitions, bodies, forces, groups and persons."""
    return answer_page(request, Things(asked, Kind.actors, q, page), wanted, tables.of_thing)


@router.get("/instruments", response_model=lists.Things, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def instruments(
    request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = ""
) -> Response:
    """List the texts that record undertakings."""
    return answer_page(request, Things(asked, Kind.instruments, q, page), wanted, tables.of_thing)


@router.get("/events", response_model=lists.Events, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def events(request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = "") -> Response:
    """List events and acts, with whether each has happened by the day asked about."""
    return answer_page(request, Things(asked, Kind.events, q, page), wanted, tables.of_thing)


@router.get("/conditions", response_model=lists.Things, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def conditions(
    request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = ""
) -> Response:
    """List the conditions, each of which can be judged and can be assumed in a scenario."""
    return answer_page(request, Things(asked, Kind.conditions, q, page), wanted, tables.of_thing)


@router.get("/domains", response_model=lists.Things, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def domains(request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = "") -> Response:
    """List the domains of what is undertaken, such as land and air."""
    return answer_page(request, Things(asked, Kind.domains, q, page), wanted, tables.of_thing)


@router.get("/evidence", response_model=lists.Evidence, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def evidence(
    request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = ""
) -> Response:
    """List the claims that a matter is so or not, with who made each, where and in which words."""
    return answer_page(request, Things(asked, Kind.evidence, q, page), wanted, tables.of_claim)


@router.get(
    "/statements", response_model=lists.Statements, responses=_RESPONSES, dependencies=_LISTED
)
@in_worker
def statements(
    request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = ""
) -> Response:
    """List what speakers said; contradicting statements stand side by side."""
    return answer_page(request, Things(asked, Kind.statements, q, page), wanted, tables.of_claim)


@router.get("/sources", response_model=lists.Sources, responses=_RESPONSES, dependencies=_LISTED)
@in_worker
def sources(request: Request, asked: AsOf, page: PageOf, wanted: Format, q: Words = "") -> Response:
    """List the texts that claims and statements stand in."""
    return answer_page(request, Things(asked, Kind.sources, q, page), wanted, tables.of_thing)


@router.get(
    "/search",
    response_model=lists.Results,
    responses=_RESPONSES,
    dependencies=[Depends(takes("q", "language", *PAGED, repeated=("kind",)))],
)
@in_worker
def search(
    request: Request,
    asked: AsOf,
    page: PageOf,
    wanted: Format,
    q: Annotated[str, Query(description="The beginnings of words", examples=["multi forc"])],
    kind: Annotated[
        list[str] | None,
        Query(description="Only things of this kind, such as `actor`", examples=[["commitment"]]),
    ] = None,
    language: Annotated[
        str | None,
        Query(description="Only by labels in this language, whatever `lang` is", examples=["en"]),
    ] = None,
) -> Response:
    """Find whatever has a label in any language with words that begin like these.

    Case and accents do not matter, and no sign has a meaning of its own. The best come first;
    `facets` counts all that was found.
    """
    job = Search(asked, q, tuple(kind or ()), language, page)
    return answer_page(request, job, wanted, tables.of_found)


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
