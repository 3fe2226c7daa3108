"""Imports are kept in bounds, go on unwatched, and end with the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from api.imports.register import MOST_AT_ONCE, MOST_KEPT, Import, Register
from api.imports.report import Progress, Report
from graph.errors import Busy, NotFound


def report() -> Report:
    return Report(file="a.csv", name="a", dryRun=False)


async def ends(importing: Import) -> None:
    importing.tell(Progress.done)


def until(
    event: asyncio.Event, state: Progress = Progress.reading
) -> Callable[[Import], Awaitable[None]]:
    """Give work that is in a state until it is let go."""

    async def work(importing: Import) -> None:
        importing.tell(state)
        await event.wait()
        importing.tell(Progress.done)

    return work


def test_an_import_ends_though_nobody_watches_it() -> None:
    async def main() -> Progress:
        begun = Register().begin(report(), ends)
        assert begun.task is not None
        await begun.task
        return begun.report.state

    assert asyncio.run(main()) is Progress.done


def test_who_is_slow_to_take_a_report_sees_the_last_one_all_the_same() -> None:
    async def main() -> list[Progress]:
        importing = Import(report())
        importing.tell(Progress.reading)
        seen = []
        async for each in importing.watch():
            seen.append(each.state)
            if each.state is Progress.reading:
                importing.tell(Progress.done)
        return seen

    assert asyncio.run(main()) == [Progress.reading, Progress.done]


def test_each_who_watches_sees_the_last_state_and_then_the_end() -> None:
    async def main() -> list[list[Progress]]:
        go = asyncio.Event()
        begun = Register().begin(report(), until(go))

        async def watched() -> list[Progress]:
            return [each.state async for each in begun.watch()]

        watchers = [asyncio.create_task(watched()) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        go.set()
        return await asyncio.gather(*watchers)

    for seen in asyncio.run(main()):
        assert seen[-1] is Progress.done
        assert seen == list(dict.fromkeys(seen))


def test_no_more_than_a_few_go_on_at_once() -> None:
    async def main() -> None:
        go, register = asyncio.Event(), Register()
        begun = [register.begin(report(), until(go)) for _ in range(MOST_AT_ONCE)]
        with pytest.raises(Busy):
            register.begin(report(), ends)
        go.set()
        await asyncio.gather(*(each.task for each in begun if each.task))
        register.begin(report(), ends)

    asyncio.run(main())


def test_the_oldest_that_are_over_are_forgotten() -> None:
    async def main() -> None:
        register, ids = Register(), []
        for _ in range(MOST_KEPT + 2):
            begun = register.begin(report(), ends)
            assert begun.task is not None
            await begun.task
            ids.append(begun.id)
        for forgotten in ids[:2]:
            with pytest.raises(NotFound):
                register.find(forgotten)
        assert all(register.find(kept) for kept in ids[2:])

    asyncio.run(main())


def test_a_stop_ends_what_reads_and_waits_for_what_writes() -> None:
    async def main() -> list[bool]:
        go, register = asyncio.Event(), Register()
        reading = register.begin(report(), until(go))
        writing = register.begin(report(), until(go, Progress.writing))
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(go.set)
        await register.stop()
        assert writing.report.state is Progress.done
        return [each.task is not None and each.task.cancelled() for each in (reading, writing)]

    assert asyncio.run(main()) == [True, False]
