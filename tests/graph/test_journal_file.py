"""A journal of an older layout opens, stays what it was, and goes on in the new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import DamagedJournal
from graph.journal import Change, Journal
from tests.graph.conftest import quad, typed

ONE = quad("p1", "amount", typed("1.50", "decimal"))
# As the first layout was made, with the two rows it held then.
FIRST_LAYOUT = """
PRAGMA application_id = 1400010340; PRAGMA user_version = 1; PRAGMA journal_mode = WAL;
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, role TEXT NOT NULL,
    reason TEXT NOT NULL, source TEXT NOT NULL, adds TEXT NOT NULL, removes TEXT NOT NULL,
    report_digest TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_values BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_order BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
LINE = (
    "<https://w3id.org/servanda/ns#p1> <https://w3id.org/servanda/ns#amount> "
    '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <https://w3id.org/servanda/data/paris> .\n'
)
AT = "2026-01-06T12:00:00.000000Z"
FIRST = "1187e30d212f1c99eec8c0f25a0ca58e8a4e5cac19768f796b99ebd8c71293b1"
SECOND = "93abc5272de33e2d18a03b5200186f82138c1d45503b6019d9195880a741e076"
ROWS = (
    (1, AT, "Ada", "editor", "é first", "paris", LINE, "", "", "", FIRST),
    (2, AT, "Bob", "editor", "second", "paris", "", LINE, "00ff", FIRST, SECOND),
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give a journal of the first layout, without a head beside it."""
    path = tmp_path / "journal.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_LAYOUT)
        connection.executemany(f"INSERT INTO journal VALUES ({', '.join('?' * 11)})", ROWS)
    return path


def hashes(path: Path, *, writable: bool) -> list[str]:
    with closing(Journal.open(path, writable=writable)) as journal:
        return [each.hash for each in journal.transactions()]


def test_an_old_journal_is_read_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    assert hashes(old, writable=False) == [row[-1] for row in ROWS]
    assert old.read_bytes() == before
    assert not (old.parent / "head").exists()


def test_a_writer_brings_an_old_journal_to_the_new_layout(old: Path) -> None:
    assert hashes(old, writable=True) == [row[-1] for row in ROWS]
    with closing(Journal.open(old)) as journal:
        made = journal.append(
            Change(adds=(ONE,)), author="", role="", reason="", source="", undoes=2
        )
    with closing(Journal.open(old, writable=False)) as journal:
        *_, last = journal.transactions()
    assert last == made
    assert last.undoes == 2


def test_what_was_added_to_the_layout_is_under_the_hash(old: Path) -> None:
    with closing(Journal.open(old)) as journal:
        journal.append(Change(adds=(ONE,)), author="", role="", reason="", source="", undoes=2)
    for value in ("1", "NULL"):
        with closing(sqlite3.connect(old)) as connection, connection:
            connection.execute("DROP TRIGGER IF EXISTS journal_keeps_values")
            connection.execute(f"UPDATE journal SET undoes = {value} WHERE seq = 3")
        with pytest.raises(DamagedJournal, match="transaction 3 "):
            Journal.open(old)


def test_a_layout_that_never_was_is_damage(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(DamagedJournal, match="no layout 0"):
        Journal.open(old)
