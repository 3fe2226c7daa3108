"""What was acknowledged survives the writer's end, and no transaction is half there."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from graph.database import Database
from tests.conftest import Done

ROOT = Path(__file__).parents[2]
WRITERS = 4
# Four threads of the one process that may hold the directory. What they say goes to files, by
# single writes: a pipe that nobody reads would hold them up, and an idle process proves nothing.
PROGRAM = """
import itertools, os, sys, threading
from pathlib import Path
from graph.database import Database
from graph.journal import Change
from tests.graph.conftest import typed
from tests.graph.histories import fact
directory, told, name, honest = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
begun, acknowledged = (
    os.open(told / which, os.O_WRONLY | os.O_CREAT | os.O_APPEND) for which in ("begun", "told")
)
database = Database.open(directory)
def write(writer):
    for n in itertools.count():
        value = typed(str(n), "integer")
        subject = f"{name}-{writer}-{n}"
        change = Change(adds=tuple(fact(subject, each, value) for each in "abc"))
        if honest == "no":
            os.write(acknowledged, f"{subject}\\n".encode())
        with database.writing:
            os.write(begun, f"{subject}\\n".encode())
            database.commit(change, author="Ada", role="", reason="", source="")
        if honest == "yes":
            os.write(acknowledged, f"{subject}\\n".encode())
for writer in range(int(sys.argv[5])):
    threading.Thread(target=write, args=(writer,)).start()
"""


@dataclass
class Tally:
    """What the kills did: each set names transactions."""

    kills: int = 0
    inside: int = 0
    acknowledged: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    torn: set[str] = field(default_factory=set)
    unbegun: set[str] = field(default_factory=set)


def told(folder: Path, which: str) -> set[str]:
    file = folder / which
    return set(file.read_text().split("\n")[:-1]) if file.exists() else set()


def kill_one(directory: Path, folder: Path, name: str, random: Random, honest: str) -> None:
    """Start writers, wait until they have written, and kill them at a moment nobody chose."""
    before, enough = len(told(folder, "told")), random.randint(1, 40)
    given = [str(directory), str(folder), name, honest, str(WRITERS)]
    command = [sys.executable, "-c", PROGRAM, *given]
    with subprocess.Popen(command, cwd=ROOT) as process:
        while len(told(folder, "told")) < before + enough:
            assert process.poll() is None, "the writers ended"
            time.sleep(0.001)
        time.sleep(random.random() / 200)
        process.kill()


def kill(folder: Path, rounds: int, *, honest: bool = True) -> Tally:
    random, tally = Random(20261123), Tally()
    for number in range(rounds):
        # A journal is followed to its end at each start: a new one keeps the rounds short.
        directory = folder / f"graph{number // 20}"
        said = folder / f"told{number // 20}"
        said.mkdir(exist_ok=True)
        before = told(said, "begun") - told(said, "told")
        kill_one(directory, said, str(number), random, "yes" if honest else "no")
        tally.kills += 1
        tally.inside += told(said, "begun") - told(said, "told") > before
        inspect(directory, said, tally, writable=random.random() < 0.5)
    return tally


def inspect(directory: Path, said: Path, tally: Tally, *, writable: bool) -> None:
    """Compare what is there with what was begun and what was acknowledged."""
    there = defaultdict[str, int](int)
    with Database.open(directory, writable=writable) as database:
        for quad in database.store.quads():
            there[str(quad.subject).strip("<>").rpartition("/")[2]] += 1
    acknowledged = told(said, "told")
    tally.acknowledged |= acknowledged
    tally.lost |= acknowledged - there.keys()
    tally.torn |= {name for name, quads in there.items() if quads != 3}
    tally.unbegun |= there.keys() - told(said, "begun")


@pytest.mark.parametrize("rounds", [6, pytest.param(200, marks=pytest.mark.soak)])
def test_whenever_writers_are_killed_nothing_acknowledged_is_lost_or_torn(
    tmp_path: Path, rounds: int, done: Done
) -> None:
    tally = kill(tmp_path, rounds)
    assert (tally.lost, tally.torn, tally.unbegun) == (set(), set(), set())
    assert tally.inside >= rounds / 2
    done(
        f"{tally.kills} kills, {tally.inside} inside a transaction; of "
        f"{len(tally.acknowledged)} acknowledged transactions 0 lost, 0 torn"
    )


def test_a_writer_that_acknowledges_too_early_is_found(tmp_path: Path) -> None:
    assert kill(tmp_path, 6, honest=False).lost
