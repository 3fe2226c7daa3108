"""Every error as a problem document (RFC 9457); the pages on each `type` are served elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from api.documents import accepted
from api.errors import InvalidParameter, InvalidQuery, Missing
from api.findings import REPORT, Found, in_rdf
from api.formats import RdfOffer
from api.memento import HEADER
from api.negotiation import NotAcceptable, Offer, choose
from api.problem_kinds import (
    BY_ERROR,
    BY_STATUS,
    HEADERS,
    INVALID_REQUEST,
    KINDS,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    REFUSED,
    UNEXPECTED,
    Kind,
)
from api.state import base
from graph.errors import ServandaError
from graph.validate import Refused

MEDIA_TYPE: Final = "application/problem+json"
# Where a person can start from.
ENTRANCES: Final = ("/", "/queries", "/sparql", "/ontology", "/docs")
# What pydantic calls a value that is none of some words.
_CHOICE: Final = ("enum", "literal_error")


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
    kind = next((BY_ERROR[cls] for cls in type(error).__mro__ if cls in BY_ERROR), UNEXPECTED)
    return problem_response(
        request,
        kind,
        error.message,
        hint=error.hint,
        errors=list(_places(error)),
        near=error.near if isinstance(error, Missing) else (),
        headers=HEADERS.get(kind),
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
        return in_rdf(error.findings, offer, status=REFUSED.status)
    return problem_response(
        request,
        REFUSED,
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
    kind = BY_STATUS.get(error.status_code, INVALID_REQUEST if client_fault else UNEXPECTED)
    path, headers = request.url.path, dict(error.headers or {})
    detail, hint = f"{request.method} `{path}` failed: {error.detail}", None
    if kind is NOT_FOUND:
        detail = f"nothing is served at `{path}`"
        hint = f"there is {', '.join(ENTRANCES)}, and what they link to"
    elif kind is METHOD_NOT_ALLOWED:
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
