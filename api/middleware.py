"""What every answer gets, whichever path made it: HEAD, headers, and how failures are told."""

from __future__ import annotations

import json
import logging
from asyncio import CancelledError
from typing import Final

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.documents import accepted
from api.formats import HTML
from api.memento import NoMemento, read_version
from api.negotiation import NotAcceptable, Offer, choose
from api.problem_kinds import STOPPING, UNEXPECTED
from api.problems import MEDIA_TYPE, problem_of, problem_response
from api.rendering import problem_page

_LOG = logging.getLogger("servanda")

_SECURITY: Final = {
    # Swagger UI draws its icons from data: addresses.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# Nothing here depends on who asks, so any page may ask (https://fetch.spec.whatwg.org/#http-cors-protocol).
_OPEN_TO_ALL: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Location, Memento-Datetime, "
    "Retry-After, Servanda-Version",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Accept-Datetime, Content-Type, If-None-Match, "
    "Servanda-Min-Version",
    "Access-Control-Max-Age": "86400",
}


_COMMON: Final = Headers(_SECURITY | _OPEN_TO_ALL).raw
_VERSION: Final = b"servanda-version"

# The ways to tell of a failure; whoever takes any JSON is a program.
_TELLING: Final = (Offer("problem", MEDIA_TYPE), Offer("json", "application/json"), HTML)


class CommonHeaders:
    """Adds the graph version, security and CORS headers, and answers CORS preflights."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *_COMMON]
                if not any(name == _VERSION for name, _ in headers):
                    version = scope["app"].state.database.version
                    headers.append((_VERSION, b"%d" % version))
                message["headers"] = headers
            await send(message)

        preflight = scope["method"] == "OPTIONS"
        app = Response(status_code=204, headers=_PREFLIGHT) if preflight else self.app
        await app(scope, receive, send_with_headers)


class HeadAsGet:
    """Answers HEAD as GET without the body (RFC 9110, section 9.3.2): FastAPI refuses it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET"}
        await self.app(asked, receive, send_without_body)
        # Whoever counts requests wants to know by which route this one was answered.
        scope.update({name: asked[name] for name in ("route", "fastapi") if name in asked})


class ProblemPages:
    """Shows a problem document as a page to whoever would rather have HTML, such as a browser."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: Headers | None = None
        document = b""

        async def send_page(message: Message) -> None:
            nonlocal headers, document
            if message["type"] == "http.response.start" and _is_problem(message):
                headers = Headers(raw=message["headers"]) if _prefers_html(Request(scope)) else None
            if headers is None:
                await send(message)
            elif message["type"] == "http.response.body":
                document += message["body"]
                if not message.get("more_body"):
                    await _as_page(scope, document, headers)(scope, receive, send)

        await self.app(scope, receive, send_page)


def _is_problem(message: Message) -> bool:
    return (b"content-type", MEDIA_TYPE.encode()) in message["headers"]


def _prefers_html(request: Request) -> bool:
    try:
        return choose(_TELLING, accept=accepted(request), wanted=None) is HTML
    except NotAcceptable:
        return False


def _as_page(scope: Scope, document: bytes, headers: Headers) -> Response:
    kept = {name: text for name, text in headers.items() if not name.startswith("content-")}
    return problem_page(Request(scope), json.loads(document), kept)


class Versions:
    """Reads which version of the graph is asked about, and refuses what has but the present one."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        app = self.app
        if scope["type"] == "http":
            try:
                read_version(scope)
            except NoMemento as error:
                app = problem_of(Request(scope), error)
        await app(scope, receive, send)


class Faults:
    """Answers an unforeseen failure, or a stop, with a problem document; logs a failure's cause.

    Starlette's own handler for them stands outside all middleware, so its answer would carry
    none of the common headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except (Exception, CancelledError) as error:
            if started or scope["type"] != "http":
                raise
            await _apology(Request(scope), error)(scope, receive, send)


def _apology(request: Request, error: BaseException) -> Response:
    if isinstance(error, CancelledError):
        return problem_response(request, STOPPING, "the server stopped before it had the answer")
    _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(request, UNEXPECTED, "an unforeseen fault stopped the answer")
