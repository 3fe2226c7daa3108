"""Serves connections: cuts those that are too many or whose requests are too slow to come."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.settings import Settings

_LONGEST_ADDRESS: Final = 256 * 1024
# Seconds in which the application, which knows of the same limit, may say why, before the cut.
_LAST_WORD: Final = 1.0


def configured(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Say how uvicorn serves an application."""
    return uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        # The longest query must reach the application in an address too, to be answered there.
        h11_max_incomplete_event_size=_LONGEST_ADDRESS,
        http=protocol(settings),
        timeout_graceful_shutdown=settings.grace_seconds,
    )


def protocol(settings: Settings) -> type[H11Protocol]:
    """Give uvicorn a protocol with the operator's limits: uvicorn itself has no deadlines."""

    class Limited(LimitedProtocol):
        most = settings.connections
        seconds = settings.request_seconds

    return Limited


class JoinedHeads(h11.Connection):
    """Gives the head of an answer with the first piece of its body: each write wakes the client."""

    _head: Sequence[bytes] = ()

    def send_with_data_passthrough(self, event: h11.Event) -> list[bytes] | None:
        """Give the bytes that tell of an event; those of a head are kept until the next one."""
        pieces = super().send_with_data_passthrough(event)
        if isinstance(event, h11.Response):
            self._head = pieces or ()
            return []
        head, self._head = self._head, ()
        return None if pieces is None else [*head, *pieces]


class LimitedProtocol(H11Protocol):
    """HTTP/1.1 over one connection; a request's head and its body have a deadline each."""

    most: int
    seconds: float
    _deadline: asyncio.TimerHandle | None = None
    _is_body = False

    def __init__(self, *given: Any, **named: Any) -> None:
        """Make it as uvicorn does, which sends heads apart."""
        super().__init__(*given, **named)
        self.conn = JoinedHeads(h11.SERVER, _LONGEST_ADDRESS)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Refuse a connection beyond the number, and expect a request."""
        super().connection_made(transport)
        if len(self.connections) > self.most:
            transport.abort()
        else:
            self._expect(self.seconds)

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        if self._deadline is None:
            self._expect(self.seconds)
        super().data_received(data)
        self._follow_request()

    def on_response_complete(self) -> None:
        """Leave the wait for a next request to uvicorn, which keeps a connection for a while."""
        super().on_response_complete()
        self._follow_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._forget()
        super().connection_lost(exc)

    def _follow_request(self) -> None:
        """Set the next deadline when a head is whole, and none when a body is."""
        if self.conn.their_state is h11.SEND_BODY:
            if not self._is_body:
                self._forget()
                self._is_body = True
                self._expect(self.seconds + _LAST_WORD)
        elif self.conn.their_state is not h11.IDLE:
            self._forget()

    def _expect(self, seconds: float) -> None:
        self._deadline = self.loop.call_later(seconds, self._cut)

    def _forget(self) -> None:
        self._is_body = False
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cut(self) -> None:
        if self.conn.our_state is h11.IDLE and not self.transport.is_closing():
            self.transport.write(_TOO_SLOW)
        self.transport.close()


_TOO_SLOW: Final[Any] = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)
