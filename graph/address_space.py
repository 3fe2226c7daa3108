"""How many addresses a process may take: a bound on its memory, but for what takes addresses only.

oxidd reserves a stack of 1 GiB for the thread of each manager, of which it touches little; power
draws two diagrams, and the first thread may not have ended when the second begins.
"""

from __future__ import annotations

import resource
from typing import Final

_STACKS: Final = 2 << 30


def limit(most: int) -> None:
    """Take at most so many bytes of addresses from now on, until `make_room_for_stacks`."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most + _STACKS))


def make_room_for_stacks() -> None:
    """Allow the stacks beside the memory; there is no way back, since threads end when they do."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def has_made_room() -> bool:
    """Tell whether room was made since the limit was set."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    return soft == hard
