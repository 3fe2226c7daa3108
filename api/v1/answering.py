"""Where a question meets the graph; here, in the thread of the request."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse

from api.asked import InvalidValue
from api.jobs.job import Job
from api.problems import InvalidParameter, UnreadableGraph
from api.situation import Json
from api.state import snapshot
from graph.errors import UnreadableInput


def answer(request: Request, job: Job) -> JSONResponse:
    """Answer a question from the graph's latest version; raises as `answered` does."""
    return JSONResponse(answered(request, job))


def answer_page(request: Request, job: Job) -> JSONResponse:
    """Answer with a page of a list, and lead to the next one in the header Link (RFC 8288)."""
    found = answered(request, job)
    headers = {}
    if found["next"] is not None:
        following = request.url.include_query_params(cursor=found["next"])
        headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return JSONResponse(found, headers=headers)


def answered(request: Request, job: Job) -> Json:
    """Answer a question from the graph's latest version.

    Raises InvalidParameter for a value that the graph does not know, NotFound for a path that
    names nothing, UnreadableGraph where what is recorded cannot be judged.
    """
    try:
        return job.run(snapshot(request))
    except InvalidValue as error:
        if request.method != "GET":
            raise
        raise InvalidParameter(error.message, name=error.parameter, hint=error.hint or "") from None
    except UnreadableInput as error:
        raise UnreadableGraph(error.message, hint=error.hint) from None
