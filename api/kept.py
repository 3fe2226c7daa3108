"""Answers from the cache before a route is looked for: reading the parameters takes most of it."""

from __future__ import annotations

from typing import Final

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.cache import Cache, Kept
from api.calls import address
from api.delivery import AT_LEAST, PERSONAL, cache_key, revalidated
from api.memento import HEADER as ACCEPT
from api.pool import Runner

# A request with one of these is about somebody or about a version, which only its route knows of.
_WHOLE_WAY: Final = {name.lower().encode() for name in (PERSONAL, AT_LEAST, ACCEPT)}


class KeptAnswers:
    """Gives a GET request the answer that one with the same address had to the same version."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        kept = _kept(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if kept is None:
            await self.app(scope, receive, send)
            return
        # Whoever counts requests wants to know by which route this one was answered.
        scope["route"] = kept.route
        await revalidated(Request(scope), kept)(scope, receive, send)


def _kept(scope: Scope) -> Kept | None:
    state = scope["app"].state
    runner: Runner = state.runner
    cache: Cache = state.cache
    if runner.version < state.database.version:
        return None
    if not _WHOLE_WAY.isdisjoint(name for name, _ in scope["headers"]):
        return None
    key = cache_key(runner.version, address(scope))
    # What is not here is looked for, and counted, where it is answered.
    kept = cache.get(key) if key in cache else None
    return kept if kept and kept.route else None
