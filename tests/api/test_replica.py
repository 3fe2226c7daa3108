from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from api.replica import Replica
from graph.database import Database
from tests.api.asking import LIMITS, ROOT, prepare, record, things

ASSURED = 0.2
"""Seconds in which a replica tells what it has done; where it takes longer, less is shown."""


def test_a_worker_that_ends_before_its_fork_was_heard_of_is_told_as_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with Database.open(tmp_path) as database:
        record(database, things(range(10)))

        async def run() -> int:
            replica = started(tmp_path)
            try:
                forking = asyncio.create_task(replica.fork())
                await asyncio.sleep(0)
                # From here on nothing is heard until both pieces of news are there.
                os.kill(first_worker(replica), signal.SIGKILL)
                while workers(replica):
                    time.sleep(0.01)
                time.sleep(ASSURED)
                worker = await forking
                worker.dismiss()
                return await worker.ended
            finally:
                replica.stop()

        assert asyncio.run(run()) == -signal.SIGKILL


def started(directory: Path) -> Replica:
    return Replica(
        directory,
        memory=LIMITS.memory,
        prepare=f"{prepare.__module__}:{prepare.__name__}",
        derives=False,
        arrived=lambda version, day: None,
        ended=lambda code: None,
    )


def first_worker(replica: Replica) -> int:
    while not (found := workers(replica)):
        time.sleep(0.01)
    return found[0]


def workers(replica: Replica) -> list[int]:
    listed = Path(f"/proc/{replica.process}/task/{replica.process}/children").read_text()
    return [int(number) for number in listed.split()]
