"""Every error as a problem document (RFC 9457); the pages on each `type` are served elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from api.authorisation import NotPermitted, Unauthenticated
from api.documents import accepted
from api.findings import REPORT, Found, in_rdf
from api.formats import RdfOffer
from api.memento import HEADER, NoMemento
from api.negotiation import NotAcceptable, Offer, choose
from api.state import base
from graph.errors import (
    AnswerTooLarge,
    Busy,
    Conflict,
    Exists,
    Forbidden,
    Interrupted,
    InvalidRequest,
    Irreversible,
    NoRoom,
    NotFound,
    ServandaError,
    TooComplex,
    TooCostly,
    TooMuch,
    UnreadableInput,
)
from graph.validate import Refused

MEDIA_TYPE: Final = "application/problem+json"
# Where a person can start from.
ENTRANCES: Final = ("/", "/queries", "/sparql", "/ontology", "/docs")
_EXCERPT: Final = 200
# What pydantic calls a value that is none of some words.
_CHOICE: Final = ("enum", "literal_error")


class InvalidParameter(InvalidRequest):
    """A parameter is unknown, missing, given twice or ill-typed."""

    def __init__(self, message: str, *, name: str, hint: str | None) -> None:
        """Keep the parameter's name, to point at it."""
        super().__init__(message, hint=hint)
        self.name = name


class Missing(NotFound):
    """There is no thing of this name; `near` are those named alike, each a label and a path."""

    def __init__(
        self, message: str, *, hint: str | None = None, near: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Keep the things that are named alike."""
        super().__init__(message, hint=hint)
        self.near = near


class InvalidQuery(InvalidRequest):
    """A query is not SPARQL 1.1."""

    def __init__(self, error: ServandaError, text: str) -> None:
        """Keep the line of `text` that `error` points at."""
        super().__init__(error.message, hint=error.hint, line=error.line, column=error.column)
        lines = text.splitlines()
        known = error.line is not None and error.line <= len(lines)
        self.excerpt = lines[error.line - 1][:_EXCERPT] if known and error.line else None


class BodyTooLarge(ServandaError):
    """A request's body is longer than is read."""


class HeadersTooLarge(ServandaError):
    """A request's headers are longer than is read."""


class TooSlow(ServandaError):
    """A request takes longer to come than is waited for."""


class UnsupportedMediaType(ServandaError):
    """A request's body is in a format that is not read."""


class UnreadableGraph(ServandaError):
    """What is recorded cannot be judged: the fault lies in the graph, not in the request."""


class NotReady(ServandaError):
    """The graph cannot be asked yet: it is being read, or holds nothing."""


@dataclass(frozen=True)
class Kind:
    """A kind of problem: what its page says."""

    slug: str
    status: int
    title: str
    explanation: str


UNEXPECTED: Final = Kind(
    "unexpected",
    500,
    "The server failed",
    "A fault in Servanda, not in the request. The server's log holds the cause. Report it with the "
    "request that led to it.",
)
STOPPING: Final = Kind(
    "stopping",
    503,
    "The server is stopping",
    "The server was told to stop before the answer was ready. Ask again once it is back.",
)
INVALID_REQUEST: Final = Kind(
    "invalid-request",
    400,
    "The request cannot be understood",
    "A parameter is unknown, missing, given twice or ill-typed, or a query is not SPARQL 1.1. "
    '"detail" names it, "hint" says what to do and "errors" gives its place: "pointer" for a '
    'parameter, "line", "column" and "excerpt" for a text.',
)
_NOT_FOUND: Final = Kind(
    "not-found",
    404,
    "There is nothing by this name",
    "The path names nothing that is served, or a thing that the graph says nothing about. "
    "Look for it at the start page or ask for it in SPARQL.",
)
_TOO_LARGE: Final = Kind(
    "too-large",
    413,
    "The request is too large",
    'The body is longer than is read; "detail" names the limit. Shorten the query.',
)
_UNSUPPORTED: Final = Kind(
    "unsupported-media-type",
    415,
    "The body's format is not read here",
    '"detail" names the formats that are read. State one of them in the header Content-Type.',
)
_TOO_MUCH: Final = Kind(
    "too-much",
    422,
    "The answer would take too much work",
    'The question is understood, and no answer is given in part: "detail" names the limit, "hint" '
    "says what to do.",
)
_UNREADABLE_GRAPH: Final = Kind(
    "unreadable-graph",
    500,
    "What is recorded cannot be judged",
    'The graph holds something that no answer about states can be given with; "detail" names it. '
    "Mend it in its source, load that again and start the server again.",
)
_NOT_READY: Final = Kind(
    "not-ready",
    503,
    "The graph cannot be asked yet",
    "The server runs, but its workers are still reading the graph, or nothing has been loaded: "
    'then load data with "servanda load" and start again.',
)
BUSY: Final = Kind(
    "busy",
    503,
    "The server is busy",
    "All workers are taken by other questions, or the version that the header Servanda-Min-Version "
    "asks for is not there yet. Ask again in a while.",
)

_UNAUTHENTICATED: Final = Kind(
    "unauthenticated",
    401,
    "This needs a token",
    "Reading is open to all; what changes the graph needs a token in the header Authorization. "
    'Whoever runs the server makes one with "servanda token make".',
)

_REFUSED: Final = Kind(
    "rules-broken",
    422,
    "The change breaks a rule",
    'Nothing was changed. "findings" lists each rule that the graph would break, with what breaks '
    "it and how to mend it; with a media type of RDF in Accept the answer is a SHACL report.",
)

_BY_ERROR: Final[Mapping[type[ServandaError], Kind]] = {
    InvalidRequest: INVALID_REQUEST,
    TooMuch: _TOO_MUCH,
    UnreadableInput: INVALID_REQUEST,
    Forbidden: Kind(
        "forbidden",
        403,
        "Servanda never does this",
        "A query may not reach another server or a file (SERVICE, LOAD, FROM outside the graph), "
        'and nobody writes derived graphs. "detail" names what was asked for.',
    ),
    NotFound: _NOT_FOUND,
    Unauthenticated: _UNAUTHENTICATED,
    NotPermitted: Kind(
        "not-permitted",
        403,
        "The token's role may not do this",
        '"detail" names the role that may. Whoever runs the server makes a token of that role.',
    ),
    Conflict: Kind(
        "version-conflict",
        412,
        "The graph has changed since",
        "The change was made for a version that is no longer the present one, and something else "
        "was written in between. Nothing was changed. Read again what you want to change, and send "
        "the change with the version that you then see.",
    ),
    Exists: Kind(
        "already-there",
        412,
        "It is there already",
        "The change was to be made only if nothing was there (If-None-Match: *). Nothing was "
        "changed.",
    ),
    Refused: _REFUSED,
    Irreversible: Kind(
        "irreversible",
        409,
        "This change cannot be undone",
        'Later changes touched the same statements, or there is nothing left of it; "detail" names '
        "them. Undo the later ones first.",
    ),
    NoRoom: Kind(
        "out-of-space",
        507,
        "The disk is full",
        "The change was not recorded, for there is no room for it. Nothing that was recorded is "
        "lost, and reading goes on. Whoever runs the server has to free some space; then send the "
        "change again.",
    ),
    NotAcceptable: Kind(
        "not-acceptable",
        406,
        "There is no such representation",
        '"hint" lists the formats that exist. Ask for one in the header Accept or with "format=".',
    ),
    NoMemento: Kind(
        "no-past",
        406,
        "This has no past versions",
        "What is read from the graph can be had as it was at any time, by the header "
        "Accept-Datetime or under /versions; changes, the journal and the state of the service "
        "cannot. Leave the header out.",
    ),
    BodyTooLarge: _TOO_LARGE,
    HeadersTooLarge: Kind(
        "headers-too-large",
        431,
        "The headers are too large",
        'The headers of the request are longer than is read; "detail" names the limit.',
    ),
    TooSlow: Kind(
        "too-slow",
        408,
        "The request is too slow to come",
        'The body of the request did not come in time; "detail" names the limit.',
    ),
    UnsupportedMediaType: _UNSUPPORTED,
    NotReady: _NOT_READY,
    UnreadableGraph: _UNREADABLE_GRAPH,
    AnswerTooLarge: Kind(
        "answer-too-large",
        400,
        "The answer is too large",
        "The answer has more rows or bytes than are given out, and no part of it is given for the "
        'whole. "detail" names the limit. Narrow the question, or ask for parts with ORDER BY, '
        "LIMIT and OFFSET. An answer that passes the limit after it has begun is cut: the "
        "connection is closed and the client reports an incomplete body.",
    ),
    TooComplex: Kind(
        "too-complex",
        400,
        "The question is nested too deeply",
        "The engine broke on the question. Write it with fewer brackets and shorter chains.",
    ),
    TooCostly: Kind(
        "too-costly",
        503,
        "The answer costs too much",
        'The answer needs more time or memory than is spent on one; "detail" names the limit. '
        "Narrow the question: patterns that share no variable multiply each other.",
    ),
    Busy: BUSY,
    Interrupted: Kind(
        "interrupted",
        503,
        "The answer was interrupted",
        "The process that worked on the answer has ended. Ask again.",
    ),
}
_METHOD_NOT_ALLOWED: Final = Kind(
    "method-not-allowed",
    405,
    "This path does not take this method",
    "The header Allow lists the methods that the path takes.",
)
_BY_STATUS: Final[Mapping[int, Kind]] = {
    kind.status: kind
    for kind in (_NOT_FOUND, _METHOD_NOT_ALLOWED, _TOO_LARGE, _UNSUPPORTED, _NOT_READY)
}
_HEADERS: Final[Mapping[Kind, Mapping[str, str]]] = {
    _NOT_READY: {"Retry-After": "30"},
    BUSY: {"Retry-After": "1"},
    _UNAUTHENTICATED: {"WWW-Authenticate": "Bearer"},
}
KINDS: Final = (*dict.fromkeys(_BY_ERROR.values()), _METHOD_NOT_ALLOWED, UNEXPECTED, STOPPING)


class Place(BaseModel):
    """Where in the request an error lies."""

    detail: str
    pointer: str | None = Field(
        default=None, description="JSON pointer to a parameter: `/query/format`"
    )
    line: int | None = Field(default=None, description="Line in the text that was sent, from 1")
    column: int | None = Field(default=None, description="Column in that line, from 1")
    excerpt: str | None = Field(default=None, description="That line of the text")


class Near(BaseModel):
    """A thing that is named like the one asked for."""

    label: str
    href: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str = Field(description="Address of a page that explains this kind of problem")
    title: str
    status: int
    detail: str = Field(description="What failed and where")
    hint: str | None = Field(default=None, description="What to do")
    errors: list[Place] | None = None
    near: list[Near] | None = Field(
        default=None, description="Where a thing is not there: those that are named alike"
    )
    findings: list[Found] | None = Field(
        default=None, description="What was found of a change that was refused"
    )


def problem_response(
    request: Request,
    kind: Kind,
    detail: str,
    *,
    hint: str | None = None,
    errors: Sequence[Place] = (),
    near: Sequence[tuple[str, str]] = (),
    findings: Sequence[Found] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Write the problem document of one failure."""
    problem = Problem(
        type=f"{base(request)}problems/{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        hint=hint,
        errors=list(errors) or None,
        near=[Near(label=label, href=path) for label, path in near] or None,
        findings=list(findings) or None,
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True, by_alias=True),
        status_code=kind.status,
        headers={"Vary": f"Accept, {HEADER}", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe to OpenAPI the problems a path can answer with."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    titles = {kind.status: kind.title for kind in reversed(KINDS)}
    described: dict[int | str, dict[str, Any]] = {
        status: {"description": titles[status], "content": content} for status in statuses
    }
    return described | {"default": {"description": "Any other failure", "content": content}}


def handle_problems(app: FastAPI) -> None:
    """Let every failure that reaches `app` be answered with a problem document."""
    app.add_exception_handler(ServandaError, problem_of)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)


def problem_of(request: Request, error: Exception) -> Response:
    """Write the problem document of a ServandaError."""
    assert isinstance(error, ServandaError)
    if isinstance(error, Refused):
        return _refusal(request, error)
    kind = next((_BY_ERROR[cls] for cls in type(error).__mro__ if cls in _BY_ERROR), UNEXPECTED)
    return problem_response(
        request,
        kind,
        error.message,
        hint=error.hint,
        errors=list(_places(error)),
        near=error.near if isinstance(error, Missing) else (),
        headers=_HEADERS.get(kind),
    )


def _refusal(request: Request, error: Refused) -> Response:
    """Tell what breaks the rules, in the problem document or, to who prefers it, in RDF."""
    problem = Offer("problem", MEDIA_TYPE)
    telling = (problem, Offer("json", "application/json"), *REPORT)
    try:
        offer = choose(telling, accept=accepted(request), wanted=None)
    except NotAcceptable:
        offer = problem
    if isinstance(offer, RdfOffer):
        return in_rdf(error.findings, offer, status=_REFUSED.status)
    return problem_response(
        request,
        _REFUSED,
        error.message,
        hint=error.hint,
        findings=[Found.of(each) for each in error.findings],
    )


def _places(error: ServandaError) -> Iterator[Place]:
    if isinstance(error, InvalidParameter):
        yield Place(detail=error.message, pointer=_pointer("query", error.name))
    elif error.line is not None:
        excerpt = error.excerpt if isinstance(error, InvalidQuery) else None
        yield Place(detail=error.message, line=error.line, column=error.column, excerpt=excerpt)


def _pointer(*parts: object) -> str:
    """Write a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _of_validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    places = [Place(detail=_told(one), pointer=_pointer(*one["loc"])) for one in found]
    detail = "; ".join(
        place.detail if one["type"] in _CHOICE else f"{place.pointer}: {place.detail}"
        for one, place in zip(found, places, strict=True)
    )
    choices = [one["ctx"]["expected"].replace("'", "`") for one in found if one["type"] in _CHOICE]
    hint = "choose " + " and ".join(choices) if choices else None
    return problem_response(request, INVALID_REQUEST, detail, hint=hint, errors=places)


def _told(one: Mapping[str, Any]) -> str:
    """Say what is wrong with a parameter; of one of few words, not as its validator does."""
    if one["type"] not in _CHOICE:
        return str(one["msg"])
    *_, name = (part for part in one["loc"] if isinstance(part, str))
    return f"`{one['input']}` is no possible value of `{name}`"


def _of_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    client_fault = error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    kind = _BY_STATUS.get(error.status_code, INVALID_REQUEST if client_fault else UNEXPECTED)
    path, headers = request.url.path, dict(error.headers or {})
    detail, hint = f"{request.method} `{path}` failed: {error.detail}", None
    if kind is _NOT_FOUND:
        detail = f"nothing is served at `{path}`"
        hint = f"there is {', '.join(ENTRANCES)}, and what they link to"
    elif kind is _METHOD_NOT_ALLOWED:
        detail = f"`{path}` does not take {request.method}"
        headers["Allow"] = ", ".join(_methods(request))
    return problem_response(request, kind, detail, hint=hint, headers=headers)


def _methods(request: Request) -> list[str]:
    """Collect from every route of a path: Starlette names the methods of the first alone."""

    def takes(method: str) -> bool:
        # A mounted application has taken its part of the path for the root.
        root = request.scope.get("app_root_path", request.scope["root_path"])
        scope = {**request.scope, "method": method, "root_path": root}
        matching = (one for one in request.app.routes if one.matches(scope)[0] is Match.FULL)
        # A mounted folder of files matches whatever the method and then takes GET alone.
        return any(method == "GET" or not isinstance(one, Mount) for one in matching)

    return ["GET", "HEAD"] * takes("GET") + [
        method for method in ("POST", "PUT", "DELETE") if takes(method)
    ]
