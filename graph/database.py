"""A data directory: the lock, the journal, and the store rebuilt from it.

The journal is written before the store, so that what was answered was recorded.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Final, Self

from graph.errors import DirectoryInUse, InvalidRequest, NoRoom, NotFound, UnreadableInput
from graph.history import store_at
from graph.journal import Change, Journal, Transaction
from graph.judged_by import JudgedBy
from graph.store import Store

JOURNAL: Final = "journal.sqlite"
LOCK: Final = "lock"
# The number of the process that holds the lock, in so many characters.
_NAME: Final = 20


class Database:
    """An open data directory; a context manager that lets go of it."""

    def __init__(
        self,
        journal: Journal,
        store: Store,
        judged_by: JudgedBy,
        *,
        directory: Path,
        writable: bool,
    ) -> None:
        """Join a journal and a store at the same version; use `open`."""
        self.journal = journal
        self.store = store
        self.judged_by = judged_by
        self.writable = writable
        # Held from the judging of a change until it is made: two that are each in order may not be
        # so together.
        self.writing = RLock()
        self.directory = directory
        self._followers: list[Callable[[Transaction], None]] = []
        self._resources = ExitStack()

    @classmethod
    def open(cls, directory: Path, *, writable: bool = True, version: int | None = None) -> Self:
        """Open a directory for its one writer, or as a snapshot for a reader beside it.

        A writer makes an absent directory. A reader sees the version of this moment until it opens
        again, or the past one it asks for. Raises DirectoryInUse for a second writer, NotFound for
        a reader of a directory without a journal or without that version, UnreadableInput for a
        path that is no directory or not to be written, DamagedJournal for a broken chain.
        """
        assert not (writable and version is not None), "the past is read only"
        with ExitStack() as resources:
            if writable:
                _make(directory)
                resources.enter_context(_Lock(directory))
            elif not directory.exists():
                raise NotFound(
                    f"there is no data directory `{directory}`",
                    hint="load a dataset with `servanda load`, or name another with --data-dir",
                )
            journal = Journal.open(directory / JOURNAL, writable=writable)
            resources.callback(journal.close)
            at = journal.head if version is None else version
            store = store_at(journal, at)
            database = cls(
                journal, store, JudgedBy(directory), directory=directory, writable=writable
            )
            database._resources = resources.pop_all()
            return database

    @property
    def version(self) -> int:
        """Give the number of the transaction the graph is at, 0 for an empty one."""
        return self.store.head

    def require_writable(self) -> None:
        """Raise InvalidRequest when the directory was opened for reading."""
        if not self.writable:
            raise InvalidRequest("the data directory was opened for reading only")

    def commit(
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
        """Record what of a change is new and apply it; None when the graph has it already.

        When this returns a transaction, it survives a power failure. Raises InvalidRequest when
        the directory was opened for reading.
        """
        self.require_writable()
        if self.store.head < self.journal.head:
            # The disk failed to keep the head of what was recorded last, and it was not applied.
            for missed in self.journal.transactions(after=self.store.head):
                self.store.apply(missed)
        effective = Change(
            adds=tuple(quad for quad in change.adds if quad not in self.store),
            removes=tuple(quad for quad in change.removes if quad in self.store),
        )
        transaction = self.journal.append(
            effective,
            author=author,
            role=role,
            reason=reason,
            source=source,
            report_digest=report_digest,
            undoes=undoes,
            at=at,
        )
        if transaction:
            self._apply(transaction)
        return transaction

    def tell(self, follower: Callable[[Transaction], None]) -> None:
        """Have `follower` called with each transaction once it is applied.

        It is called in the thread that commits, and must neither fail nor wait.
        """
        self._followers.append(follower)

    def follow(self) -> int:
        """Apply what another process has recorded since, and give the version reached.

        Raises DamagedJournal.
        """
        for transaction in self.journal.follow():
            self._apply(transaction)
        return self.version

    def _apply(self, transaction: Transaction) -> None:
        self.store.apply(transaction)
        for follower in self._followers:
            follower(transaction)

    def close(self) -> None:
        """Let go of the journal and the lock."""
        self._resources.close()

    def __enter__(self) -> Self:
        """Give the database itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


class _Lock:
    """The writer's lock; the kernel drops it with the process, however that ends."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __enter__(self) -> Self:
        # Nothing is cut off: a second writer must read the first one's number, not wipe it, and
        # what is written over needs no room on a full disk.
        self._file = os.open(self._directory / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._name(str(os.getpid()))
        except BlockingIOError:
            holder = os.pread(self._file, _NAME, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise DirectoryInUse(
                f"the data directory `{self._directory}` is in use by process {holder}",
                hint="wait until it ends or stop it, or name another with --data-dir",
            ) from None
        except OSError as error:
            os.close(self._file)
            raise NoRoom(
                f"the data directory `{self._directory}` cannot be written: {error.strerror}",
                hint="free some space",
            ) from None
        return self

    def __exit__(self, *_: object) -> None:
        self._name("")
        os.close(self._file)

    def _name(self, holder: str) -> None:
        os.pwrite(self._file, f"{holder:{_NAME}}".encode("ascii"), 0)


def _make(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise UnreadableInput(f"`{directory}` is a file, not a data directory") from None
    except OSError as error:
        raise UnreadableInput(
            f"the data directory `{directory}` cannot be made: {error.strerror}"
        ) from None
