"""Where a question meets the graph: in a worker, which reads it once for all its questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar, cast

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.asked import InvalidValue
from api.documents import accepted
from api.errors import InvalidParameter, UnreadableGraph
from api.jobs.job import Question
from api.negotiation import choose
from api.past_links import answer_below, past_root
from api.situation import Json
from api.state import snapshot
from api.v1 import tables
from api.v1.parameters import Representation
from graph.errors import UnreadableInput

T = TypeVar("T")
# JSON-LD 1.1, section 6.1: how JSON says which context makes it JSON-LD.
_CONTEXT: Final = (
    '</context/v1.jsonld>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)


def answer(request: Request, job: Question) -> JSONResponse:
    """Answer a question from the graph's latest version; raises as `answered` does."""
    return JSONResponse(answered(request, job))


def answer_page(
    request: Request,
    job: Question,
    wanted: Representation,
    rows: Callable[[Json], Iterator[tables.Row]],
) -> Response:
    """Answer with a page of a list, and lead to the next one in the header Link.

    It is JSON or, with the `rows` of each item, CSV or XLSX, as `wanted` names it or the client
    prefers.
    """
    offer = choose(tables.OFFERS, accept=accepted(request), wanted=wanted.format)
    found = answered(request, job)
    links = []
    if found["next"] is not None:
        links.append(next_link(request, found["next"]))
    if offer is tables.JSON:
        links.append(_CONTEXT)
    headers = {"Vary": "Accept", **({"Link": ", ".join(links)} if links else {})}
    if offer is tables.JSON:
        return JSONResponse(found, headers=headers)
    name = request.url.path.rpartition("/")[2]
    file = f"servanda-{name}-{found['asOf']}.{offer.name}"
    headers["Content-Disposition"] = f'attachment; filename="{file}"'
    table = tables.rows_of(found, rows)
    is_csv = offer is tables.CSV
    written = tables.as_csv(table, raw=wanted.raw) if is_csv else tables.as_xlsx(table)
    return Response(written, media_type=offer.media_type, headers=headers)


def next_link(request: Request, cursor: str) -> str:
    """Give the header Link to the next page of a list (RFC 8288)."""
    following = request.url.include_query_params(cursor=cursor)
    return f'<{following.path}?{following.query}>; rel="next"'


def answered(request: Request, job: Question) -> Json:
    """Answer a question from the graph's latest version.

    Raises InvalidParameter for a value that the graph does not know, NotFound for a path that
    names nothing, UnreadableGraph where what is recorded cannot be judged.
    """
    found = located(request, lambda: job.run(snapshot(request)))
    return cast("Json", answer_below(past_root(request), found))


def located(request: Request, ask: Callable[[], T]) -> T:
    """Ask, and say of a value that the graph does not know in which parameter it stands."""
    try:
        return ask()
    except InvalidValue as error:
        if request.method != "GET":
            raise
        raise InvalidParameter(error.message, name=error.parameter, hint=error.hint) from None
    except UnreadableInput as error:
        raise UnreadableGraph(error.message, hint=error.hint) from None
