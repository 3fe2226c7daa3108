"""The day it is; nothing below the store and nothing that judges may look at it."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Give this day (UTC)."""
    return datetime.now(UTC).date()
