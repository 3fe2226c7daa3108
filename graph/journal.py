"""The journal: every change to the graph, in order, append-only; it is the source of truth.

It knows nothing of what the changes add up to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from graph.chain import followed, refuse_to_start_over, rewritten, verified, verify_unclosed
from graph.errors import InvalidRequest, NotFound, ServandaError
from graph.head import HEAD, Head, HeadFile, read_head
from graph.journal_file import JournalFile, Row
from graph.rdf import nquads, read_nquads


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
    `undoes` is the number of the transaction it reverses. A tombstone changes nothing and has
    `rewritten`: the older transactions from which quads were erased, with the digest of what is
    left of each; their hashes are those of what was recorded first.
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
    undoes: int | None = None
    rewritten: Mapping[int, str] = field(default_factory=dict)

    def subjects(self) -> set[str]:
        """Give of which subjects it adds or removes anything."""
        return {str(quad.subject)[1:-1] for quad in (*self.adds, *self.removes)}


class Journal:
    """The transactions of one data directory, kept in an SQLite file, with the head beside it."""

    def __init__(self, file: JournalFile, head: Head, kept: HeadFile | None) -> None:
        """Join an open file, its verified head and, for a writer, the file of the head."""
        self._file = file
        self._head = head
        self._kept = kept

    @classmethod
    def open(cls, path: Path, *, writable: bool = True) -> Self:
        """Open the journal and check its whole chain; a writer makes an absent one.

        Raises DamagedJournal when a transaction is not what was recorded or the last ones that
        were acknowledged are gone, NotFound when a reader finds none, UnreadableInput when the
        file cannot be opened or is of a later version.
        """
        kept = path.with_name(HEAD)
        # Read first: a writer beside a reader is ahead of what it has acknowledged.
        acknowledged = read_head(kept)
        refuse_to_start_over(path, acknowledged)
        if writable:
            verify_unclosed(path, acknowledged)
        with ExitStack() as opened:
            file = opened.enter_context(closing(JournalFile.open(path, writable=writable)))
            head = verified(file, acknowledged)
            head_file = opened.enter_context(HeadFile(kept)) if writable else None
            if head_file and head != acknowledged:
                head_file.write(head)
            opened.pop_all()
            return cls(file, head, head_file)

    @property
    def path(self) -> Path:
        """Give the path of the file."""
        return self._file.path

    @property
    def head(self) -> int:
        """Give the number of the last transaction, 0 before the first."""
        return self._head.seq

    @property
    def head_hash(self) -> str:
        """Give the hash of the last transaction, empty before the first."""
        return self._head.hash

    def append(
        self,
        change: Change,
        *,
        author: str,
        role: str,
        reason: str,
        source: str,
        report_digest: str = "",
        undoes: int | None = None,
        at: datetime | None = None,
    ) -> Transaction | None:
        """Record a change for good and give it back as a transaction; an empty one is not kept.

        When this returns, the change survives a power failure. `at` is now unless given.
        """
        if not change:
            return None
        row = self._next(
            at,
            author=author,
            role=role,
            reason=reason,
            source=source,
            adds=nquads(change.adds),
            removes=nquads(change.removes),
            report_digest=report_digest,
            undoes=undoes,
        )
        self._file.insert(row)
        self._acknowledge(row)
        return _transaction(row)

    def erase(
        self,
        quads: Sequence[ox.Quad],
        *,
        author: str,
        role: str,
        reason: str,
        at: datetime | None = None,
    ) -> Transaction | None:
        """Take quads out of every transaction and record a tombstone; None when none has them.

        Each transaction keeps its hash, so that the chain stays what it was; the tombstone holds
        the digest of what is left. Afterwards the text is in no byte of the file; raises
        ServandaError while a reader keeps the old pages: then do the same again.
        """
        erased = set(_lines(nquads(quads)))
        rows = [row for each in self._file.rows() if (row := _without(erased, each)) != each]
        tombstone = None
        if rows:
            left = json.dumps({row.seq: row.digest() for row in rows})
            tombstone = self._next(at, author=author, role=role, reason=reason, rewritten=left)
            self._file.rewrite(rows, tombstone)
            self._acknowledge(tombstone)
        self._file.scrub()
        return _transaction(tombstone) if tombstone else None

    def transactions(self, after: int = 0, until: int | None = None) -> Iterator[Transaction]:
        """Give the transactions with a number above `after`, oldest first, up to `until`.

        Without `until` they go up to the head. Raises NotFound for one that is not there.
        """
        last = self.head if until is None else until
        for version in (after, last):
            if not 0 <= version <= self.head:
                raise NotFound(
                    f"there is no version {version}",
                    hint=f"choose one from 0 to {self.head}, the last",
                )
        return map(_transaction, self._file.rows(after, last))

    def moments(self) -> Iterator[tuple[int, datetime]]:
        """Give each version with when all of it had been recorded, oldest first.

        That never goes back, even where the clock did.
        """
        latest = ""
        for seq, at in self._file.times(self.head):
            latest = max(latest, at)
            yield seq, datetime.fromisoformat(latest)

    def version_before(self, moment: datetime) -> int:
        """Give the last version that had been recorded before a time, 0 for none."""
        recorded = (seq for seq, at in self.moments() if at < moment)
        return max(recorded, default=0)

    def recorded_at(self, version: int) -> datetime:
        """Give when a version had been recorded; raises NotFound for one that is not there."""
        for seq, at in self.moments():
            if seq == version:
                return at
        raise NotFound(f"there is no version {version}", hint=f"the last one is {self.head}")

    def follow(self) -> list[Transaction]:
        """Give what another process has recorded since, oldest first, and move the head along.

        Raises DamagedJournal as `open` does.
        """
        rows = list(self._file.rows(self.head))
        self._head = followed(rows, self._head, self.path)
        return [_transaction(row) for row in rows]

    def copy_to(self, path: Path) -> None:
        """Write the journal as it is at this moment to `path`, whatever a writer does meanwhile."""
        self._file.copy_to(path)

    def close(self) -> None:
        """Let go of the files; more than once does no harm."""
        self._file.close()
        if self._kept:
            self._kept.close()
            self._kept = None

    def _next(
        self,
        at: datetime | None,
        *,
        author: str,
        role: str,
        reason: str,
        source: str = "",
        adds: str = "",
        removes: str = "",
        report_digest: str = "",
        undoes: int | None = None,
        rewritten: str = "",
    ) -> Row:
        row = Row(
            self.head + 1,
            _written(at),
            author,
            role,
            reason,
            source,
            adds,
            removes,
            report_digest,
            previous=self.head_hash,
            hash="",
            undoes=undoes,
            rewritten=rewritten,
        )
        try:
            return row._replace(hash=row.digest())
        except UnicodeEncodeError:
            raise InvalidRequest(
                "the author, the reason or another note on the change is not text",
                hint="write it in UTF-8",
            ) from None

    def _acknowledge(self, row: Row) -> None:
        self._head = Head(row.seq, row.hash)
        try:
            if self._kept:
                self._kept.write(self._head)
        except OSError as error:
            raise ServandaError(
                f"transaction {row.seq} was recorded, but `{self.path.with_name(HEAD)}` could not "
                f"be written: {error.strerror}",
                hint="free some space or check the disk, then look at `servanda history`",
            ) from None


def _written(at: datetime | None) -> str:
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _transaction(row: Row) -> Transaction:
    return Transaction(
        row.seq,
        datetime.fromisoformat(row.at),
        *row[2:6],
        read_nquads(row.adds),
        read_nquads(row.removes),
        *row[8:11],
        row.undoes,
        rewritten(row),
    )


def _without(erased: set[str], row: Row) -> Row:
    def left(lines: str) -> str:
        return "".join(line for line in _lines(lines) if line not in erased)

    return row._replace(adds=left(row.adds), removes=left(row.removes))


def _lines(text: str) -> list[str]:
    # Only "\n" ends a statement: a text may hold the other signs that splitlines() splits at.
    return [f"{line}\n" for line in text.split("\n")[:-1]]
