"""Refuses requests whose headers or bodies are too large, or whose bodies are too slow to come."""

from __future__ import annotations

import asyncio
from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import BodyTooLarge, HeadersTooLarge, TooSlow
from api.problems import problem_of
from graph.errors import ServandaError

MOST_HEADERS: Final = 64 * 1024
MOST_BODY: Final = 16 * 2**20


class RequestLimits:
    """Watches what a request brings; a whole body may take `seconds`."""

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        """Wrap `app`."""
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whoever reads its body gets BodyTooLarge and TooSlow."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            _refuse_headers(scope)
            _refuse_length(_announced(scope))
        except ServandaError as error:
            await problem_of(Request(scope), error)(scope, receive, send)
            return
        await self.app(scope, self._limited(receive), send)

    def _limited(self, receive: Receive) -> Receive:
        deadline = asyncio.get_running_loop().time() + self.seconds
        received = 0
        whole = False

        async def limited() -> Message:
            nonlocal received, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise TooSlow(
                    f"the body did not come within {self.seconds:g} s", hint="send less at once"
                ) from None
            received += len(message.get("body", b""))
            _refuse_length(received)
            whole = not message.get("more_body", False)
            return message

        return limited


def _refuse_headers(scope: Scope) -> None:
    size = sum(len(name) + len(text) for name, text in scope["headers"])
    if size > MOST_HEADERS:
        raise HeadersTooLarge(
            f"the headers are longer than {MOST_HEADERS // 1024} kB", hint="send fewer"
        )


def _announced(scope: Scope) -> int:
    """Give the length in the header Content-Length, which the server has checked to be one."""
    return next((int(text) for name, text in scope["headers"] if name == b"content-length"), 0)


def _refuse_length(length: int) -> None:
    if length > MOST_BODY:
        raise BodyTooLarge(
            f"the body is longer than {MOST_BODY // 2**20} MB", hint="send it in parts"
        )
