"""Lists the versions of a resource, each with when it was recorded and its address (RFC 7089)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from api.memento import (
    TIMEMAP,
    address,
    answers_in_any_version,
    endpoint_at,
    pinned,
    timemap,
    written,
)
from api.problems import documented
from api.state import database
from api.threads import in_thread
from graph.errors import InvalidRequest, NotFound

_FOUND: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The versions, oldest first",
        "content": {TIMEMAP: {"schema": {"type": "string"}}},
    }
}

router = APIRouter(tags=["service"])


@router.get(
    "/timemap/{path:path}", response_class=Response, responses={**_FOUND, **documented(400, 404)}
)
async def versions(request: Request, path: str) -> Response:
    """List the versions of what is read from the graph at a path, with the parameters it has.

    These are all versions of the graph, whether what is at the path differs or not. An address that
    is too long to be repeated for each of them has no list.
    """
    if not answers_in_any_version(endpoint_at(request, f"/{path}")):
        raise NotFound(
            f"nothing with past versions is served at `/{path}`",
            hint="give the path of what is read from the graph, as /timemap/doc/actor/france",
        )
    raw: bytes = request.scope["raw_path"]
    original = address(raw.removeprefix(b"/timemap"), request.scope["query_string"])
    if original is None:
        raise InvalidRequest(
            "the address is too long to be listed with each of its versions",
            hint="ask at the address itself for the version of a time, with Accept-Datetime",
        )
    journal = database(request).journal
    moments = await in_thread(lambda: list(journal.moments()))
    written_map = ",\n".join(_links(original, moments))
    return Response(written_map, media_type=TIMEMAP)


def _links(original: str, moments: list[tuple[int, datetime]]) -> Iterator[str]:
    """Write links as RFC 7089, section 5, wants them."""
    yield f'<{original}>; rel="original timegate"'
    ends = (
        [f'; from="{written(moments[0][1])}"; until="{written(moments[-1][1])}"'] if moments else []
    )
    yield f'<{timemap(original)}>; rel="self"; type="{TIMEMAP}"{"".join(ends)}'
    for number, (version, moment) in enumerate(moments):
        place = "first " * (number == 0) + "last " * (number == len(moments) - 1)
        yield f'<{pinned(original, version)}>; rel="{place}memento"; datetime="{written(moment)}"'
