"""Has changes judged by a worker, one after the other; it writes none of them itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TypeVar

from api.pool import Runner
from api.threads import in_thread
from graph.candidate import Candidate
from graph.errors import AnswerTooLarge, Busy, TooCostly
from graph.journal import Change
from graph.rdf import nquads, read_nquads
from graph.rules import Rules, Text, rules_of
from graph.slices.verdict import Judge, Verdict, judge_change
from graph.store import Store
from graph.validate import Finding
from graph.worker import Out

T = TypeVar("T")


@dataclass(frozen=True)
class JudgeChange:
    """Judges a change as `judge_change` does: `adds` and `removes` are N-Quads.

    `shapes` are the texts of the shapes: a worker reads no file.
    """

    adds: str
    removes: str
    shapes: tuple[Text, ...]
    all_because: str | None

    def run(self, store: Store, out: Out) -> None:
        """Send the verdict; raises as `judge_change` does."""
        change = Change(read_nquads(self.adds), read_nquads(self.removes))
        verdict = judge_change(Candidate(store, change), rules_of(self.shapes), self.all_because)
        foci = None if verdict.foci is None else sorted(verdict.foci)
        out.begin({"foci": foci, "reason": verdict.reason})
        out.write(json.dumps([asdict(each) for each in verdict.findings]).encode())


class Judging:
    """The line of those who would write, and the judge they are led to."""

    def __init__(self, runner: Runner, seconds: float) -> None:
        """Judge in `runner`; a change waits for `seconds` at most, and takes no more work."""
        self._runner = runner
        self._seconds = seconds
        # Those who wait hold no thread: there are few, and readers need them.
        self._line = asyncio.Lock()

    async def decide(self, write: Callable[[Judge], T], *, spent: float = 0) -> T:
        """Call `write` in a thread, with a judge for its change, after the writes before it.

        The seconds `spent` on working the change out are taken from those to judge it. Raises Busy
        where the others take too long, what `write` does, and through it, from the judge, TooCostly
        for a change that takes too long and what `Runner.run` raises.
        """
        self.check(spent)
        async with self._turn():
            loop = asyncio.get_running_loop()
            judge = partial(self._judge, loop, loop.time() + self._seconds - spent)
            return await in_thread(partial(write, judge))

    def check(self, spent: float) -> None:
        """Raise TooCostly where working a change out took all the seconds there are."""
        if spent >= self._seconds:
            raise self._too_costly()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._seconds):
                await self._line.acquire()
        except TimeoutError:
            raise Busy(
                f"the changes before this one were not done within {self._seconds:g} s",
                hint="send it again in a while",
            ) from None
        try:
            yield
        finally:
            self._line.release()

    def _judge(
        self,
        loop: asyncio.AbstractEventLoop,
        end: float,
        state: Candidate,
        rules: Rules,
        all_because: str | None,
    ) -> Verdict:
        """Wait in a thread for what a worker with the same version finds before the end."""
        change = state.change
        job = JudgeChange(nquads(change.adds), nquads(change.removes), rules.texts, all_because)
        # What was done with the change until now counts.
        left = max(end - loop.time(), 0)
        answer = self._answer(job, state.store.head, left)
        return _received(*asyncio.run_coroutine_threadsafe(answer, loop).result())

    async def _answer(
        self, job: JudgeChange, version: int, seconds: float
    ) -> tuple[Mapping[str, Any], bytes]:
        try:
            async with self._runner.run(job, at_least=version, seconds=seconds) as reply:
                chunks = [chunk async for chunk in reply]
                return reply.head, b"".join(chunks)
        except (TooCostly, AnswerTooLarge):
            raise self._too_costly() from None

    def _too_costly(self) -> TooCostly:
        return TooCostly(
            f"the change takes more than {self._seconds:g} s, or the memory of a worker, "
            "to work out and judge",
            hint="send it in smaller parts, or stop the server and use the command line, "
            "which has no such limit",
        )


def _received(head: Mapping[str, Any], text: bytes) -> Verdict:
    found = tuple(Finding(**each) for each in json.loads(text))
    foci = None if head["foci"] is None else frozenset(head["foci"])
    return Verdict(found, foci, head["reason"])
