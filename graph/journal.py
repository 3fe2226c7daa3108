"""The journal: every change to the graph, in order, append-only; it is the source of truth.

It knows nothing of what the changes add up to.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple, Self

import pyoxigraph as ox

from graph.errors import DamagedJournal, NotFound, ServandaError, UnreadableInput
from graph.rdf import nquads, read_nquads

# "Srvd", so that `file` and a later version know the journal from any other SQLite file.
_APPLICATION: Final = 0x53727664
_LAYOUT: Final = 1
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
CREATE TRIGGER journal_keeps_values BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_order BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
_LARGEST: Final = 2**63 - 1
_COLUMNS: Final = (
    "seq, at, author, role, reason, source, adds, removes, report_digest, previous, hash"
)


@dataclass(frozen=True)
class Change:
    """Quads to add and quads to remove: none is in both, each is in a named graph and ground."""

    adds: tuple[ox.Quad, ...] = ()
    removes: tuple[ox.Quad, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what has no one meaning: a quad on both sides, or a label of one text only."""
        if not set(self.adds).isdisjoint(self.removes):
            raise ValueError("a change adds and removes the same quad")
        for quad in (*self.adds, *self.removes):
            if not isinstance(quad.graph_name, ox.NamedNode) or any(
                isinstance(term, ox.BlankNode) for term in quad
            ):
                raise ValueError(f"{quad} has a blank node or no graph")

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.adds or self.removes)


@dataclass(frozen=True)
class Transaction:
    """A change as it was recorded: who made it, when (UTC), why and from what.

    `seq` counts from 1. `report_digest` is the SHA-256 of the validation report it passed, empty
    without one. `hash` covers every field and `previous`, the hash of the transaction before.
    """

    seq: int
    at: datetime
    author: str
    role: str
    reason: str
    source: str
    adds: tuple[ox.Quad, ...]
    removes: tuple[ox.Quad, ...]
    report_digest: str
    previous: str
    hash: str


class _Row(NamedTuple):
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

    def digest(self) -> str:
        """Hash the row without its hash, as the JSON array of its columns in order."""
        text = json.dumps(self[:-1], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def transaction(self) -> Transaction:
        return Transaction(
            self.seq,
            datetime.fromisoformat(self.at),
            *self[2:6],
            read_nquads(self.adds),
            read_nquads(self.removes),
            *self[8:],
        )


class Journal:
    """The transactions of one data directory, kept in an SQLite file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take over an open connection; use `open`."""
        self._connection = connection
        self._path = path
        self._head, self._hash = self._verify()

    @classmethod
    def open(cls, path: Path, *, writable: bool = True) -> Self:
        """Open the journal and check its whole chain; a writer makes an absent one.

        Raises DamagedJournal when a transaction is not what was recorded, NotFound when a reader
        finds none, UnreadableInput when the file cannot be opened or is of a later version. A
        chain cut off at its end is whole: keep the head elsewhere to notice that.
        """
        if not writable and not path.exists():
            raise NotFound(
                f"there is no journal at `{path}`", hint="load a dataset with `servanda load`"
            )
        mode = "rwc" if writable else "ro"
        try:
            # The thread that opens is not the thread that closes in a server.
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise UnreadableInput(f"the journal `{path}` cannot be opened: {error}") from None
        try:
            _prepare(connection, path, writable=writable)
            return cls(connection, path)
        except BaseException:
            connection.close()
            raise

    @property
    def head(self) -> int:
        """Give the number of the last transaction, 0 before the first."""
        return self._head

    def append(
        self,
        change: Change,
        *,
        author: str,
        role: str,
        reason: str,
        source: str,
        report_digest: str = "",
        at: datetime | None = None,
    ) -> Transaction | None:
        """Record a change for good and give it back as a transaction; an empty one is not kept.

        When this returns, the change survives a power failure. `at` is now unless given.
        """
        if not change:
            return None
        moment = (at or datetime.now(UTC)).astimezone(UTC)
        row = _Row(
            seq=self._head + 1,
            at=moment.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            author=author,
            role=role,
            reason=reason,
            source=source,
            adds=nquads(change.adds),
            removes=nquads(change.removes),
            report_digest=report_digest,
            previous=self._hash,
            hash="",
        )
        row = row._replace(hash=row.digest())
        try:
            self._connection.execute(
                f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join('?' * len(row))})",  # noqa: S608
                row,
            )
        except sqlite3.Error as error:
            raise ServandaError(
                f"the journal `{self._path}` could not be written: {error}",
                hint="nothing was changed; free some space or check the permissions",
            ) from None
        self._head, self._hash = row.seq, row.hash
        return row.transaction()

    def transactions(self, after: int = 0) -> Iterator[Transaction]:
        """Give the transactions with a number above `after`, oldest first, up to the head."""
        for row in self._rows(after, self._head):
            yield row.transaction()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, after: int, until: int) -> Iterator[_Row]:
        query = f"SELECT {_COLUMNS} FROM journal WHERE seq > ? AND seq <= ? ORDER BY seq"  # noqa: S608
        with closing(self._connection.execute(query, (after, until))) as cursor:
            yield from map(_Row._make, cursor)

    def _verify(self) -> tuple[int, str]:
        head, last = 0, ""
        try:
            for row in self._rows(0, _LARGEST):
                if row.seq != head + 1 or row.previous != last or row.hash != row.digest():
                    raise self._damaged(head + 1)
                head, last = row.seq, row.hash
        except sqlite3.Error as error:
            raise self._damaged(head + 1, f": {error}") from None
        return head, last

    def _damaged(self, seq: int, reason: str = "") -> DamagedJournal:
        return DamagedJournal(
            f"transaction {seq} of the journal `{self._path}` is not what was recorded{reason}",
            hint="restore the data directory from a copy",
        )


def _prepare(connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if (application, layout, tables) == (0, 0, 0) and writable:
            connection.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {_APPLICATION};"
                f"PRAGMA user_version = {_LAYOUT}; {_TABLE} COMMIT;"
            )
        elif application != _APPLICATION:
            raise UnreadableInput(f"`{path}` is not a journal")
        elif layout > _LAYOUT:
            raise UnreadableInput(
                f"the journal `{path}` was written by a later version", hint="update servanda"
            )
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as error:
        raise DamagedJournal(
            f"the journal `{path}` cannot be read: {error}",
            hint="restore the data directory from a copy",
        ) from None
