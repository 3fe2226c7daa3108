"""The journal keeps every change, exactly, in order, and notices when it was touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.errors import DamagedJournal, NotFound, ServandaError, UnreadableInput
from graph.journal import Change, Journal, Transaction
from tests.graph.conftest import quad, typed

AT = datetime(2026, 1, 6, 12, 0, tzinfo=UTC)
FIRST = quad("p1", "amount", typed("1.50", "decimal"))
SECOND = quad("p1", "note", ox.Literal('é "quoted"\nline', language="en"))


def append(journal: Journal, change: Change, *, at: datetime | None = AT) -> Transaction:
    made = journal.append(
        change, author="Ada", role="editor", reason="first", source="paris", at=at
    )
    assert made is not None
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a journal of three transactions."""
    path = tmp_path / "journal.sqlite"
    with closing(Journal.open(path)) as journal:
        append(journal, Change(adds=(FIRST,)))
        append(journal, Change(adds=(SECOND,)))
        append(journal, Change(removes=(FIRST,)))
    return path


def execute(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(statement)


def test_what_was_appended_is_read_back_exactly(path: Path) -> None:
    with closing(Journal.open(path)) as journal:
        first, second, third = journal.transactions()
    assert first.adds == (FIRST,)
    assert isinstance(first.adds[0].object, ox.Literal)
    assert first.adds[0].object.value == "1.50"
    assert second.adds == (SECOND,)
    assert (third.adds, third.removes) == ((), (FIRST,))
    assert (first.author, first.role, first.reason, first.source) == (
        "Ada",
        "editor",
        "first",
        "paris",
    )


def test_the_transactions_are_numbered_and_chained(path: Path) -> None:
    with closing(Journal.open(path)) as journal:
        first, second, third = journal.transactions()
        assert journal.head == 3
        assert [each.seq for each in journal.transactions(after=1)] == [2, 3]
    assert first.previous == ""
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert len(third.hash) == 64


def test_append_gives_what_a_later_reader_sees(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path / "j")) as journal:
        made = append(journal, Change(adds=(SECOND, FIRST)))
        (seen,) = journal.transactions()
    assert made == seen


def test_time_is_kept_in_utc(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path / "j")) as journal:
        at = datetime(2026, 1, 6, 14, 0, tzinfo=timezone(timedelta(hours=2)))
        assert append(journal, Change(adds=(FIRST,)), at=at).at == AT
        before = datetime.now(UTC)
        assert before <= append(journal, Change(adds=(SECOND,)), at=None).at <= datetime.now(UTC)


def test_an_empty_change_is_no_transaction(path: Path) -> None:
    with closing(Journal.open(path)) as journal:
        change = Change()
        assert journal.append(change, author="", role="", reason="", source="") is None
        assert journal.head == 3


def test_a_change_says_one_thing() -> None:
    with pytest.raises(ValueError, match="same quad"):
        Change(adds=(FIRST,), removes=(FIRST,))
    with pytest.raises(ValueError, match="blank node"):
        Change(adds=(ox.Quad(ox.BlankNode(), FIRST.predicate, FIRST.object, FIRST.graph_name),))
    with pytest.raises(ValueError, match="no graph"):
        Change(adds=(ox.Quad(FIRST.subject, FIRST.predicate, FIRST.object),))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET reason = 'another' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 3",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 2",
        "INSERT INTO journal SELECT 9,at,author,role,reason,source,adds,removes,"
        "report_digest,previous,hash,undoes,rewritten FROM journal WHERE seq = 3",
    ],
)
def test_the_file_itself_refuses_to_be_rewritten(path: Path, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        execute(path, statement)
    with closing(Journal.open(path)) as journal:
        assert journal.head == 3


UNLOCK = "DROP TRIGGER journal_keeps_values; DROP TRIGGER journal_keeps_rows;"


@pytest.mark.parametrize(
    "column", ["at", "author", "role", "reason", "source", "adds", "removes", "report_digest"]
)
def test_a_changed_field_names_the_transaction(path: Path, column: str) -> None:
    execute(path, f"{UNLOCK} UPDATE journal SET {column} = {column} || ' ' WHERE seq = 2")
    with pytest.raises(DamagedJournal, match="transaction 2 ") as caught:
        Journal.open(path)
    assert caught.value.hint == "restore the data directory from a copy"


def test_a_transaction_that_was_taken_out_is_missed(path: Path) -> None:
    execute(path, f"{UNLOCK} DELETE FROM journal WHERE seq = 2")
    with pytest.raises(DamagedJournal, match="transaction 2 "):
        Journal.open(path)


@pytest.mark.parametrize("byte", [b"q", b"\xff"])
def test_a_flipped_byte_in_a_row_is_noticed(path: Path, byte: bytes) -> None:
    content = path.read_bytes()
    assert content.count(b"quoted") == 1
    path.write_bytes(content.replace(b"quoted", b"quote" + byte))
    with pytest.raises(DamagedJournal, match="transaction 2 "):
        Journal.open(path)


def test_a_file_cut_short_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(DamagedJournal):
        Journal.open(path)


def test_a_file_of_something_else_is_no_journal(tmp_path: Path) -> None:
    other = tmp_path / "other"
    execute(other, "CREATE TABLE something (x)")
    with pytest.raises(UnreadableInput, match="is not a journal"):
        Journal.open(other)
    other.write_text("some notes, longer than the header of an SQLite file would be" * 20)
    with pytest.raises(DamagedJournal, match="cannot be read"):
        Journal.open(other)


def test_a_journal_of_a_later_version_is_left_alone(path: Path) -> None:
    execute(path, "PRAGMA user_version = 99")
    with pytest.raises(UnreadableInput, match="later version"):
        Journal.open(path)


def test_a_reader_makes_no_journal_and_writes_none(tmp_path: Path, path: Path) -> None:
    with pytest.raises(NotFound):
        Journal.open(tmp_path / "new" / "absent", writable=False)
    assert not (tmp_path / "new").exists()
    with closing(Journal.open(path, writable=False)) as journal:
        with pytest.raises(ServandaError, match="could not be written"):
            append(journal, Change(adds=(FIRST,)))
        assert journal.head == 3


def test_a_reader_beside_a_writer_keeps_its_version(path: Path) -> None:
    with (
        closing(Journal.open(path)) as writer,
        closing(Journal.open(path, writable=False)) as reader,
    ):
        append(writer, Change(adds=(FIRST,)))
        assert [each.seq for each in reader.transactions()] == [1, 2, 3]


def test_a_reader_follows_a_writer_and_checks_what_it_reads(path: Path) -> None:
    with (
        closing(Journal.open(path)) as writer,
        closing(Journal.open(path, writable=False)) as reader,
    ):
        assert reader.follow() == []
        made = append(writer, Change(adds=(FIRST,)))
        tombstone = writer.erase([FIRST], author="Ada", role="admin", reason="asked for")
        assert tombstone is not None
        (fourth, fifth) = reader.follow()
        assert (fourth.hash, fourth.adds, fifth) == (made.hash, (), tombstone)
        assert (reader.head, reader.head_hash) == (5, tombstone.hash)
        append(writer, Change(adds=(FIRST,)))
        execute(path, f"{UNLOCK} UPDATE journal SET reason = 'another' WHERE seq = 6")
        with pytest.raises(DamagedJournal, match="transaction 6 "):
            reader.follow()
        assert reader.head == 5


def test_a_closed_journal_writes_nothing_and_can_be_closed_again(path: Path) -> None:
    journal = Journal.open(path)
    journal.close()
    with pytest.raises(ServandaError, match="could not be written"):
        append(journal, Change(adds=(FIRST,)))
    journal.close()
    with closing(Journal.open(path)) as again:
        assert again.head == 3


def test_the_journal_survives_power_loss_by_its_settings(path: Path) -> None:
    with closing(Journal.open(path)) as journal:
        connection = journal._file._connection
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_version_at_a_time_never_goes_back_even_where_the_clock_did(tmp_path: Path) -> None:
    minutes = (0, 5, 3, 10)
    with closing(Journal.open(tmp_path / "journal.sqlite")) as journal:
        assert (list(journal.moments()), journal.version_before(AT)) == ([], 0)
        for number, minute in enumerate(minutes):
            change = Change(adds=(quad(f"p{number}", "note", ox.Literal("x")),))
            append(journal, change, at=AT + timedelta(minutes=minute))
        recorded = [AT + timedelta(minutes=minute) for minute in (0, 5, 5, 10)]
        assert list(journal.moments()) == list(enumerate(recorded, 1))
        second = timedelta(seconds=1)
        assert journal.version_before(AT) == 0
        assert journal.version_before(AT + second) == 1
        assert journal.version_before(recorded[1]) == 1
        assert journal.version_before(recorded[1] + second) == 3
        assert journal.version_before(recorded[3] + second) == 4
        assert journal.recorded_at(3) == recorded[2]
        with pytest.raises(NotFound, match="there is no version 5"):
            journal.recorded_at(5)
