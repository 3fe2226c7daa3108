"""What comes back from a job: its head, its chunks as they come, and why there are no more."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from api.replica import Worker
from graph import channel
from graph.errors import AnswerTooLarge, Interrupted, ServandaError, TooComplex, TooCostly
from graph.worker import out_of_memory

# Seconds beyond its deadline for the news of a worker's end to come, after its connection closed.
_NEWS: Final = 1.0


@dataclass(frozen=True)
class Limits:
    """What a job may take and how many run at once.

    `seconds` are those of its work: those in which nobody takes its answer do not count. `memory`
    is in bytes above what the snapshot holds, `bytes` the length of an answer. Snapshots have
    derived graphs if the runner `derives`. For `fresh_seconds` a question waits for the last change
    that was acknowledged before it.
    """

    seconds: float
    memory: int
    bytes: int
    workers: int
    derives: bool = True
    fresh_seconds: float = 1


class Reply(Protocol):
    """An answer on its way. `head` is there with the first chunk, or at the end.

    What is derived for a day is derived for `day` (ordinal).
    """

    head: Mapping[str, Any]
    version: int
    day: int

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the chunks; raises what the job raised, which voids all that was given."""


class WorkerReply:
    """The reply of a worker, which may be used again if `reusable`; `ending` says why not."""

    def __init__(self, worker: Worker, limits: Limits) -> None:
        """Listen to `worker`."""
        self.head: Mapping[str, Any] = {}
        self.version = worker.version
        self.day = worker.day
        self.reusable = False
        self.ending = "client left"
        self._worker = worker
        self._limits = limits
        self._seconds_left = limits.seconds

    def send(self, job: bytes) -> None:
        """Give the worker a pickled job; it reads while it is idle, so this need not wait."""
        self._worker.writer.write(channel.frame(channel.JOB, job))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Give the chunks."""
        while True:
            kind, content = await self._next()
            if kind == channel.CHUNK:
                yield content
            elif kind == channel.HEAD:
                self.head = json.loads(content)
            elif kind == channel.END:
                self.reusable = content != channel.WORN
                self.ending = "worn"
                return
            else:
                raise self._failure(kind, content)

    async def _next(self) -> tuple[bytes, bytes]:
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(self._seconds_left):
                return await self._worker.receive()
        except TimeoutError:
            self.ending = "time"
            raise TooCostly(
                f"the answer was not ready within {self._limits.seconds:g} s",
                hint="narrow the question: patterns that share no variable multiply each other",
            ) from None
        except (EOFError, ConnectionError):
            left = max(self._seconds_left - (clock() - begun), 0)
            raise await self._post_mortem(left + _NEWS) from None
        finally:
            self._seconds_left -= clock() - begun

    def _failure(self, kind: bytes, content: bytes) -> Exception:
        if kind == channel.REFUSED:
            error = channel.read_refusal(content)
            self.reusable = not isinstance(error, AnswerTooLarge | TooCostly)
            self.ending = "size" if isinstance(error, AnswerTooLarge) else "memory"
            return error
        self.ending = "fault"
        return RuntimeError(f"a worker failed:\n{content.decode()}")

    async def _post_mortem(self, seconds: float) -> ServandaError:
        """Say why the worker has ended, if the news of it comes in time."""
        done, _ = await asyncio.wait([self._worker.ended], timeout=seconds)
        code = next((end.result() for end in done if not end.cancelled()), None)
        self.ending = "crash"
        if code == -signal.SIGABRT:
            self.ending = "memory"
            return out_of_memory()
        if code == -signal.SIGSEGV:
            return TooComplex(
                "the question is nested so deeply that the engine broke on it",
                hint="write it with fewer brackets and shorter chains of operators",
            )
        return Interrupted("the process that worked on the answer has ended", hint="ask again")
