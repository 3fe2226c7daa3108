"""Runs jobs in the server's own process: where there are no workers, by setting or by system.

Nothing can stop a job here, and one that breaks the engine ends the server.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from api.reply import Limits, Reply
from api.threads import in_thread
from graph.clock import today
from graph.derivation import Derivation
from graph.errors import Busy
from graph.journal import Transaction
from graph.store import Store
from graph.worker import Job, too_many_bytes


class InProcess:
    """A runner that runs each job in a thread, on the one store there is."""

    def __init__(self, store: Store, limits: Limits) -> None:
        """Answer from `store`; of the limits, only that of bytes holds."""
        self._store = store
        self._limits = limits
        self._derivation: Derivation | None = None

    @property
    def version(self) -> int:
        """Give the version of the store."""
        return self._store.head

    @property
    def ready(self) -> bool:
        """Be ready: the store was opened before."""
        return True

    @property
    def workers(self) -> Mapping[str, int]:
        """Have no workers."""
        return {}

    @property
    def killed(self) -> Mapping[str, int]:
        """Have none to kill."""
        return {}

    async def start(self, version: int) -> None:
        """Make the derived graphs."""
        if self._limits.derives:
            self._derivation = Derivation(self._store, today().toordinal())

    async def stop(self) -> None:
        """Do nothing: a job that runs cannot be stopped."""

    def follow(self, transaction: Transaction) -> None:
        """Bring the derived graphs to a change; the rest of the store is the writer's own."""
        if self._derivation is not None:
            self._derivation.follow(transaction)

    @asynccontextmanager
    async def run(
        self, job: Job, *, at_least: int = 0, seconds: float | None = None
    ) -> AsyncIterator[Reply]:
        """Run a job to its end; every version that was committed is there."""
        if at_least > self.version:
            raise Busy(f"the graph is at version {self.version}, not at {at_least}")
        day = today().toordinal()
        if self._derivation is not None:
            self._derivation.at_day(day)
        reply = _Gathered(self.version, day, self._limits.bytes)
        await in_thread(partial(job.run, self._store, reply))
        yield reply


class _Gathered:
    """An answer that is whole before it is given."""

    def __init__(self, version: int, day: int, most_bytes: int) -> None:
        self.head: Mapping[str, Any] = {}
        self.version = version
        self.day = day
        self._most = most_bytes
        self._content = bytearray()

    def begin(self, about: Mapping[str, Any]) -> None:
        self.head = about

    def write(self, data: bytes) -> int:
        self._content += data
        if len(self._content) > self._most:
            raise too_many_bytes(self._most)
        return len(data)

    def flush(self) -> None:
        """Do nothing."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield bytes(self._content)
