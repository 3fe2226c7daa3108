"""What is erased is in no transaction and in no byte, and the journal says that it was there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.database import JOURNAL, Database
from graph.errors import DamagedJournal, InvalidRequest, Irreversible, ServandaError
from graph.history import Pattern, held, quads_at
from graph.journal import Change
from graph.namespaces import PREFIXES
from graph.purge import Purged, purge
from graph.rdf_patch import apply, patches, read_patches
from graph.revert import undo
from tests.graph.conftest import PARIS, quad, typed
from tests.graph.histories import commit

NAME = "Jane Q. Public-Erasable"
LABEL = ox.Quad(
    ox.NamedNode("http://e/jane"),
    ox.NamedNode(PREFIXES["rdfs"] + "label"),
    ox.Literal(f"{NAME}\x0b\u2028"),
    PARIS,
)
SAID = quad("p1", "quotation", ox.Literal(f"paid by {NAME}"))
TEXT = f"The 2 debts of 1.50 were paid by {NAME}.\n"
OTHER = quad("p1", "amount", typed("1.50", "decimal"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Give a database in which a label and a quotation came in version 1 and left in version 3."""
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(LABEL, SAID, OTHER)))
        database.judged_by.keep_text(PARIS, 1, TEXT)
        commit(database, Change(adds=(quad("p2", "amount", typed("2", "integer")),)))
        commit(database, Change(removes=(LABEL, SAID)))
        yield database


def purged(database: Database) -> Purged:
    return purge(database, [LABEL, SAID], author="Ada", reason="she asked for it")


def where_found(folder: Path) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return sorted(file.name for file in files if b"Erasable" in file.read_bytes())


def test_no_byte_of_the_directory_holds_what_was_erased(database: Database, tmp_path: Path) -> None:
    database.judged_by.keep_text(PARIS, 2, f"Mended. {TEXT}")
    (begun,) = (file.parent / "3.new" for file in tmp_path.rglob("*1.json"))
    begun.write_text(TEXT, "utf-8")
    found = {f"{JOURNAL}-wal", "000000000001.json", "000000000002.json", "3.new"}
    assert found <= set(where_found(tmp_path))
    assert purged(database).texts == 2
    assert where_found(tmp_path) == []
    database.close()
    assert where_found(tmp_path) == []


def test_a_source_text_without_the_words_that_are_erased_stays(database: Database) -> None:
    text = "Two debts of 1.50 were paid by someone."
    database.judged_by.keep_text(PARIS, 3, text)
    assert purged(database).texts == 1
    kept = [database.judged_by.text(PARIS, version) for version in range(1, 4)]
    assert kept == [None, None, text]


def test_what_is_no_wording_erases_no_source_text(database: Database) -> None:
    commit(database, Change(removes=(OTHER,)))
    assert purge(database, [OTHER], author="Ada", reason="a slip").texts == 0
    assert database.judged_by.text(PARIS, 1) == TEXT


def test_the_rest_of_the_history_is_as_it_was(database: Database, tmp_path: Path) -> None:
    before = [each.hash for each in database.journal.transactions()]
    expected = [quads_at(database.journal, version) - {LABEL, SAID} for version in range(4)]
    purged(database)
    database.close()
    with Database.open(tmp_path, writable=False) as reader:
        assert [quads_at(reader.journal, version) for version in range(4)] == expected
        assert held(reader.journal, Pattern(*LABEL)) == []
        assert set(reader.store.quads()) == expected[3]
        *kept, tombstone = reader.journal.transactions()
    assert [each.hash for each in kept] == before
    assert (tombstone.seq, tombstone.author, tombstone.reason) == (4, "Ada", "she asked for it")
    assert (tombstone.adds, tombstone.removes) == ((), ())
    assert sorted(tombstone.rewritten) == [1, 3]


def test_an_erased_transaction_is_still_sealed(database: Database, tmp_path: Path) -> None:
    purged(database)
    database.close()
    with closing(sqlite3.connect(tmp_path / JOURNAL)) as connection, connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("UPDATE journal SET adds = '' WHERE seq = 1")
        connection.execute("DROP TRIGGER journal_keeps_values")
        connection.execute("UPDATE journal SET adds = '' WHERE seq = 1")
    with pytest.raises(DamagedJournal, match="transaction 1 "):
        Database.open(tmp_path)


def test_a_tombstone_cannot_be_forged(database: Database, tmp_path: Path) -> None:
    purged(database)
    database.close()
    with closing(sqlite3.connect(tmp_path / JOURNAL)) as connection, connection:
        connection.execute("DROP TRIGGER journal_keeps_values")
        connection.execute("UPDATE journal SET rewritten = '[]' WHERE seq = 4")
    with pytest.raises(DamagedJournal, match="transaction 4 "):
        Database.open(tmp_path)


def test_more_can_be_erased_later(database: Database, tmp_path: Path) -> None:
    purged(database)
    commit(database, Change(removes=(OTHER,)))
    tombstone, texts = purge(database, [OTHER], author="Ada", reason="that too")
    assert texts == 0
    assert tombstone is not None
    assert sorted(tombstone.rewritten) == [1, 5]
    database.close()
    with Database.open(tmp_path) as again:
        assert quads_at(again.journal, 1) == set()
        assert again.version == 6


def test_an_erased_history_goes_out_and_comes_back_without_what_was_erased(
    database: Database, tmp_path: Path
) -> None:
    purged(database)
    commit(database, Change(removes=(OTHER,)))
    text = b"".join(patches(database.journal))
    assert b"Erasable" not in text
    with Database.open(tmp_path / "copy") as copy:
        made = apply(
            read_patches(text, source="p"),
            copy.journal,
            lambda patch: commit(copy, patch.change),
        )
        # Without the tombstone, and without the removal of what was erased.
        assert made == 3
        assert [quads_at(copy.journal, version) for version in range(4)] == [
            quads_at(database.journal, version) for version in (0, 1, 2, 5)
        ]


def test_what_nothing_holds_leaves_no_tombstone(database: Database) -> None:
    absent = quad("p1", "amount", typed("1.5", "decimal"))
    assert purge(database, [absent], author="Ada", reason="a slip") == (None, 0)
    assert database.journal.head == 3


def test_what_is_in_the_graph_has_to_leave_it_first(database: Database) -> None:
    with pytest.raises(Irreversible, match="1 of the 2 quads are still in the graph"):
        purge(database, [LABEL, OTHER], author="Ada", reason="all of it")
    assert quads_at(database.journal, 1) == {LABEL, SAID, OTHER}


def test_an_erasure_needs_a_writer_and_a_reason(database: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest, match="a reason"):
        purge(database, [LABEL], author="Ada", reason=" ")
    with (
        Database.open(tmp_path, writable=False) as reader,
        pytest.raises(InvalidRequest, match="reading only"),
    ):
        purged(reader)


def test_a_tombstone_is_not_undone(database: Database, shapes: Path) -> None:
    purged(database)
    with pytest.raises(Irreversible, match="transaction 4 changed no quad"):
        undo(database, 4, author="Ada", reason="back", shapes=shapes)


def test_a_reader_that_keeps_old_pages_is_told_of_and_the_next_try_succeeds(
    database: Database, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / JOURNAL, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM journal").fetchone()
        with pytest.raises(ServandaError, match="a reader holds"):
            purged(database)
        assert where_found(tmp_path) != []
    assert purged(database) == (None, 0)
    assert where_found(tmp_path) == []
    assert quads_at(database.journal, 1) == {OTHER}
