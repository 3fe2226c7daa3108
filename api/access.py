"""Measures every request, and writes a line of JSON about each where an operator wants one."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.state import route_of

LOGGER: Final = "servanda.access"
"""The logger of the lines; nothing is written unless it takes INFO."""
_LOG = logging.getLogger(LOGGER)
_OTHER: Final = "other"
_DIGITS: Final = 16


class Access:
    """Hands the route, status and seconds of each request to the metrics and to the log.

    Neither gets a word of what was asked: the log has a hash, the same for the same question.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Wrap `app`."""
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = _Seen(scope, receive, send)
        begun = perf_counter()
        try:
            await self.app(scope, seen.receive, seen.send)
        finally:
            seconds = perf_counter() - begun
            route = getattr(route_of(scope), "path_format", _OTHER)
            self.metrics.count(route, seen.status, seconds)
            if _LOG.isEnabledFor(logging.INFO):
                _LOG.info(json.dumps(seen.line(route, seconds)))


class _Seen:
    """What passes on the way to the application and back."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.status = 0
        self._scope = scope
        self._receive = receive
        self._send = send
        self._bytes = 0
        self._version: str | None = None
        self._question = hashlib.sha256(scope["query_string"])
        self._asks = bool(scope["query_string"])

    async def receive(self) -> Message:
        message = await self._receive()
        body = message.get("body", b"")
        self._question.update(body)
        self._asks = self._asks or bool(body)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = dict(message["headers"])
            self._version = headers.get(b"servanda-version", b"").decode("latin-1") or None
        self._bytes += len(message.get("body", b""))
        await self._send(message)

    def line(self, route: str, seconds: float) -> dict[str, Any]:
        """Give what the log says; status 0 is a request whose client left before an answer."""
        return {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": self._scope["method"],
            "path": self._scope["path"],
            "route": route,
            "status": self.status,
            "seconds": round(seconds, 6),
            "bytes": self._bytes,
            "version": self._version and int(self._version),
            "question": self._question.hexdigest()[:_DIGITS] if self._asks else None,
        }
