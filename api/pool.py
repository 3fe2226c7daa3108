"""Runs jobs in worker processes within limits, and keeps as many workers as it was told to."""

from __future__ import annotations

import asyncio
import logging
import pickle
import signal
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from api.replica import Replica, Worker
from api.reply import Limits, Reply, WorkerReply
from graph.errors import Busy
from graph.journal import Transaction
from graph.worker import Job

_LOG = logging.getLogger("servanda")
# Seconds before a replica that has ended is started again: doubled each time, up to the longest.
_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 10.0
# For so many seconds a question waits for the replica to read the journal when it starts.
_BEGINNING: Final = 60.0


class Runner(Protocol):
    """Where jobs are run."""

    @property
    def version(self) -> int:
        """Give the version of the newest snapshot, -1 before the first."""

    @property
    def ready(self) -> bool:
        """Tell whether jobs are answered, even if each has to wait for others."""

    @property
    def workers(self) -> Mapping[str, int]:
        """Count the workers by what they do: `busy` or `idle`."""

    @property
    def killed(self) -> Mapping[str, int]:
        """Count the workers that were ended during or after a job, by the reason."""

    async def start(self, version: int) -> None:
        """Begin; the journal is at `version`."""

    async def stop(self) -> None:
        """End whatever runs."""

    def follow(self, transaction: Transaction) -> None:
        """Hear, in any thread, of a transaction that was committed."""

    def run(
        self, job: Job, *, at_least: int = 0, seconds: float | None = None
    ) -> AbstractAsyncContextManager[Reply]:
        """Run a job on a snapshot of this version or a newer one, for other `seconds` if given."""


class Pool:
    """Workers forked by a replica; jobs stand in line for them."""

    def __init__(
        self, directory: Path, limits: Limits, prepare: str, *, version: int | None = None
    ) -> None:
        """Describe a pool over the journal in `directory`; `start` starts it.

        `prepare` names a function that loads what jobs need: a worker opens no file. With a
        `version` its snapshots are of that past one for good.
        """
        self._at = version
        self._version = -1
        self._day = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._directory = directory
        self._limits = limits
        self._prepare = prepare
        self._replica: Replica | None = None
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._forking = 0
        self._waiting: list[tuple[int, asyncio.Future[Worker]]] = []
        self._committed = 0
        self._failures = 0
        self._ready = False
        self._killed: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def version(self) -> int:
        """Give the version of the newest snapshot, -1 before the first."""
        return self._version

    @property
    def ready(self) -> bool:
        """Tell whether the replica that runs has forked a worker."""
        return self._ready

    @property
    def workers(self) -> Mapping[str, int]:
        """Count the workers by what they do."""
        idle = len(self._idle)
        return {"busy": len(self._workers) - idle, "idle": idle}

    @property
    def killed(self) -> Mapping[str, int]:
        """Count the workers that were ended during or after a job, by the reason."""
        return self._killed

    @property
    def process(self) -> int | None:
        """Give the number of the replica process, whose children the workers are."""
        return self._replica.process if self._replica else None

    async def start(self, version: int) -> None:
        """Start the replica without waiting for it: jobs do."""
        self._committed = max(self._committed, version)
        self._loop = asyncio.get_running_loop()
        self._start()

    async def stop(self) -> None:
        """End the replica and, through it, every worker."""
        self._loop = None
        for task in self._tasks:
            task.cancel()
        if self._replica is not None:
            self._replica.stop()
        self._forget()

    def follow(self, transaction: Transaction) -> None:
        """Hear, in any thread, of a transaction that was committed."""
        self._committed = max(self._committed, transaction.seq)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._follow, transaction.seq)

    @asynccontextmanager
    async def run(
        self, job: Job, *, at_least: int = 0, seconds: float | None = None
    ) -> AsyncIterator[Reply]:
        """Run a job on the newest snapshot; leaving before its end kills its worker.

        It waits for a version of `at_least`, and for a while for the last one that was committed.
        Raises Busy when within the deadline there is no worker or no such version; the reply
        raises what the job does, TooCostly, TooComplex, AnswerTooLarge and Interrupted.
        """
        worker = await self._take(at_least)
        limits = self._limits if seconds is None else replace(self._limits, seconds=seconds)
        reply = WorkerReply(worker, limits)
        try:
            reply.send(pickle.dumps((job, self._limits.bytes)))
            yield reply
        finally:
            if not reply.reusable:
                self._killed[reply.ending] += 1
            self._release(worker, reusable=reply.reusable)

    def _start(self) -> None:
        self._replica = Replica(
            self._directory,
            memory=self._limits.memory,
            prepare=self._prepare,
            derives=self._limits.derives,
            arrived=self._arrived,
            ended=self._ended,
            version=self._at,
        )
        self._refill()

    def _follow(self, seq: int) -> None:
        if self._replica is not None:
            self._replica.follow(seq)

    def _arrived(self, version: int, day: int) -> None:
        self._version, self._day = version, day
        self._failures = 0
        for worker in [each for each in self._idle if self._is_behind(each)]:
            self._drop(worker)
        self._refill()

    def _ended(self, code: int) -> None:
        pause = min(_PAUSE * 2**self._failures, _LONGEST_PAUSE)
        self._failures += 1
        ending = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        _LOG.error("the replica process ended (%s); another starts in %.1f s", ending, pause)
        self._forget()
        self._spawn(self._restart(pause))

    def _forget(self) -> None:
        """Let go of a replica that has ended; a reply under way notices by itself."""
        self._replica = None
        self._ready = False
        for worker in self._idle:
            worker.dismiss()
        self._idle.clear()
        self._workers.clear()
        self._forking = 0

    async def _restart(self, pause: float) -> None:
        while self._replica is None:
            await asyncio.sleep(pause)
            try:
                self._start()
            except OSError as error:
                _LOG.error("the replica process could not be started: %s", error)

    def _refill(self) -> None:
        while self._replica and len(self._workers) + self._forking < self._limits.workers:
            self._forking += 1
            self._spawn(self._fork(self._replica))

    async def _fork(self, replica: Replica) -> None:
        try:
            worker = await replica.fork()
        except OSError as error:
            if replica is self._replica:
                _LOG.error("a worker could not be forked: %s", error)
                self._forking -= 1
                asyncio.get_running_loop().call_later(_PAUSE, self._refill)
            return
        if replica is not self._replica:
            worker.dismiss()
            return
        self._forking -= 1
        self._ready = True
        self._workers.add(worker)
        worker.ended.add_done_callback(lambda _: self._bury(worker))
        self._offer(worker)

    def _bury(self, worker: Worker) -> None:
        """Replace a worker that ended while it had nothing to do."""
        if worker in self._idle:
            self._drop(worker)
            self._refill()

    async def _take(self, at_least: int) -> Worker:
        begun = self.version >= 0
        if self.version < self._committed > at_least:
            fresh = self._limits.fresh_seconds if begun else _BEGINNING
            with suppress(TimeoutError):
                return await self._wait(self._committed, fresh)
        seconds = self._limits.seconds if begun else _BEGINNING
        try:
            return await self._wait(at_least, seconds)
        except TimeoutError:
            raise self._busy(at_least, seconds) from None

    async def _wait(self, at_least: int, seconds: float) -> Worker:
        for worker in reversed(self._idle):
            if worker.version >= at_least:
                self._idle.remove(worker)
                return worker
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append((at_least, place))
        try:
            async with asyncio.timeout(seconds):
                return await place
        except BaseException:
            if place.done() and not place.cancelled():
                self._offer(place.result())
            raise

    def _busy(self, at_least: int, seconds: float) -> Busy:
        if at_least > self.version >= 0:
            return Busy(
                f"the graph has not come to version {at_least} within {seconds:g} s",
                hint=f"it is at version {self.version}; ask again, or for a version that is there",
            )
        return Busy(f"no worker was free within {seconds:g} s", hint="ask again in a while")

    def _offer(self, worker: Worker) -> None:
        """Give a worker to the first that waits for its version, else keep it."""
        if self._is_behind(worker):
            self._drop(worker)
            self._refill()
            return
        self._waiting = [entry for entry in self._waiting if not entry[1].done()]
        for at_least, place in self._waiting:
            if at_least <= worker.version:
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _is_behind(self, worker: Worker) -> bool:
        return (worker.version, worker.day) < (self._version, self._day)

    def _release(self, worker: Worker, *, reusable: bool) -> None:
        if worker not in self._workers:
            worker.kill()
        elif reusable and not worker.ended.done():
            self._offer(worker)
        else:
            worker.kill()
            self._workers.discard(worker)
            self._refill()

    def _drop(self, worker: Worker) -> None:
        worker.dismiss()
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
