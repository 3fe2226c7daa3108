from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from api.pool import Pool
from graph.database import Database
from graph.errors import Busy, InvalidRequest, TooComplex, TooCostly
from graph.journal import Change
from tests.api.asking import (
    COUNT,
    ENDLESS,
    SORTED_PRODUCT,
    Ask,
    Open,
    answer,
    counted,
    pool,
    record,
    things,
)

NESTED = {
    "exists": "ASK { ?s ?p ?o FILTER " + "EXISTS { ?s ?p ?o FILTER " * 2000 + "(true)" + "}" * 2001,
    "functions": "ASK { FILTER(" + "STR(" * 4000 + "1" + ")" * 4001 + "}",
    "groups": "ASK " + "{" * 20_000 + "}" * 20_000,
    "sums": "ASK { FILTER(1 = 1" + "+1" * 40_000 + ") }",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Give a database with a thousand statements, which no test changes."""
    with Database.open(tmp_path_factory.mktemp("many")) as database:
        record(database, things(range(1000)))
        yield database


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Database]:
    """Give a database with a thousand statements of the test's own."""
    with Database.open(tmp_path / "growing") as database:
        record(database, things(range(1000)))
        yield database


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def processes(pool: Pool) -> set[int]:
    """Give the worker processes, once there are as many as there should be."""
    await until(lambda: len(workers(pool)) == 2)
    return workers(pool)


def workers(pool: Pool) -> set[int]:
    assert pool.process is not None
    listed = Path(f"/proc/{pool.process}/task/{pool.process}/children").read_text()
    return {int(number) for number in listed.split()}


def in_pool(
    database: Database, work: Callable[[Pool], Coroutine[None, None, None]], **limits: Any
) -> None:
    async def run() -> None:
        async with pool(database, **limits) as running:
            await work(running)

    asyncio.run(run())


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_a_table_is_the_same_as_in_the_servers_own_process(database: Database, format: str) -> None:  # noqa: A002
    async def work(running: Pool) -> None:
        text = "SELECT * { ?s ?p ?o . ?s ?q ?r } ORDER BY ?s"
        assert await answer(running, text, format=format) == database.store.query(text).write(
            format
        )

    in_pool(database, work)


@pytest.mark.parametrize("format", ["ttl", "nt", "rdf", "jsonld"])
def test_a_graph_is_the_same_as_in_the_servers_own_process(database: Database, format: str) -> None:  # noqa: A002
    async def work(running: Pool) -> None:
        text = "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } ORDER BY ?s } }"
        assert await answer(running, text, format=format) == database.store.query(text).write(
            format
        )

    in_pool(database, work)


def test_workers_stand_behind_the_server_for_the_processor(database: Database) -> None:
    async def work(running: Pool) -> None:
        numbers = await processes(running)

        def behind() -> bool:
            ours, *theirs = (os.getpriority(os.PRIO_PROCESS, each) for each in (0, *numbers))
            return all(each > ours for each in theirs)

        await until(behind)

    in_pool(database, work)


def test_a_query_that_does_not_end_is_ended_and_its_worker_replaced(database: Database) -> None:
    async def work(running: Pool) -> None:
        before = await processes(running)
        with pytest.raises(TooCostly, match="within 1 s"):
            await answer(running, ENDLESS)
        await until(lambda: len(workers(running) - before) == 1)
        assert await counted(running) == (1, 1000)

    in_pool(database, work, seconds=1)


def test_a_query_that_takes_all_memory_ends_its_worker_alone(database: Database) -> None:
    async def work(running: Pool) -> None:
        beside = asyncio.ensure_future(answer(running, ENDLESS))
        with pytest.raises(TooCostly, match="memory"):
            await answer(running, SORTED_PRODUCT)
        assert await counted(running) == (1, 1000)
        assert not beside.done()
        beside.cancel()
        await processes(running)

    in_pool(database, work, memory=64 * 2**20)


@pytest.mark.parametrize("name", NESTED)
def test_a_text_that_breaks_the_engine_ends_its_worker_alone(database: Database, name: str) -> None:
    async def work(running: Pool) -> None:
        with pytest.raises(TooComplex):
            await answer(running, NESTED[name])
        assert await counted(running) == (1, 1000)
        await processes(running)

    in_pool(database, work)


def test_a_mistake_in_a_query_costs_no_worker(database: Database) -> None:
    async def work(running: Pool) -> None:
        before = await processes(running)
        for _ in range(5):
            with pytest.raises(InvalidRequest, match="never closed"):
                await answer(running, "SELECT * {")
        assert await processes(running) == before

    in_pool(database, work)


@pytest.mark.parametrize("silent", [False, True])
def test_a_worker_reaches_no_server(database: Database, silent: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        text = outside(trap, silent=silent)

        async def work(running: Pool) -> None:
            if silent:
                assert await answer(running, text)
            else:
                with pytest.raises(RuntimeError, match="Too many open files"):
                    await answer(running, text)

        in_pool(database, work)
        with pytest.raises(TimeoutError):
            trap.accept()


def outside(trap: socket.socket, *, silent: bool) -> str:
    """Give a query that asks the server at the other end of a trap."""
    port = trap.getsockname()[1]
    return f"ASK {{ SERVICE {'SILENT ' * silent}<http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"


def test_the_trap_does_catch_a_query_outside_of_a_worker(database: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(30)
        text = outside(trap, silent=True)
        caught = []

        async def work() -> None:
            asked = asyncio.ensure_future(
                asyncio.to_thread(lambda: database.store.query(text).boolean)
            )
            connection, _ = await asyncio.to_thread(trap.accept)
            caught.append(connection)
            connection.close()
            await asked

        asyncio.run(work())
        assert caught


def test_a_worker_opens_no_file(database: Database) -> None:
    async def work(running: Pool) -> None:
        with pytest.raises(RuntimeError, match="Too many open files"):
            async with running.run(Open("/etc/hostname")) as reply:
                _ = [chunk async for chunk in reply]

    in_pool(database, work)


def test_a_worker_holds_no_file_but_its_socket(database: Database) -> None:
    async def work(running: Pool) -> None:
        for number in await processes(running):
            # A fork begins with what its parent has open.
            await until(lambda number=number: len(held(number)) == 4)  # type: ignore[misc]
            *standard, last = sorted(held(number))
            assert standard == ["/dev/null"] * 3
            assert last.startswith("socket:")

    in_pool(database, work)


def held(process: int) -> list[str]:
    """Name what a process has open."""
    found = []
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(link.readlink()))
    return found


def test_two_workers_do_not_draw_the_same_random_values(growing: Database) -> None:
    async def work(running: Pool) -> None:
        draw = "SELECT (UUID() AS ?u) (RAND() AS ?r) (STRUUID() AS ?t) {}"
        await processes(running)
        drawn = set()
        for number in range(1000, 1005):
            # A write that removes runs an update in the replica, before its next forks.
            record(growing, Change(removes=things([number - 1]).adds, adds=things([number]).adds))
            async with running.run(Ask(ENDLESS)):
                drawn |= {await answer(running, draw, format="csv")}
            drawn |= {await answer(running, draw, format="csv")}
        assert len(drawn) == 10

    in_pool(growing, work)


def test_a_query_ends_on_the_version_it_began_with_while_a_write_lands(growing: Database) -> None:
    async def work(running: Pool) -> None:
        text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        async with running.run(Ask(text, "tsv")) as reply:
            chunks = aiter(reply)
            await anext(chunks)
            record(growing, things([1000]))
            assert await counted(running, at_least=2) == (2, 1001)
            assert reply.version == 1
            for _ in range(100):
                assert b"/1000>" not in await anext(chunks)

    in_pool(growing, work)


def test_what_was_written_is_read_without_asking_for_its_version(growing: Database) -> None:
    async def work(running: Pool) -> None:
        await processes(running)
        for number in range(1000, 1010):
            record(growing, things([number]))
            assert await counted(running) == (number - 998, number + 1)

    in_pool(growing, work)


def test_a_replica_that_lags_is_waited_for_only_so_long(growing: Database) -> None:
    async def work(running: Pool) -> None:
        await processes(running)
        replica = running.process
        assert replica is not None
        os.kill(replica, signal.SIGSTOP)
        try:
            record(growing, things([1000]))
            assert await counted(running) == (1, 1000)
        finally:
            os.kill(replica, signal.SIGCONT)
        assert await counted(running, at_least=2) == (2, 1001)

    in_pool(growing, work, fresh_seconds=0.1)


def test_many_writes_at_once_are_followed_to_the_last(growing: Database) -> None:
    async def work(running: Pool) -> None:
        for number in range(1000, 2000):
            record(growing, things([number]))
        assert await counted(running) == (1001, 2000)
        await processes(running)

    in_pool(growing, work)


def test_a_version_that_does_not_come_is_told(database: Database) -> None:
    async def work(running: Pool) -> None:
        await processes(running)
        with pytest.raises(Busy, match="version 9 within 1 s"):
            await counted(running, at_least=9)

    in_pool(database, work, seconds=1)


def test_whoever_finds_no_worker_in_time_is_told(database: Database) -> None:
    async def work(running: Pool) -> None:
        async with running.run(Ask(ENDLESS)), running.run(Ask(ENDLESS)):
            with pytest.raises(Busy, match="no worker was free"):
                await counted(running)
        assert await counted(running) == (1, 1000)

    in_pool(database, work, seconds=2)


def test_leaving_a_reply_ends_its_worker(database: Database) -> None:
    async def work(running: Pool) -> None:
        before = await processes(running)
        async with running.run(Ask(ENDLESS)):
            pass
        await until(lambda: len(workers(running) - before) == 1)
        assert len(await processes(running)) == 2

    in_pool(database, work)


def test_a_worker_that_ends_while_idle_is_replaced(database: Database) -> None:
    async def work(running: Pool) -> None:
        before = await processes(running)
        for number in before:
            os.kill(number, signal.SIGKILL)
        await until(lambda: len(workers(running) - before) == 2)
        assert await counted(running) == (1, 1000)

    in_pool(database, work)


def test_a_replica_that_ends_is_told_of_and_started_again(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def work(running: Pool) -> None:
        before = await processes(running)
        assert running.process is not None
        os.kill(running.process, signal.SIGKILL)
        await until(lambda: not any(Path(f"/proc/{number}").exists() for number in before))
        assert await counted(running) == (1, 1000)

    in_pool(database, work)
    assert "the replica process ended (SIGKILL)" in caplog.text


def test_a_stopped_pool_leaves_no_process(database: Database) -> None:
    left: set[int] = set()

    async def work(running: Pool) -> None:
        assert running.process is not None
        left.update(await processes(running), [running.process])

    in_pool(database, work)
    asyncio.run(until(lambda: not any(Path(f"/proc/{number}").exists() for number in left)))


def test_a_slow_reader_is_waited_for(database: Database) -> None:
    async def work(running: Pool) -> None:
        text = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 50000"
        async with running.run(Ask(text, "tsv")) as reply:
            chunks = aiter(reply)
            given = [await anext(chunks)]
            # Longer than the deadline: the time in which nobody reads is not the query's.
            await asyncio.sleep(3.5)
            given += [chunk async for chunk in chunks]
        assert max(map(len, given)) == 64 * 1024
        assert b"".join(given).count(b"\n") == 1 + 50_000

    in_pool(database, work, seconds=3, bytes=2**30)


def test_the_memory_of_the_server_stays_the_same_over_many_ended_queries(
    database: Database,
) -> None:
    async def work(running: Pool) -> None:
        before = memory()
        for _ in range(30):
            with pytest.raises(TooComplex):
                await answer(running, NESTED["exists"])
        assert memory() - before < 50 * 2**20
        assert await answer(running, COUNT, format="csv") == b"n\r\n1000\r\n"

    in_pool(database, work)


def memory() -> int:
    """Give the resident memory of this process in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
