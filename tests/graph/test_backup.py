"""A copy made while a writer writes is a whole directory at one of its versions."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from graph.backup import backup
from graph.database import JOURNAL, Database
from graph.errors import DamagedJournal, InvalidRequest, NotFound
from graph.journal import Change
from tests.graph.conftest import quad, typed
from tests.graph.histories import commit, writer

ONE = quad("p1", "amount", typed("1.50", "decimal"))


def test_a_copy_has_the_history_and_opens_for_writing(tmp_path: Path) -> None:
    with Database.open(tmp_path / "db") as database:
        commit(database, Change(adds=(ONE,)))
        assert backup(tmp_path / "db", tmp_path / "a" / "copy") == 1
        original = list(database.journal.transactions())
        with Database.open(tmp_path / "a" / "copy") as copy:
            assert list(copy.journal.transactions()) == original
            assert set(copy.store.quads()) == {ONE}
            commit(copy, Change(removes=(ONE,)))
    assert {each.name for each in (tmp_path / "a").iterdir()} == {"copy"}


def test_copies_made_while_a_writer_writes_are_each_whole(tmp_path: Path) -> None:
    with subprocess.Popen(
        writer(tmp_path / "db"), cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        versions: list[int] = []
        try:
            for number in range(8):
                # What is acknowledged may be read late: a copy is made when more than the last one
                # holds is known to be written, so that each has something new.
                enough = versions[-1] + 40 if versions else 40
                acknowledged = next(each for each in map(int, process.stdout) if each >= enough)
                version = backup(tmp_path / "db", tmp_path / str(number))
                assert version >= acknowledged
                versions.append(version)
        finally:
            process.kill()
    assert versions == sorted(set(versions))
    for number, version in enumerate(versions):
        with Database.open(tmp_path / str(number), writable=False) as copy:
            assert copy.version == version
            assert len(list(copy.store.quads())) == 2 * version


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    with Database.open(tmp_path / "db") as database:
        commit(database, Change(adds=(ONE,)))
    with pytest.raises(InvalidRequest, match="is there already"):
        backup(tmp_path / "db", tmp_path / "db")
    with pytest.raises(NotFound):
        backup(tmp_path / "absent", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_damaged_directory_is_not_copied(tmp_path: Path) -> None:
    with Database.open(tmp_path / "db") as database:
        commit(database, Change(adds=(ONE,)))
        commit(database, Change(removes=(ONE,)))
    content = (tmp_path / "db" / JOURNAL).read_bytes()
    (tmp_path / "db" / JOURNAL).write_bytes(content.replace(b"1.50", b"1.51"))
    with pytest.raises(DamagedJournal, match="transaction 1 "):
        backup(tmp_path / "db", tmp_path / "copy")
    assert [each.name for each in tmp_path.iterdir()] == ["db"]
