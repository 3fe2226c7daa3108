"""Runners on past versions: each is begun when it is asked for, and ended when nobody asks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from api.pool import Runner
from graph.errors import Busy, Forbidden

# Seconds for which a runner is kept that nobody asks.
_KEPT: Final = 120.0


@dataclass(eq=False)
class _Kept:
    """A runner, how many use it, and what will end it when nobody does."""

    runner: Runner
    users: int = 0
    end: asyncio.TimerHandle | None = None


class Past:
    """The runners on past versions, a few at once: each holds the whole graph of its version."""

    def __init__(self, make: Callable[[int], Awaitable[Runner]], most: int) -> None:
        """Have runners made by `make`, which is given a version; at most so many at once."""
        self._make = make
        self._most = most
        self._runners: dict[int, _Kept] = {}
        self._changing = asyncio.Lock()
        # The loop itself does not keep what is under way.
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def at(self, version: int) -> AsyncIterator[Runner]:
        """Give the runner of a version.

        Raises Busy while others use all there may be, Forbidden where there may be none.
        """
        if not self._most:
            raise Forbidden(
                "this server does not answer from past versions",
                hint="`servanda diff --from-version` and the options --version read them",
            )
        async with self._changing:
            kept = self._runners.pop(version, None) or await self._begin(version)
            # The one that was asked last is ended last.
            self._runners[version] = kept
            kept.users += 1
        if kept.end:
            kept.end.cancel()
        try:
            yield kept.runner
        finally:
            kept.users -= 1
            if not kept.users:
                kept.end = asyncio.get_running_loop().call_later(_KEPT, self._retire, version)

    async def stop(self) -> None:
        """End every runner."""
        for version in [*self._runners]:
            await self._end(version)

    async def _begin(self, version: int) -> _Kept:
        if len(self._runners) >= self._most:
            unused = [each for each, kept in self._runners.items() if not kept.users]
            if not unused:
                raise Busy(
                    f"{self._most} other past versions are being asked, and no more at once",
                    hint="ask again in a while",
                )
            await self._end(unused[0])
        runner = await self._make(version)
        await runner.start(version)
        return _Kept(runner)

    def _retire(self, version: int) -> None:
        if version in self._runners and not self._runners[version].users:
            # Nobody may enter it any more by the time that the task begins.
            kept = self._runners.pop(version)
            task = asyncio.get_running_loop().create_task(kept.runner.stop())
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def _end(self, version: int) -> None:
        kept = self._runners.pop(version, None)
        if kept is not None:
            if kept.end:
                kept.end.cancel()
            await kept.runner.stop()
