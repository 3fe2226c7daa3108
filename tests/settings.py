"""Settings of a server under test, whose answers do not depend on how fast the machine is."""

from __future__ import annotations

from typing import Any, Final

from api.settings import Settings

FRESH_SECONDS: Final = 60
"""What was written before a question is in its answer, even where a replica starves."""
_QUERY_SECONDS: Final = 60


def patient(**given: Any) -> Settings:
    """Give settings with these values and the defaults, but for patience."""
    return Settings(**{"fresh_seconds": FRESH_SECONDS, "query_seconds": _QUERY_SECONDS} | given)
