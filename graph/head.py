"""The head file: the last transaction that was acknowledged, kept outside the journal.

SQLite drops the end of a damaged write-ahead log without a word. What was acknowledged and is gone
is noticed by this file alone.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final, NamedTuple, Self

from graph.errors import DamagedJournal

HEAD: Final = "head"
# Two records, written in turn, in blocks of their own: a write that is torn leaves the other.
_BLOCK: Final = 4096


class Head(NamedTuple):
    """The number and the hash of a transaction; number 0 stands before the first."""

    seq: int
    hash: str


NOTHING: Final = Head(0, "")


def read_head(path: Path) -> Head:
    """Give what the file holds; a file that is absent or was never written knows of nothing.

    Raises DamagedJournal when neither record is what was written.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return NOTHING
    records = (content[at : at + _BLOCK].split(b"\n")[0] for at in (0, _BLOCK))
    whole = [head for record in records if (head := _parsed(record))]
    if content.strip(b"\0") and not whole:
        raise DamagedJournal(
            f"`{path}` does not say which transaction was the last",
            hint="restore the data directory from a copy, or remove this file if the journal "
            "beside it is known to be whole",
        )
    return max(whole, default=NOTHING)


class HeadFile:
    """The file, open for the one writer."""

    def __init__(self, path: Path) -> None:
        """Open it, or make it and see to it that it stays."""
        self._path = path
        is_new = not path.exists()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if is_new:
            # Written out, so that no later write needs room on a full disk.
            os.write(self._file, bytes(2 * _BLOCK))
            os.fsync(self._file)
            sync_folder(path.parent)

    def write(self, head: Head) -> None:
        """Replace the older record; when this returns it survives a power failure."""
        at = head.seq % 2 * _BLOCK
        os.pwrite(self._file, _record(head).ljust(_BLOCK, b"\0"), at)
        os.fdatasync(self._file)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)

    def __enter__(self) -> Self:
        """Give the file itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


def _record(head: Head) -> bytes:
    text = f"{head.seq} {head.hash}"
    return f"{text} {hashlib.sha256(text.encode()).hexdigest()[:16]}\n".encode()


def _parsed(record: bytes) -> Head | None:
    try:
        seq, digest, _ = record.decode("ascii").split(" ")
        head = Head(int(seq), digest)
    except ValueError:
        return None
    return head if _record(head) == record + b"\n" else None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power failure."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
