"""Sends the answer of a job: whole with its length, or as it comes; cut, so that a client knows.

What is short is held until it is whole, so that whatever goes wrong has its proper status. When
something goes wrong after that, the connection is closed before the end of the body (RFC 9112,
section 8), which every client reports.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Final, Protocol

from fastapi import Request, Response
from starlette.types import Receive, Scope, Send

from api.cache import Cache, Kept
from api.memento import Memento, is_pinned, with_links
from api.numbers import whole_number
from api.past import Past
from api.pool import Runner
from api.reply import Reply
from api.state import database, route_of, settings
from graph.clock import today
from graph.errors import Busy, InvalidRequest, ServandaError, TooCostly
from graph.worker import Job

_LOG = logging.getLogger("servanda")
# What is not longer is held until it is whole.
_HELD: Final = 2**20
# A client has so many times the time of the work to take the answer.
_PATIENCE: Final = 6
AT_LEAST: Final = "servanda-min-version"
PERSONAL: Final = "authorization"
_LENGTH: Final = "content-length"


class KeyedJob(Job, Protocol):
    """A job that knows what its answer depends on beside the snapshot."""

    def key(self) -> Hashable:
        """Tell this job from every other with another answer."""


class Delivery(Response):
    """The response that a job's answer makes; its head says `status` and `headers`."""

    def __init__(self, job: KeyedJob, memento: Memento | None) -> None:
        """Answer from the version of `memento`, else the present one, once it is sent."""
        super().__init__()
        self._job = job
        self._memento = memento

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the job and send its answer; a client that goes ends it."""
        async with _while_there(receive):
            await self._deliver(Request(scope), send)

    async def _deliver(self, request: Request, send: Send) -> None:
        present: Runner = request.app.state.runner
        cache: Cache = request.app.state.cache
        memento = self._memento
        at_least = _at_least(request, memento)
        version = memento.version if memento else present.version
        newest = memento.version if memento else max(at_least, database(request).version)
        key = cache_key(version, self._job.key())
        # RFC 9111, section 3.5: what was answered to somebody is not for everybody.
        is_shared = PERSONAL not in request.headers
        kept = cache.get(key) if is_shared and version >= newest else None
        if kept is None:
            sending = _Sending(request, send, memento)
            patience = _PATIENCE * settings(request).query_seconds
            try:
                async with (
                    asyncio.timeout(patience),
                    _runner(request, memento) as runner,
                    runner.run(self._job, at_least=at_least) as reply,
                ):
                    kept = await sending.whole(reply)
            except (ServandaError, TimeoutError) as error:
                sending.fail(error, patience)
                return
            if kept is None:
                return
            if is_shared and is_lasting(kept) and (reply.version, reply.day) == key[:2]:
                # What is asked of a version that the address names has its route looked for again.
                route = None if is_pinned(request) else route_of(request.scope)
                cache.put(key, replace(kept, route=route))
        await revalidated(request, kept, memento)(request.scope, request.receive, send)


@asynccontextmanager
async def _runner(request: Request, memento: Memento | None) -> AsyncIterator[Runner]:
    """Give what answers from the version that is asked about."""
    present: Runner = request.app.state.runner
    if memento is None or memento.version == present.version:
        yield present
        return
    past: Past = request.app.state.past
    async with past.at(memento.version) as runner:
        yield runner


class _Sending:
    """The sending of one answer, held back as long as it is short."""

    def __init__(self, request: Request, send: Send, memento: Memento | None) -> None:
        self._request = request
        self._send = send
        self._memento = memento
        self._started = False

    async def whole(self, reply: Reply) -> Kept | None:
        """Give the answer if it is short, else send it."""
        if self._memento and reply.version != self._memento.version:
            raise Busy(f"the graph has gone on from version {self._memento.version} just now")
        chunks = aiter(reply)
        held = bytearray()
        async for chunk in chunks:
            held += chunk
            if len(held) > _HELD and not self._ends_with_the_connection():
                await self._stream(reply, bytes(held), chunks)
                return None
        body = bytes(held)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"etag": tag} | dict(_headers(reply)) | {_LENGTH: str(len(body))}
        return Kept(reply.head["status"], tuple(headers.items()), body)

    async def _stream(self, reply: Reply, first: bytes, rest: AsyncIterator[bytes]) -> None:
        given = with_links(self._request, dict(_headers(reply)), self._memento)
        headers = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in given.items()]
        self._started = True
        await self._send(
            {"type": "http.response.start", "status": reply.head["status"], "headers": headers}
        )
        await self._send({"type": "http.response.body", "body": first, "more_body": True})
        async for chunk in rest:
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
        await self._send({"type": "http.response.body", "body": b""})

    def fail(self, error: Exception, patience: float) -> None:
        """Raise the error, or leave the body without its end where it has begun."""
        reason = (
            TooCostly(f"the answer was not taken within {patience:g} s", hint="ask for less")
            if isinstance(error, TimeoutError)
            else error
        )
        if not self._started:
            raise reason
        url = self._request.url
        _LOG.warning("%s %s was cut: %s", self._request.method, url.path, reason)

    def _ends_with_the_connection(self) -> bool:
        """Tell whether the client would take a cut body for a whole one (HTTP/1.0)."""
        return bool(self._request.scope["http_version"] == "1.0")


def is_lasting(answer: Kept) -> bool:
    """Tell whether the same question to the same version has this answer again."""
    return answer.status == HTTPStatus.OK and ("cache-control", "no-store") not in answer.headers


def _headers(reply: Reply) -> list[tuple[str, str]]:
    sent = [(name, text) for name, text in reply.head["headers"] if name != _LENGTH]
    return [*sent, ("servanda-version", str(reply.version))]


def cache_key(version: int, question: Hashable) -> tuple[int, int, bytes]:
    """Give the key of an answer: the version and the day it is for, and a digest of the question.

    A question is as long as anyone likes, and only answers count for the room there is.
    """
    return version, today().toordinal(), hashlib.sha256(repr(question).encode()).digest()


def revalidated(request: Request, kept: Kept, memento: Memento | None = None) -> Response:
    """Answer without the body where the client has it (RFC 9110, section 13.1.2)."""
    headers = with_links(request, dict(kept.headers), memento)
    if kept.status == HTTPStatus.OK and _is_known(request, headers["etag"]):
        same = {name: headers[name] for name in headers.keys() - {_LENGTH, "content-type"}}
        return Response(status_code=304, headers=same)
    return Response(kept.body, kept.status, headers)


def _is_known(request: Request, tag: str) -> bool:
    """Compare weakly: a proxy that packed an answer has made its tag a weak one."""
    given = ",".join(request.headers.getlist("if-none-match"))
    known = {each.strip().removeprefix("W/") for each in given.split(",")}
    return not known.isdisjoint({"*", tag})


def _at_least(request: Request, memento: Memento | None) -> int:
    given = request.headers.get(AT_LEAST, "0")
    version = whole_number(given)
    if version is not None:
        if memento and version > memento.version:
            raise InvalidRequest(
                f"version {memento.version} is asked for, and one of {given} or later",
                hint="leave out the header Servanda-Min-Version",
            )
        return memento.version if memento else version
    raise InvalidRequest(
        f"the header Servanda-Min-Version is `{given}`",
        hint="give the number of a version, as the header Servanda-Version of an answer does",
    )


@asynccontextmanager
async def _while_there(receive: Receive) -> AsyncIterator[None]:
    """Cancel what is done within when the client leaves; raises what receiving from it raises."""
    leaving = asyncio.ensure_future(_left(receive))
    try:
        async with asyncio.timeout(None) as presence:
            leaving.add_done_callback(partial(_end, presence))
            yield
    except TimeoutError:
        if not presence.expired():
            raise
        leaving.result()
    finally:
        leaving.cancel()


def _end(presence: asyncio.Timeout, leaving: asyncio.Future[None]) -> None:
    # It may be over, and what the client sends then is nobody's concern.
    with suppress(RuntimeError, asyncio.CancelledError):
        leaving.exception()
        presence.reschedule(0)


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
