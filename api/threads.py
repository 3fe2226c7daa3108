"""Does in a thread what would keep the event loop waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from traceback import clear_frames
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Give what `work` returns, or raise what it raises, once a thread has done it."""
    return await asyncio.to_thread(_freed, work)


def _freed(work: Callable[[], T]) -> T:
    try:
        return work()
    except Exception as error:
        # The engine's results must be freed in the thread that asked, and the frames of an error
        # would carry them to the thread that answers it.
        clear_frames(error.__traceback__)
        raise
