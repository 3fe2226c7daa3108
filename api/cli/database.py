"""Opens the data directory for the verbs that only read; a server may be running on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.options import load_command, settings
from graph.errors import NotFound, UnreadableInput

if TYPE_CHECKING:
    from graph.database import Database


def opened_for_reading(data_dir: Path | None, version: int | None = None) -> Database:
    """Open a snapshot of the directory an option named, or of the usual one, as of a version.

    Raises UnreadableInput when there is no graph, NotFound when it has no such version.
    """
    from graph.database import Database

    directory = settings(data_dir=data_dir).data_dir
    try:
        return Database.open(directory, writable=False, version=version)
    except NotFound as error:
        if version is not None and directory.exists():
            raise
        hint = f"load data with {load_command(data_dir)}, or name another with --data-dir"
        raise UnreadableInput(error.message, hint=hint) from None


def filled_directory(data_dir: Path | None) -> Path:
    """Give the directory an option named, or the usual one; raises UnreadableInput if empty."""
    if not is_filled(data_dir):
        opened_for_reading(data_dir).close()
    return settings(data_dir=data_dir).data_dir


def is_filled(data_dir: Path | None) -> bool:
    """Tell whether the directory an option named, or the usual one, has a graph."""
    from graph.database import JOURNAL

    return (settings(data_dir=data_dir).data_dir / JOURNAL).exists()
