"""What was acknowledged was on disk before, and a journal that ends anywhere is never less."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from graph.database import JOURNAL, Database
from graph.errors import DamagedJournal
from graph.head import HEAD, Head, HeadFile
from tests.conftest import Done
from tests.graph.histories import writer

ROOT = Path(__file__).parents[2]
WAL = f"{JOURNAL}-wal"
CALLS = re.compile(r'fdatasync\(\d+<([^>]*)>|write\(1<[^>]*>, "(\d+)\\n"')
TRACE = ["strace", "-f", "-y", "-e", "trace=fdatasync,write"]
LAST = 20
# https://www.sqlite.org/fileformat2.html#the_write_ahead_log
WAL_HEADER, FRAME_HEADER = 32, 24


def can_trace() -> bool:
    return (
        bool(shutil.which("strace"))
        and not subprocess.run([*TRACE, "true"], capture_output=True).returncode
    )


def early(folder: Path, acknowledgements: int, synchronous: str = "") -> list[int]:
    """Give the acknowledgements before which the journal or the head was not yet on disk."""
    trace = folder / "trace"
    command = writer(folder / "db", until=acknowledgements, synchronous=synchronous)
    subprocess.run([*TRACE, "-o", str(trace), *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    calls = CALLS.findall(trace.read_text())
    names = [number or Path(path).name for path, number in calls]
    answers = [-1, *(at for at, name in enumerate(names) if name.isdigit())]
    assert [names[at] for at in answers[1:]] == [str(n + 1) for n in range(acknowledgements)]
    return [
        int(names[at])
        for before, at in pairwise(answers)
        if WAL not in (synced := names[before + 1 : at]) or synced[-1] != HEAD
    ]


@pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")
@pytest.mark.parametrize("count", [50, pytest.param(1000, marks=pytest.mark.soak)])
def test_every_answer_comes_after_the_journal_and_its_head_are_on_disk(
    tmp_path: Path, count: int, done: Done
) -> None:
    assert early(tmp_path, count) == []
    done(f"{count} of {count} acknowledgements came after the fdatasync of journal and head")


@pytest.mark.skipif(not can_trace(), reason="needs strace and the right to use it")
def test_a_journal_that_is_not_synced_is_found(tmp_path: Path) -> None:
    assert len(early(tmp_path, 10, synchronous="OFF")) == 10


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory of a writer that was killed with all it wrote in the log."""
    directory = tmp_path_factory.mktemp("killed")
    ended = subprocess.run(writer(directory, until=LAST), cwd=ROOT, stdout=subprocess.DEVNULL)
    assert ended.returncode == -9
    return directory


@pytest.fixture(scope="module")
def closed(killed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the same directory with all of it in the main file."""
    directory = tmp_path_factory.mktemp("closed") / "graph"
    shutil.copytree(killed, directory)
    with Database.open(directory):
        pass
    assert not (directory / WAL).exists()
    return directory


def ends_of_transactions(log: bytes) -> list[int]:
    """Find in a log where each transaction in it is complete: its last frame says so."""
    frame = FRAME_HEADER + int.from_bytes(log[8:12])
    return [
        at + frame
        for at in range(WAL_HEADER, len(log) - frame + 1, frame)
        if int.from_bytes(log[at + 4 : at + 8])
    ]


def cut(directory: Path, folder: Path, file: str, length: int, *, acknowledged: int) -> int | None:
    """Cut a file of a copy, whose head is that of an earlier moment; None when it is refused.

    Give the version it opens at, with all quads up to there.
    """
    copy = folder / "cut"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in (JOURNAL, WAL, HEAD):
        if (directory / name).exists():
            shutil.copy(directory / name, copy / name)
    (copy / file).write_bytes((directory / file).read_bytes()[:length])
    if acknowledged < LAST:
        (copy / HEAD).unlink()
        with HeadFile(copy / HEAD) as head:
            head.write(Head(acknowledged, hash_of(directory, acknowledged)))
    try:
        with Database.open(copy, writable=False) as database:
            assert len(list(database.store.quads())) == 2 * database.version
            return database.version
    except DamagedJournal:
        return None


HASHES: dict[tuple[Path, int], str] = {}


def hash_of(directory: Path, seq: int) -> str:
    if (directory, seq) not in HASHES:
        with Database.open(directory, writable=False) as database:
            for each in database.journal.transactions():
                HASHES[directory, each.seq] = each.hash
    return HASHES[directory, seq]


STEPS = [211, pytest.param(1, marks=pytest.mark.soak)]


@pytest.mark.parametrize("step", STEPS)
def test_a_log_cut_anywhere_holds_its_last_complete_transaction_or_is_refused(
    killed: Path, tmp_path: Path, step: int, done: Done
) -> None:
    ends = ends_of_transactions((killed / WAL).read_bytes())
    *_, first, _, _, last = ends
    lengths = {*range(first, last + 1, step), *ends[-4:], *(end - 1 for end in ends[-3:])}
    for length in sorted(lengths):
        complete = LAST - sum(end > length for end in ends)
        found = cut(killed, tmp_path, WAL, length, acknowledged=LAST - 3)
        assert found == complete, length
        whole = cut(killed, tmp_path, WAL, length, acknowledged=LAST)
        assert whole == (LAST if complete == LAST else None), length
    done(f"the log was cut at {len(lengths)} places")


@pytest.mark.parametrize("step", STEPS)
def test_a_journal_cut_anywhere_is_refused(
    closed: Path, tmp_path: Path, step: int, done: Done
) -> None:
    journal = (closed / JOURNAL).read_bytes()
    first = journal.index(hash_of(closed, LAST - 2).encode()) // 4096 * 4096
    lengths = range(first, len(journal), step)
    for length in lengths:
        assert cut(closed, tmp_path, JOURNAL, length, acknowledged=LAST) is None, length
        assert cut(closed, tmp_path, JOURNAL, length, acknowledged=LAST - 3) is None, length
    assert cut(closed, tmp_path, JOURNAL, len(journal), acknowledged=LAST) == LAST
    done(f"the journal was cut at {len(lengths)} places")


def test_sqlite_itself_drops_the_end_of_a_cut_log(killed: Path, tmp_path: Path) -> None:
    """Without the head the same cut loses what was acknowledged, in silence."""
    last = ends_of_transactions((killed / WAL).read_bytes())[-1]
    assert cut(killed, tmp_path, WAL, last - 1, acknowledged=LAST) is None
    (tmp_path / "cut" / HEAD).unlink()
    with Database.open(tmp_path / "cut", writable=False) as database:
        assert database.version == LAST - 1
