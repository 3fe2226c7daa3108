"""A copy made while a writer writes is a whole directory at one of its versions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.backup import backup
from graph.database import JOURNAL, Database
from graph.errors import DamagedJournal, InvalidRequest, NotFound
from graph.journal import Change
from tests.graph.conftest import quad, typed
from tests.graph.histories import commit

ONE = quad("p1", "amount", typed("1.50", "decimal"))
# Each transaction adds two quads, so that half of one would be an odd number.
WRITER = """
import itertools, sys; from pathlib import Path
from graph.database import Database; from graph.journal import Change
from tests.graph.conftest import quad, typed
with Database.open(Path(sys.argv[1])) as database:
    for n in itertools.count():
        value = typed(str(n), "integer")
        change = Change(adds=(quad(f"p{n}", "amount", value), quad(f"p{n}", "b", value)))
        database.commit(change, author="Ada", role="editor", reason="test", source="test")
        print(n + 1, flush=True)
"""


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
        [sys.executable, "-c", WRITER, str(tmp_path / "db")],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        acknowledged, versions = 0, []
        try:
            for number in range(8):
                for _ in range(40):
                    acknowledged = int(writer.stdout.readline())
                version = backup(tmp_path / "db", tmp_path / str(number))
                assert version >= acknowledged
                versions.append(version)
        finally:
            writer.kill()
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
