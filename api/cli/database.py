"""Opens the data directory for the verbs that only read; a server may be running on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import NotFound, UnreadableInput

if TYPE_CHECKING:
    from api.settings import Settings
    from graph.database import Database


def opened_for_reading(settings: Settings) -> Database:
    """Open a snapshot of the directory; raises UnreadableInput when there is none."""
    from graph.database import Database

    try:
        return Database.open(settings.data_dir, writable=False)
    except NotFound as error:
        raise UnreadableInput(error.message, hint=error.hint) from None
