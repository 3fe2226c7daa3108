"""Copies a data directory while a writer may be at work on it; the copy is opened and verified."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp

from graph.database import JOURNAL
from graph.errors import InvalidRequest
from graph.head import sync_folder
from graph.journal import Journal


def backup(directory: Path, target: Path) -> int:
    """Write the journal as it is now to a new data directory and give the version it has.

    The target appears when it is whole, not before. Raises InvalidRequest when it is there already,
    and what `Journal.open` raises for a source that is absent or damaged.
    """
    if target.exists():
        raise InvalidRequest(
            f"`{target}` is there already", hint="name a directory that does not exist yet"
        )
    with closing(Journal.open(directory / JOURNAL, writable=False)) as source:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            source.copy_to(partial / JOURNAL)
            # A writer verifies the chain and puts the head beside it.
            with closing(Journal.open(partial / JOURNAL)) as copy:
                version = copy.head
            partial.rename(target)
            sync_folder(target.parent)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    return version
