"""The SQLite file of a journal: its layouts and its rows, as text; what they mean is said above.

Layout 2 added what a transaction undoes and what it rewrote. A row without either has the same
digest in both layouts, so that an old journal stays what it was.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple, Self

from graph.errors import DamagedJournal, NoRoom, NotFound, ServandaError, UnreadableInput

# "Srvd", so that `file` and a later version know the journal from any other SQLite file.
_APPLICATION: Final = 0x53727664
_LAYOUT: Final = 2
_LARGEST: Final = 2**63 - 1
FROM_A_COPY: Final = "restore the data directory from a copy"
_TABLE = """
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    role TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    adds TEXT NOT NULL,
    removes TEXT NOT NULL,
    report_digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_order BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
_KEEP_VALUES = """
CREATE TRIGGER journal_keeps_values BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
"""
_SECOND_LAYOUT = """
ALTER TABLE journal ADD COLUMN undoes INTEGER;
ALTER TABLE journal ADD COLUMN rewritten TEXT NOT NULL DEFAULT '';
"""


class Row(NamedTuple):
    """One transaction as it is kept; the columns in order.

    `rewritten` is empty, or a JSON object of the digests of older rows by their numbers.
    """

    seq: int
    at: str
    author: str
    role: str
    reason: str
    source: str
    adds: str
    removes: str
    report_digest: str
    previous: str
    hash: str
    undoes: int | None = None
    rewritten: str = ""

    def digest(self) -> str:
        """Hash the row without its hash: the JSON array of its columns, as its layout has them."""
        columns = list(self[:10])
        if self.undoes is not None or self.rewritten:
            columns += [self.undoes, self.rewritten]
        text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


_COLUMNS: Final = ", ".join(Row._fields)
_COLUMNS_OF: Final = {1: f"{', '.join(Row._fields[:11])}, NULL, ''", 2: _COLUMNS}
_INSERT: Final = f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join('?' * len(Row._fields))})"  # noqa: S608


class JournalFile:
    """An open file; its rows are appended, and rewritten for an erasure alone."""

    def __init__(self, connection: sqlite3.Connection, path: Path, layout: int) -> None:
        """Take over an open connection; use `open`."""
        self._connection = connection
        self.path = path
        self._columns = _COLUMNS_OF[layout]

    @classmethod
    def open(cls, path: Path, *, writable: bool) -> Self:
        """Open the file; a writer makes an absent one and brings an old one to the last layout.

        Raises NotFound when a reader finds none, UnreadableInput when it cannot be opened, is no
        journal or is of a later version, DamagedJournal when SQLite cannot read it.
        """
        if not writable and not path.exists():
            raise NotFound(
                f"there is no journal at `{path}`", hint="load a dataset with `servanda load`"
            )
        try:
            # The thread that opens is not the thread that closes in a server.
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={'rwc' if writable else 'ro'}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise UnreadableInput(f"the journal `{path}` cannot be opened: {error}") from None
        try:
            return cls(connection, path, _layout(connection, path, writable=writable))
        except BaseException:
            connection.close()
            raise

    def rows(self, after: int = 0, until: int = _LARGEST) -> Iterator[Row]:
        """Give the rows numbered above `after` up to `until`, oldest first."""
        query = f"SELECT {self._columns} FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq"  # noqa: S608
        yield from map(Row._make, self._connection.execute(query, (after, until)))

    def times(self, until: int = _LARGEST) -> Iterator[tuple[int, str]]:
        """Give the numbers and the times of the rows up to `until`, oldest first."""
        query = "SELECT seq, at FROM journal WHERE seq <= ? ORDER BY seq"
        yield from self._connection.execute(query, (until,))

    def insert(self, row: Row) -> None:
        """Append a row for good; raises ServandaError when it cannot be."""
        try:
            self._connection.execute(_INSERT, row)
        except sqlite3.Error as error:
            raise self._unwritten(error) from None

    def rewrite(self, rows: Iterable[Row], tombstone: Row) -> None:
        """Put other quads into rows and append the row that says so: both or neither."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DROP TRIGGER journal_keeps_values")
            self._connection.executemany(
                "UPDATE journal SET adds = ?, removes = ? WHERE seq = ?",
                ((row.adds, row.removes, row.seq) for row in rows),
            )
            self._connection.execute(_INSERT, tombstone)
            self._connection.execute(_KEEP_VALUES)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise self._unwritten(error) from None

    def scrub(self) -> None:
        """Overwrite what rows no longer hold, in the file and in its write-ahead log.

        Raises ServandaError while a reader keeps the old pages, or when there is no room.
        """
        try:
            self._connection.execute("PRAGMA secure_delete = ON")
            # The copy VACUUM makes must not be left in a folder for temporary files.
            self._connection.execute("PRAGMA temp_store = MEMORY")
            self._connection.execute("VACUUM")
            (busy, _, _) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            raise self._unwritten(error) from None
        if busy:
            raise ServandaError(
                f"the bytes of what was erased are still in `{self.path}-wal`: a reader holds them",
                hint="stop whoever reads the data directory and do the same again",
            )

    def copy_to(self, path: Path) -> None:
        """Write the file as it is at this moment to `path`, whatever a writer does meanwhile."""
        try:
            with closing(sqlite3.connect(path)) as copy:
                self._connection.backup(copy)
        except sqlite3.Error as error:
            raise ServandaError(
                f"`{self.path}` could not be copied to `{path}`: {error}",
                hint="free some space or check the permissions",
            ) from None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _unwritten(self, error: sqlite3.Error) -> ServandaError:
        return (NoRoom if _is_full(error) else ServandaError)(
            f"the journal `{self.path}` could not be written: {error}",
            hint="nothing was changed; free some space or check the permissions",
        )


def _layout(connection: sqlite3.Connection, path: Path, *, writable: bool) -> int:
    """Make the table where there is none and give the layout the file has afterwards."""
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        is_new = (application, layout, tables) == (0, 0, 0) and writable
        if not is_new:
            _refuse_strangers(application, layout, path)
        if writable and layout < _LAYOUT:
            made = f"PRAGMA application_id = {_APPLICATION}; {_TABLE} {_KEEP_VALUES};"
            connection.executescript(
                f"BEGIN IMMEDIATE; {made if is_new else ''} {_SECOND_LAYOUT}"
                f"PRAGMA user_version = {_LAYOUT}; COMMIT;"
            )
            layout = _LAYOUT
        if writable:
            # The first after the table, which so is in the file itself and never in its log alone.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as error:
        if _is_full(error):
            raise NoRoom(
                f"the journal `{path}` cannot be opened: the disk is full",
                hint="free a hundred kB: SQLite keeps an index of its log beside it",
            ) from None
        raise DamagedJournal(
            f"the journal `{path}` cannot be read: {error}", hint=FROM_A_COPY
        ) from None
    return int(layout)


def _is_full(error: sqlite3.Error) -> bool:
    """Tell whether there was no room for rows, or for the index that SQLite has of its log."""
    code = getattr(error, "sqlite_errorcode", None)
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)


def _refuse_strangers(application: int, layout: int, path: Path) -> None:
    if application != _APPLICATION:
        raise UnreadableInput(f"`{path}` is not a journal")
    if layout > _LAYOUT:
        raise UnreadableInput(
            f"the journal `{path}` was written by a later version", hint="update servanda"
        )
    if layout < 1:
        raise DamagedJournal(f"the journal `{path}` has no layout {layout}", hint=FROM_A_COPY)
