"""One writer, many readers, and a store that is always what the journal says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import LOCK, Database
from graph.errors import DirectoryInUse, InvalidRequest, NotFound, ServandaError, UnreadableInput
from graph.journal import Change, Transaction
from tests.graph.conftest import quad, typed

ONE = quad("p1", "amount", typed("1.50", "decimal"))
TWO = quad("p2", "amount", typed("2", "integer"))


def commit(database: Database, change: Change) -> Transaction | None:
    return database.commit(change, author="Ada", role="editor", reason="test", source="test")


def test_a_new_directory_is_made_and_empty(tmp_path: Path) -> None:
    with Database.open(tmp_path / "a" / "b") as database:
        assert database.version == 0
    assert (tmp_path / "a" / "b").is_dir()


def test_what_was_committed_is_there_after_opening_again(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        made = commit(database, Change(adds=(ONE, TWO)))
        assert made is not None
        assert database.version == made.seq == 1
    with Database.open(tmp_path) as database:
        assert database.version == 1
        assert set(database.store.quads()) == {ONE, TWO}


def test_only_what_changes_something_is_recorded(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(ONE,)))
        made = commit(database, Change(adds=(ONE, TWO)))
        assert made is not None
        assert (made.adds, made.removes) == ((TWO,), ())
        assert commit(database, Change(adds=(ONE, TWO))) is None
        absent = quad("p1", "amount", typed("1.5", "decimal"))
        assert commit(database, Change(removes=(absent,))) is None
        assert database.version == 2


def test_a_second_writer_is_told_which_process_holds_the_directory(tmp_path: Path) -> None:
    opened = "Database.open(Path(sys.argv[1]))"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from graph.database import Database\n"
            f"with {opened}: print('open', flush=True); sys.stdin.read()",
            str(tmp_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(DirectoryInUse) as caught:
            Database.open(tmp_path)
        assert caught.value.message == (
            f"the data directory `{tmp_path}` is in use by process {holder.pid}"
        )
        assert caught.value.hint
        with Database.open(tmp_path, writable=False) as reader:
            assert reader.version == 0
        holder.stdin.close()
    with Database.open(tmp_path) as database:
        assert (tmp_path / LOCK).read_text().strip() == str(os.getpid())
        assert database.version == 0


def test_a_killed_writer_leaves_no_lock_and_loses_nothing(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from graph.database import Database; from tests.graph.test_database import *\n"
        "database = Database.open(Path(sys.argv[1]))\n"
        "commit(database, Change(adds=(ONE,)))\n"
        "os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    killed = subprocess.run(command, check=False, cwd=Path(__file__).parents[2])
    assert killed.returncode == -9
    with Database.open(tmp_path) as database:
        assert set(database.store.quads()) == {ONE}


def test_the_same_process_cannot_open_for_writing_twice(tmp_path: Path) -> None:
    with Database.open(tmp_path), pytest.raises(DirectoryInUse, match=str(os.getpid())):
        Database.open(tmp_path)


def test_a_reader_keeps_its_snapshot_beside_a_writer(tmp_path: Path) -> None:
    with Database.open(tmp_path) as writer:
        commit(writer, Change(adds=(ONE,)))
        with Database.open(tmp_path, writable=False) as reader:
            commit(writer, Change(adds=(TWO,)))
            assert reader.version == 1
            assert set(reader.store.quads()) == {ONE}
            with pytest.raises(InvalidRequest, match="reading only"):
                commit(reader, Change(adds=(TWO,)))


def test_a_reader_of_nothing_is_told_to_load(tmp_path: Path) -> None:
    for absent in (tmp_path / "absent", tmp_path):
        with pytest.raises(NotFound) as caught:
            Database.open(absent, writable=False)
        assert caught.value.hint is not None
        assert "servanda load" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_data_directory(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for path in (file, file / "inside"):
        with pytest.raises(UnreadableInput, match=str(path)):
            Database.open(path)


def test_a_head_that_cannot_be_kept_is_told_and_loses_nothing(tmp_path: Path) -> None:
    three = quad("p3", "amount", typed("3", "integer"))
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(ONE,)))
        assert database.journal._kept is not None
        head = database.journal._kept._file
        whole, full = os.dup(head), os.open("/dev/full", os.O_RDWR)
        os.dup2(full, head)
        with pytest.raises(ServandaError, match="transaction 2 was recorded, but") as told:
            commit(database, Change(adds=(TWO,)))
        assert "No space left" in told.value.message
        os.dup2(whole, head)
        made = commit(database, Change(adds=(three,)))
        assert made is not None
        assert made.seq == database.version == 3
        assert set(database.store.quads()) == {ONE, TWO, three}
        os.close(whole)
        os.close(full)
    with Database.open(tmp_path, writable=False) as reader:
        assert set(reader.store.quads()) == {ONE, TWO, three}


values = st.one_of(
    st.sampled_from(["1", "01", "1.0", "1.50", "1.5", "true"]).flatmap(
        lambda text: st.sampled_from(["decimal", "integer", "boolean", "string"]).map(
            lambda name: typed(text, name)
        )
    ),
    st.text(max_size=3).map(ox.Literal),
    st.text(max_size=3).map(lambda text: ox.Literal(text, language="en-GB")),
    st.sampled_from(["é", "a%20b", "x'y"]).map(lambda end: ox.NamedNode("http://e/" + end)),
)
quads = st.builds(quad, st.sampled_from(["p1", "p2"]), st.sampled_from(["a", "b"]), values)
steps = st.tuples(st.sets(quads, max_size=4), st.sets(quads, max_size=4))


@settings(deadline=None, max_examples=60)
@given(st.lists(steps, max_size=6))
def test_the_store_is_the_journal_replayed(
    history: list[tuple[set[ox.Quad], set[ox.Quad]]],
) -> None:
    with TemporaryDirectory() as folder:
        expected = set[ox.Quad]()
        with Database.open(Path(folder)) as database:
            for adds, removes in history:
                commit(database, Change(tuple(adds - removes), tuple(removes - adds)))
                expected = (expected - (removes - adds)) | (adds - removes)
                assert set(database.store.quads()) == expected
        replayed = set[ox.Quad]()
        with Database.open(Path(folder), writable=False) as database:
            for transaction in database.journal.transactions():
                assert replayed.isdisjoint(transaction.adds)
                assert replayed.issuperset(transaction.removes)
                replayed = (replayed - set(transaction.removes)) | set(transaction.adds)
            assert set(database.store.quads()) == replayed == expected


def test_a_reader_follows_a_writer_when_it_is_told_to(tmp_path: Path) -> None:
    with Database.open(tmp_path) as writer:
        commit(writer, Change(adds=(ONE,)))
        with Database.open(tmp_path, writable=False) as reader:
            commit(writer, Change(adds=(TWO,), removes=(ONE,)))
            assert set(reader.store.quads()) == {ONE}
            assert reader.follow() == reader.version == 2
            assert set(reader.store.quads()) == {TWO}


def test_each_commit_is_told_once_it_is_there(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        told: list[tuple[int, int]] = []
        database.tell(lambda each: told.append((each.seq, database.version)))
        commit(database, Change(adds=(ONE,)))
        commit(database, Change(adds=(ONE,)))
        commit(database, Change(removes=(ONE,)))
        assert told == [(1, 1), (2, 2)]
