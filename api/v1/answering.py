"""Where a question meets the graph; here, in the thread of the request."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse

from api.asked import InvalidValue
from api.jobs.job import Job
from api.problems import InvalidParameter, UnreadableGraph
from api.state import snapshot
from graph.errors import UnreadableInput


def answer(request: Request, job: Job) -> JSONResponse:
    """Answer a question from the graph's latest version.

    Raises InvalidParameter for a value that the graph does not know, NotFound for a path that
    names nothing, UnreadableGraph where what is recorded cannot be judged.
    """
    try:
        return JSONResponse(job.run(snapshot(request)))
    except InvalidValue as error:
        if request.method != "GET":
            raise
        raise InvalidParameter(error.message, name=error.parameter, hint=error.hint or "") from None
    except UnreadableInput as error:
        raise UnreadableGraph(error.message, hint=error.hint) from None
