"""What all parts of the client share: where answers come from, and how lists are fetched."""

from __future__ import annotations

from typing import Final

from api.client.sources import Source
from api.jobs.pages import Page

PAGE: Final = 100
"""How many items of a list are fetched at once."""


class Asking:
    """Asks a source."""

    def __init__(self, source: Source) -> None:
        """Ask a source that is open."""
        self._source = source


def page(cursor: str | None) -> Page:
    """Ask for the page to which a cursor points."""
    return Page(PAGE, cursor)
