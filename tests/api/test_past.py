"""Runners on past versions are begun when asked for, kept while used, and ended for others."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from api import past
from api.in_process import InProcess
from api.past import Past
from api.pool import Runner
from api.reply import Limits
from graph.errors import Busy, Forbidden
from graph.memory_store import MemoryStore

LIMITS = Limits(seconds=1, memory=1, bytes=1, workers=0, derives=False)


class Counted(InProcess):
    """A runner that says when it ends."""

    def __init__(self, version: int, ended: list[int]) -> None:
        super().__init__(MemoryStore.of((), version), LIMITS)
        self._ended = ended

    async def stop(self) -> None:
        self._ended.append(self.version)


class Runners:
    """The runners that were begun and that were ended, by their versions."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.ended: list[int] = []

    async def make(self, version: int) -> Runner:
        self.begun.append(version)
        return Counted(version, self.ended)


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_a_runner_is_kept_for_the_next_question_and_ended_for_another_version() -> None:
    async def work() -> None:
        runners = Runners()
        kept = Past(runners.make, most=2)
        for version in (1, 2, 1, 3, 1):
            async with kept.at(version) as runner:
                assert runner.version == version
        assert (runners.begun, runners.ended) == ([1, 2, 3], [2])
        await kept.stop()
        assert sorted(runners.ended) == [1, 2, 3]

    run(work())


def test_no_runner_that_is_used_is_ended() -> None:
    async def work() -> None:
        runners = Runners()
        kept = Past(runners.make, most=1)
        async with kept.at(1):
            with pytest.raises(Busy, match="1 other past versions"):
                async with kept.at(2):
                    pass
            async with kept.at(1):
                pass
        assert runners.ended == []
        await kept.stop()

    run(work())


def test_two_that_ask_at_once_begin_one() -> None:
    async def work() -> None:
        runners = Runners()
        kept = Past(runners.make, most=2)

        async def ask() -> None:
            async with kept.at(1):
                await asyncio.sleep(0)

        await asyncio.gather(ask(), ask())
        assert runners.begun == [1]
        await kept.stop()

    run(work())


def test_a_runner_that_nobody_asks_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> None:
        runners = Runners()
        kept = Past(runners.make, most=2)
        async with kept.at(1), asyncio.timeout(10):
            pass
        async with asyncio.timeout(10):
            while not runners.ended:
                await asyncio.sleep(0.001)
        assert runners.ended == [1]

    monkeypatch.setattr(past, "_KEPT", 0.001)
    run(work())


def test_where_there_may_be_none_the_past_is_refused() -> None:
    async def work() -> None:
        with pytest.raises(Forbidden, match="past versions"):
            async with Past(Runners().make, most=0).at(1):
                pass

    run(work())


def test_who_asks_as_a_runner_is_ended_gets_another() -> None:
    async def work() -> None:
        runners = Runners()
        kept = Past(runners.make, most=2)
        async with kept.at(1):
            pass
        loop = asyncio.get_running_loop()
        entered = asyncio.Event()

        async def ask() -> None:
            async with kept.at(1):
                entered.set()
                await asyncio.sleep(0.01)
                assert runners.begun[1:] == runners.ended

        asking = loop.create_task(ask())
        kept._retire(1)
        await asyncio.wait_for(asking, 10)
        assert entered.is_set()
        await kept.stop()

    run(work())
