"""Whatever is damaged in a data directory: all that was acknowledged is there, or nothing opens."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from graph.database import JOURNAL, Database
from graph.errors import DamagedJournal, ServandaError
from graph.head import HEAD
from tests.graph.histories import writer

ROOT = Path(__file__).parents[2]
ACKNOWLEDGED = 20
WAL = f"{JOURNAL}-wal"


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the directory of a writer that was killed after its acknowledgements were read."""
    directory = tmp_path_factory.mktemp("killed")
    ended = subprocess.run(
        writer(directory, until=ACKNOWLEDGED), cwd=ROOT, capture_output=True, text=True
    )
    assert ended.returncode == -9, ended.stderr
    assert ended.stdout.split()[-1] == str(ACKNOWLEDGED)
    # All of it is in the write-ahead log: SQLite empties that only at 1000 pages.
    assert (directory / WAL).stat().st_size > 4096 * ACKNOWLEDGED
    return directory


@pytest.fixture
def copy(killed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(killed, tmp_path / "copy"))


def count(directory: Path, *, writable: bool) -> int:
    with Database.open(directory, writable=writable) as database:
        quads = len(list(database.store.quads()))
        assert quads == 2 * database.version
        return database.version


def damage(file: Path, random: Random) -> str:
    content = bytearray(file.read_bytes())
    how = random.choice(["cut", "flip", "delete"])
    if how == "cut":
        file.write_bytes(content[: random.randrange(len(content))])
    elif how == "flip":
        content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        file.write_bytes(content)
    else:
        file.unlink()
    return how


@pytest.mark.parametrize("writable", [True, False])
def test_an_undamaged_copy_has_everything(copy: Path, writable: bool) -> None:
    assert count(copy, writable=writable) == ACKNOWLEDGED


def test_no_damage_to_one_file_loses_a_write_silently(killed: Path, tmp_path: Path) -> None:
    random = Random(20261123)
    refused = dict.fromkeys([WAL, JOURNAL, HEAD], 0)
    for number in range(300):
        copy = Path(shutil.copytree(killed, tmp_path / str(number)))
        name = random.choice(list(refused))
        how = damage(copy / name, random)
        left = (copy / WAL).read_bytes() if (copy / WAL).exists() else None
        try:
            assert count(copy, writable=random.random() < 0.5) == ACKNOWLEDGED, (name, how)
        except ServandaError:
            refused[name] += 1
            assert not left or (copy / WAL).read_bytes() == left, "the evidence was destroyed"
        shutil.rmtree(copy)
    # The detector is known to work: damage was done, and most of it was fatal.
    assert refused[WAL] > 60
    assert refused[HEAD] == 0


def test_a_log_cut_at_its_end_names_what_is_gone_and_how_to_go_on(copy: Path) -> None:
    log = (copy / WAL).read_bytes()
    (copy / WAL).write_bytes(log[:-1])
    with pytest.raises(DamagedJournal, match="ends after transaction 19, and transaction 20") as no:
        Database.open(copy)
    assert no.value.hint is not None
    assert f"remove `{copy / HEAD}`" in no.value.hint
    (copy / HEAD).unlink()
    assert count(copy, writable=True) == 19
    assert count(copy, writable=True) == 19


def test_a_journal_that_is_gone_is_not_begun_anew(copy: Path) -> None:
    (copy / JOURNAL).unlink()
    for writable in (True, False):
        with pytest.raises(DamagedJournal, match="ends after transaction 0"):
            Database.open(copy, writable=writable)
    assert not (copy / JOURNAL).exists()
    (copy / JOURNAL).touch()
    with pytest.raises(DamagedJournal, match="ends after transaction 0"):
        Database.open(copy)
    assert (copy / WAL).stat().st_size


def test_a_writer_killed_before_it_kept_the_head_has_lost_nothing(copy: Path, killed: Path) -> None:
    """Its last transaction was recorded and not acknowledged: it stays, and the head follows."""
    head = (copy / HEAD).read_bytes()
    # The last record stands in the first block, for its number is even.
    (copy / HEAD).write_bytes(b"\0" * 4096 + head[4096:])
    assert count(copy, writable=True) == ACKNOWLEDGED
    assert (copy / HEAD).read_bytes() == head == (killed / HEAD).read_bytes()


def test_another_journal_under_the_same_head_is_noticed(copy: Path, tmp_path: Path) -> None:
    ended = subprocess.run(writer(tmp_path / "eve", ACKNOWLEDGED, author="Eve"), cwd=ROOT)
    assert ended.returncode == -9
    shutil.copy(copy / HEAD, tmp_path / "eve" / HEAD)
    with pytest.raises(DamagedJournal, match="transaction 20 "):
        Database.open(tmp_path / "eve")
