"""The imports that are under way and the last ones that are over, as long as the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final
from uuid import uuid4

from api.imports.report import Progress, Report
from graph.errors import Busy, NotFound

MOST_KEPT: Final = 50
MOST_AT_ONCE: Final = 2
"""Each takes a worker for as long as its file is read: the others are for questions."""


class Import:
    """An import that goes on whether or not somebody watches."""

    def __init__(self, report: Report) -> None:
        """Begin with a report that those who watch see change."""
        self.id = uuid4().hex
        self.report = report
        self.task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    def tell(self, state: Progress | None = None) -> None:
        """Let those who watch know of a change."""
        if state is not None:
            self.report.state = state
        self._changed.set()
        self._changed = asyncio.Event()

    async def watch(self) -> AsyncIterator[Report]:
        """Give the report as it is and after each change, up to the last."""
        while True:
            # Both as of now: while whoever watches takes the report, it goes on.
            changed, is_last = self._changed, self.report.state.is_last
            yield self.report
            if is_last:
                return
            await changed.wait()


class Register:
    """Keeps imports by their ids."""

    def __init__(self) -> None:
        """Start empty."""
        self._imports: dict[str, Import] = {}

    def begin(self, report: Report, work: Callable[[Import], Awaitable[None]]) -> Import:
        """Start an import; raises Busy while as many as may be are under way."""
        going = [each for each in self._imports.values() if not each.report.state.is_last]
        if len(going) >= MOST_AT_ONCE:
            raise Busy(f"{len(going)} other imports are under way", hint="send it again in a while")
        begun = Import(report)
        over = [each.id for each in self._imports.values() if each.report.state.is_last]
        for old in over[: max(0, len(self._imports) - MOST_KEPT + 1)]:
            del self._imports[old]
        self._imports[begun.id] = begun
        begun.task = asyncio.ensure_future(work(begun))
        return begun

    def find(self, id_: str) -> Import:
        """Give an import; raises NotFound for one that is not kept or never was."""
        if id_ in self._imports:
            return self._imports[id_]
        raise NotFound(
            f"there is no import `{id_}`",
            hint=f"the last {MOST_KEPT} are kept, until the server stops",
        )

    async def stop(self) -> None:
        """End those that have not begun to write, and wait for those that have."""
        tasks = []
        for each in self._imports.values():
            if each.task is not None and not each.task.done():
                tasks.append(each.task)
                if each.report.state is not Progress.writing:
                    each.task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
