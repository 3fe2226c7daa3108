"""The journal as a list, undoing what stands in it, and judging what is not in it yet."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from api.bodies import RDF_CONTENT, media_type, read_bytes
from api.documents import Wanted, accepted
from api.edits import Validate, findings
from api.findings import JSON, REPORT, in_rdf, listed
from api.formats import RdfOffer
from api.jobs.journal import changes as recorded
from api.judging import Judging
from api.negotiation import choose
from api.parameters import Parameters, graph_iri
from api.pool import Runner
from api.problems import documented
from api.request_limits import MOST_BODY
from api.state import database, settings
from api.threads import in_thread
from api.transactions import transaction_json
from api.v1 import schemas
from api.v1 import schemas_of_lists as lists
from api.v1.answering import located, next_link
from api.writing import REASON, Editor, Reason, check_version, refuse_kept, version_headers
from graph.accounts import Account
from graph.content import FORMAT_OF_MEDIA_TYPE, Content
from graph.errors import NotFound
from graph.journal import Change, Transaction
from graph.revert import undo
from graph.rules import shape_texts
from graph.slices.verdict import Judge

_MOST: Final = 1000
_RDF: Final = tuple(FORMAT_OF_MEDIA_TYPE)
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": RDF_CONTENT,
    }
}

router = APIRouter(tags=["changes"])


@router.get(
    "/changes",
    response_model=lists.Changes,
    responses=documented(400),
    dependencies=[Depends(Parameters(once=("since", "limit", "cursor")))],
)
async def changes(
    request: Request,
    since: Annotated[
        str | None,
        Query(
            description="Only what was recorded from this time on: a day, or a time with its zone",
            examples=["2026-01-06", "2026-01-06T09:30:00Z"],
        ),
    ] = None,
    limit: Annotated[int, Query(description="The most changes on a page", ge=1, le=_MOST)] = 100,
    cursor: Annotated[
        str | None, Query(description="Where the page begins: `next` of the page before")
    ] = None,
) -> Response:
    """List the changes to the graph, oldest first: who made each, when, why and from what.

    `total` counts all that were ever made.
    """
    ask = partial(recorded, database(request).journal, since, limit, cursor)
    found = await in_thread(lambda: located(request, ask))
    answer = JSONResponse(found)
    if found["next"]:
        answer.headers["Link"] = next_link(request, found["next"])
    return answer


@router.post(
    "/changes/{seq}/undo",
    status_code=201,
    response_model=lists.Recorded,
    responses=documented(400, 401, 403, 404, 409, 412, 422, 503),
)
async def take_back(
    request: Request,
    account: Editor,
    seq: Annotated[int, Path(description="Its number in /api/v1/changes", examples=[1])],
    reason: Reason = "undo",
) -> Response:
    """Reverse a change by a new one; undo that one to have it back."""
    Parameters(once=(REASON,)).check(request.query_params.multi_items())
    judging: Judging = request.app.state.judging
    made = await judging.decide(partial(_undone, request, account, seq, reason))
    return JSONResponse(transaction_json(made), status_code=201, headers=version_headers(made.seq))


def _undone(request: Request, account: Account, seq: int, reason: str, judge: Judge) -> Transaction:
    opened = database(request)
    if not 1 <= seq <= opened.journal.head:
        raise NotFound(f"there is no change {seq}", hint="/api/v1/changes lists those there are")
    with opened.writing:
        check_version(request)
        (undone,) = opened.journal.transactions(after=seq - 1, until=seq)
        refuse_kept(Change(undone.adds, undone.removes), account)
        return undo(
            opened,
            seq,
            author=account.name,
            role=account.role.value,
            reason=reason,
            shapes=settings(request).shapes,
            judge=judge,
        )


@router.post(
    "/validate",
    response_model=schemas.Findings,
    responses={
        200: {"content": {offer.media_type: {} for offer in REPORT}},
        **documented(400, 406, 413, 415, 503),
    },
    openapi_extra=_BODY,
)
async def validate(
    request: Request,
    graph: Annotated[
        str | None,
        Query(description="The graph that this would replace; without it, it is added beside all"),
    ] = None,
    wanted: Wanted = None,
) -> Response:
    """Judge RDF as if it were written to the graph; nothing is recorded."""
    Parameters(once=("graph", "format")).check(request.query_params.multi_items())
    media_type(request, _RDF)
    offer = choose((JSON, *REPORT), accept=accepted(request), wanted=wanted)
    body = await read_bytes(request, MOST_BODY, hint="send it in parts")
    content = Content(request.headers["content-type"], body)
    texts = await in_thread(partial(shape_texts, settings(request).shapes))
    replaced = None if graph is None else graph_iri(graph)
    runner: Runner = request.app.state.runner
    async with runner.run(Validate(replaced, content, texts)) as reply:
        found = findings([chunk async for chunk in reply])
    if isinstance(offer, RdfOffer):
        return in_rdf(found, offer, status=200)
    return JSONResponse({"version": reply.version, "findings": listed(found)})
