"""Reads the whole numbers that clients give, of versions and of places in a list."""

from __future__ import annotations

import re
from typing import Final

# Of more digits SQLite keeps none, and from some thousands on Python refuses to read them.
_WHOLE: Final = re.compile("[0-9]{1,18}")


def whole_number(text: str) -> int | None:
    """Read a number in decimal digits, 18 at most; None where it is no such number."""
    return int(text) if _WHOLE.fullmatch(text) else None
