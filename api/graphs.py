"""The SPARQL 1.1 Graph Store HTTP Protocol: graphs read by all, and changed by editors.

What it does not do is PATCH.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import quote
from uuid import uuid4

import pyoxigraph as ox
from fastapi import APIRouter, Depends, Request, Response

from api.bodies import RDF_CONTENT, media_type, read_bytes
from api.calls import in_worker
from api.documents import Wanted, accepted, writer
from api.edits import Add, Delete, Replace, absent, holds
from api.errors import InvalidParameter
from api.formats import RDF
from api.negotiation import choose
from api.parameters import Parameters, graph_iri
from api.problems import documented
from api.request_limits import MOST_BODY
from api.state import base, store
from api.writing import REASON, Editor, Reason, Written, carry_out
from graph.content import FORMAT_OF_MEDIA_TYPE, Content
from graph.errors import InvalidRequest
from graph.multipart import MULTIPART
from graph.namespaces import DEFAULT, DERIVED

_PATH: Final = "/graphs"
_BELOW: Final = _PATH + "/{name:path}"
_NAMING: Final = ("graph", "default")
_READ: Final = (*FORMAT_OF_MEDIA_TYPE, MULTIPART)
_PARTS: Final = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"type": "string", "minLength": 1},
}
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": RDF_CONTENT | {MULTIPART: {"schema": _PARTS}},
    }
}
_INDIRECT: Final[list[dict[str, Any]]] = [
    {
        "name": "graph",
        "in": "query",
        "description": "The IRI of a graph",
        "schema": {"type": "string"},
    },
    {
        "name": "default",
        "in": "query",
        "description": "Without a value: the graph that takes what is written without a graph",
        "schema": {"type": "string"},
    },
]
_DIRECT: Final[list[dict[str, Any]]] = [
    {
        "name": "name",
        "in": "path",
        "required": True,
        "description": "The rest of the IRI of a graph that begins with the address of /graphs",
        "schema": {"type": "string"},
    }
]
_FOUND: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The triples of the graph",
        "content": {offer.media_type: {} for offer in RDF},
    },
    **documented(400, 404, 406),
}
_WRITTEN: Final[dict[int | str, dict[str, Any]]] = {
    201: {"description": "The graph was made"},
    204: {"description": "The graph was changed, or was so already"},
    **documented(400, 401, 403, 412, 413, 415, 422, 503),
}
_DELETED: Final[dict[int | str, dict[str, Any]]] = {
    204: {"description": "The graph is no longer there"},
    **documented(400, 401, 403, 404, 412, 422, 503),
}

_CHANGING: Final[dict[str, Any]] = {
    "response_class": Response,
    "status_code": HTTPStatus.NO_CONTENT,
    "responses": _WRITTEN,
}
_DELETING: Final = _CHANGING | {"responses": _DELETED}

router = APIRouter(tags=["graphs"])


async def _named(request: Request) -> str | None:
    """Give the IRI of the graph that a request names (sections 4.1 and 4.2); None for none."""
    direct = request.path_params.get("name")
    Parameters(once=(*(() if direct else _NAMING), "format", REASON)).check(
        request.query_params.multi_items()
    )
    if direct:
        return f"{base(request)}{_PATH[1:]}/{quote(direct)}"
    given = [one for one in _NAMING if one in request.query_params]
    if len(given) > 1:
        raise InvalidRequest("a request is about one graph", hint="give `graph` or `default`")
    if given == ["default"]:
        return DEFAULT
    return graph_iri(request.query_params["graph"]) if given else None


async def _graph(named: Annotated[str | None, Depends(_named)]) -> str:
    if named is None:
        raise InvalidParameter(
            "the graph is missing", name="graph", hint="give `?graph=IRI` or `?default`"
        )
    return named


Graph = Annotated[str, Depends(_graph)]


@router.get(
    _PATH, response_class=Response, responses=_FOUND, openapi_extra={"parameters": _INDIRECT}
)
@router.get(
    _BELOW, response_class=Response, responses=_FOUND, openapi_extra={"parameters": _DIRECT}
)
@in_worker
def read(request: Request, graph: Graph, wanted: Wanted = None) -> Response:
    """Read a graph."""
    node = ox.NamedNode(graph)
    if not holds(store(request), node):
        raise absent(graph)
    offer = choose(RDF, accept=accepted(request), wanted=wanted)
    written = writer(quad.triple for quad in store(request).quads(node))
    answer = Response(written(offer), media_type=offer.media_type)
    if not graph.startswith(DERIVED):
        # What is read is changed under If-Match with this, which tells the version and the format.
        answer.headers["ETag"] = f'"{store(request).head}-{offer.name}"'
    answer.headers["Vary"] = "Accept"
    return answer


@router.put(_PATH, **_CHANGING, openapi_extra={**_BODY, "parameters": _INDIRECT})
@router.put(_BELOW, **_CHANGING, openapi_extra={**_BODY, "parameters": _DIRECT})
async def replace(request: Request, account: Editor, graph: Graph, reason: Reason = "") -> Response:
    """Put what is sent in the place of a graph, which is made if it is not there."""
    job = Replace(graph, await _content(request))
    return _answer(await carry_out(request, account, job, reason))


@router.post(_PATH, **_CHANGING, openapi_extra={**_BODY, "parameters": _INDIRECT})
@router.post(_BELOW, **_CHANGING, openapi_extra={**_BODY, "parameters": _DIRECT})
async def add(
    request: Request,
    account: Editor,
    graph: Annotated[str | None, Depends(_named)],
    reason: Reason = "",
) -> Response:
    """Add what is sent to a graph, which is made if it is not there.

    Without the name of a graph a new one is made; the header Location has its address.
    """
    given = graph or f"{base(request)}{_PATH[1:]}/{uuid4().hex}"
    answer = _answer(await carry_out(request, account, Add(given, await _content(request)), reason))
    if graph is None:
        answer.headers["Location"] = given
    return answer


@router.delete(_PATH, **_DELETING, openapi_extra={"parameters": _INDIRECT})
@router.delete(_BELOW, **_DELETING, openapi_extra={"parameters": _DIRECT})
async def delete(request: Request, account: Editor, graph: Graph, reason: Reason = "") -> Response:
    """Delete a graph."""
    done = await carry_out(request, account, Delete(graph), reason)
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=done.headers)


async def _content(request: Request) -> Content:
    media_type(request, _READ)
    body = await read_bytes(request, MOST_BODY, hint="send it in parts")
    return Content(request.headers["content-type"], body)


def _answer(done: Written) -> Response:
    made = not done.proposal.existed and done.proposal.change.adds
    status = HTTPStatus.CREATED if made else HTTPStatus.NO_CONTENT
    return Response(status_code=status, headers=done.headers)
