"""Follows the hash chain of a journal to its end and tells where it is broken; it mends nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from sqlite3 import Error

from graph.errors import DamagedJournal
from graph.head import HEAD, NOTHING, Head
from graph.journal_file import FROM_A_COPY, JournalFile, Row


def refuse_to_start_over(path: Path, acknowledged: Head) -> None:
    """Refuse an absent or empty file when transactions were acknowledged.

    SQLite would empty the write-ahead log beside it, which may hold them.
    """
    if acknowledged.seq and not (path.exists() and path.stat().st_size):
        raise _shorter(path, 0, acknowledged)


def verify_unclosed(path: Path, acknowledged: Head) -> None:
    """Verify a journal whose writer was killed before SQLite may touch its log.

    Closing a damaged journal that was opened for writing would delete what its log still holds.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        with closing(JournalFile.open(path, writable=False)) as file:
            verified(file, acknowledged)


def verified(file: JournalFile, acknowledged: Head) -> Head:
    """Follow the whole chain and give its end, which must not lie before what was acknowledged.

    Raises DamagedJournal.
    """
    head = followed(file.rows(), NOTHING, file.path)
    if head.seq < acknowledged.seq:
        raise _shorter(file.path, head.seq, acknowledged)
    for row in file.rows(acknowledged.seq - 1, acknowledged.seq):
        if row.hash != acknowledged.hash:
            raise _damaged(file.path, row.seq)
    return head


def followed(rows: Iterable[Row], head: Head, path: Path) -> Head:
    """Follow the chain from `head` through the rows after it and give its new end.

    Each row must be as it was recorded, or as a tombstone among them says it was left. Raises
    DamagedJournal with the number of the first that is neither.
    """
    unlike = dict[int, str]()
    try:
        for row in rows:
            if row.seq != head.seq + 1 or row.previous != head.hash:
                raise _damaged(path, min([*unlike, head.seq + 1]))
            if row.hash != (digest := row.digest()):
                unlike[row.seq] = digest
            for seq, left in rewritten(row).items():
                if unlike.get(seq) == left:
                    del unlike[seq]
            head = Head(row.seq, row.hash)
    except (Error, ValueError, TypeError) as error:
        raise _damaged(path, head.seq + 1, f": {error}") from None
    if unlike:
        raise _damaged(path, min(unlike))
    return head


def _damaged(path: Path, seq: int, reason: str = "") -> DamagedJournal:
    return DamagedJournal(
        f"transaction {seq} of the journal `{path}` is not what was recorded{reason}",
        hint=FROM_A_COPY,
    )


def _shorter(path: Path, last: int, acknowledged: Head) -> DamagedJournal:
    return DamagedJournal(
        f"the journal `{path}` ends after transaction {last}, and transaction {acknowledged.seq} "
        "was acknowledged",
        hint=f"{FROM_A_COPY}, or remove `{path.with_name(HEAD)}` to go on without the rest",
    )


def rewritten(row: Row) -> dict[int, str]:
    """Give the digests a tombstone holds, by the numbers of the rows that were rewritten.

    Raises ValueError for what no tombstone holds.
    """
    digests = json.loads(row.rewritten or "{}")
    if not isinstance(digests, dict):
        raise ValueError("not an object")
    return {int(seq): str(digest) for seq, digest in digests.items()}
