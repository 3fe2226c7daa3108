"""Takes changes back by new transactions: one of them, or all since a version.

Nothing is taken out of the journal, and what an old version holds is judged by the rules of today.
"""

from __future__ import annotations

from pathlib import Path

from graph.database import Database
from graph.errors import Irreversible, NotFound
from graph.history import difference, touched_after
from graph.journal import Change, Transaction
from graph.slices.verdict import Judge, judge_change
from graph.write import write

_MOST_NAMED = 10


def undo(
    database: Database,
    seq: int,
    *,
    author: str,
    reason: str,
    role: str = "editor",
    shapes: Path | None = None,
    judge: Judge = judge_change,
) -> Transaction:
    """Reverse one transaction; undoing the undoing gives the same graph again.

    Raises NotFound for one that is not there, Irreversible when it changed nothing or later ones
    touched the same quads, and Refused when the graph would break a rule; then nothing changed.
    """
    with database.writing:
        made = write(
            database,
            _reversal(database, seq),
            author=author,
            role=role,
            reason=reason,
            source=f"transaction {seq}",
            undoes=seq,
            back_to=seq - 1,
            shapes=shapes,
            judge=judge,
        )
        assert made.seq is not None, "what nobody touched since is still as the transaction left it"
        return _transaction(database, made.seq)


def restore(
    database: Database,
    version: int,
    *,
    author: str,
    reason: str,
    role: str = "editor",
    shapes: Path | None = None,
) -> Transaction | None:
    """Make the graph what it was at a version; None when it is.

    Raises NotFound for a version that is not there and Refused when it breaks a rule of today; then
    nothing changed.
    """
    with database.writing:
        made = write(
            database,
            difference(database.journal, database.version, version),
            author=author,
            role=role,
            reason=reason,
            source=f"version {version}",
            back_to=version,
            shapes=shapes,
        )
        return None if made.seq is None else _transaction(database, made.seq)


def _reversal(database: Database, seq: int) -> Change:
    if not 1 <= seq <= database.journal.head:
        raise NotFound(
            f"there is no transaction {seq}", hint="`servanda history` lists those there are"
        )
    undone = _transaction(database, seq)
    change = Change(adds=undone.removes, removes=undone.adds)
    if not change:
        raise Irreversible(
            f"transaction {seq} changed no quad",
            hint="it is the tombstone of an erasure, or all it changed was erased",
        )
    later = touched_after(database.journal, seq, (*change.adds, *change.removes))
    if later:
        raise Irreversible(
            f"transaction {seq} cannot be undone: {_named(later)} touched the same quads later",
            hint="undo the later ones first, the last one before the others",
        )
    return change


def _transaction(database: Database, seq: int) -> Transaction:
    (found,) = database.journal.transactions(after=seq - 1, until=seq)
    return found


def _named(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_NAMED]))
    more = len(numbers) - _MOST_NAMED
    plural = "s" * (len(numbers) > 1)
    return f"transaction{plural} {shown}" + (f" and {more} more" if more > 0 else "")
