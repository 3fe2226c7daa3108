"""Opens the data directory for the verbs that only read; a server may be running on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.options import load_command, settings
from graph.errors import NotFound, UnreadableInput

if TYPE_CHECKING:
    from graph.database import Database


def opened_for_reading(data_dir: Path | None) -> Database:
    """Open a snapshot of the directory an option named, or of the usual one.

    Raises UnreadableInput when there is none.
    """
    from graph.database import Database

    try:
        return Database.open(settings(data_dir=data_dir).data_dir, writable=False)
    except NotFound as error:
        hint = f"load data with {load_command(data_dir)}, or name another with --data-dir"
        raise UnreadableInput(error.message, hint=hint) from None
