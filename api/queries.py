"""One operation for each named query, with its parameters checked and typed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse

from api.answers import DOCUMENTED, respond
from api.calls import in_worker
from api.documents import Wanted, accepted
from api.formats import HTML
from api.labels import suggestions
from api.negotiation import Offer, choose
from api.parameters import Parameters
from api.problems import documented
from api.query_descriptions import QueryDescription
from api.rendering import page
from api.state import store
from graph import query as named
from graph.query import NamedQuery
from graph.query_text import filled_in

_FORMAT: Final = "format"
_LIST: Final = (Offer("json", "application/json"), HTML)

router = APIRouter(tags=["named queries"])


# Both read files, which a worker does not.
def _all() -> list[NamedQuery]:
    return named.queries()


def _found(name: str) -> NamedQuery:
    return named.find(name)


_LISTED: Final[dict[str, Any]] = {
    "response_model": list[QueryDescription],
    "responses": {200: {"content": {HTML.media_type: {}}}, **documented(400, 406)},
    "dependencies": [Depends(Parameters(once=(_FORMAT,)))],
}


@router.get("/queries", **_LISTED)
@router.get("/api/v1/queries", **_LISTED)
@in_worker
def queries(
    request: Request,
    shipped: Annotated[list[NamedQuery], Depends(_all)],
    wanted: Wanted = None,
) -> Response:
    """List the named queries.

    In HTML each has a form to ask it with.
    """
    offer = choose(_LIST, accept=accepted(request), wanted=wanted)
    found = [QueryDescription.of(query) for query in shipped]
    if offer is HTML:
        things = suggestions(store(request))
        answer: Response = page(request, "queries.html", queries=found, things=things)
    else:
        answer = JSONResponse([query.model_dump() for query in found])
    answer.headers["Vary"] = "Accept"
    return answer


@router.get(
    "/queries/{name}",
    response_class=Response,
    responses={**DOCUMENTED, **documented(400, 404, 406)},
)
@in_worker
def answer(
    request: Request, query: Annotated[NamedQuery, Depends(_found)], wanted: Wanted = None
) -> Response:
    """Answer a named query.

    Its parameters, listed at `/queries`, are parameters here.
    """
    Parameters(once=(*(one.name for one in query.parameters), _FORMAT)).check(
        request.query_params.multi_items()
    )
    # A form sends the fields that were left empty, too.
    given = {key: text for key, text in request.query_params.items() if text and key != _FORMAT}
    bindings = named.bound(store(request), query, given)
    return respond(
        request,
        query.text,
        lambda: store(request).query(query.text, bindings=bindings),
        wanted,
        label=query.summary,
        query=query,
        given=given,
        things=suggestions(store(request)),
        asked=filled_in(query, given),
    )
