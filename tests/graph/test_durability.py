"""What was acknowledged survives the writer's end, and was on disk before."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from random import Random
from time import sleep

import pytest

from graph.database import JOURNAL, Database
from graph.head import HEAD
from tests.graph.histories import writer

ROOT = Path(__file__).parents[2]
CALLS = re.compile(r'fdatasync\(\d+<([^>]*)>|write\(1<[^>]*>, "(\d+)\\n"')
TRACE = ["strace", "-f", "-y", "-e", "trace=fdatasync,write"]


def test_whenever_a_writer_is_killed_nothing_it_acknowledged_is_lost_or_torn(
    tmp_path: Path,
) -> None:
    random = Random(20261123)
    for _ in range(12):
        with subprocess.Popen(
            writer(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            acknowledged = [int(process.stdout.readline()) for _ in range(random.randint(1, 40))]
            sleep(random.random() / 500)
            process.kill()
            # What it told before it died counts, read or not.
            acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
        with Database.open(tmp_path, writable=random.random() < 0.5) as database:
            # The one more is the transaction it was killed in.
            assert database.version - acknowledged[-1] in (0, 1)
            assert len(list(database.store.quads())) == 2 * database.version


def can_trace() -> bool:
    return (
        bool(shutil.which("strace"))
        and not subprocess.run([*TRACE, "true"], capture_output=True).returncode
    )


@pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")
def test_every_answer_comes_after_the_journal_and_its_head_are_on_disk(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = [*TRACE, "-o", str(trace), *writer(tmp_path / "db", until=50)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    calls = CALLS.findall(trace.read_text())
    names = [number or Path(path).name for path, number in calls]
    answers = [at for at, name in enumerate(names) if name.isdigit()]
    assert [names[at] for at in answers] == [str(n) for n in range(1, 51)]
    for at in answers:
        assert names[at - 2 : at] == [f"{JOURNAL}-wal", HEAD]
