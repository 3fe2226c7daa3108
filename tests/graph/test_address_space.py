"""A process that may take little memory draws diagrams all the same; each runs in its own."""

from __future__ import annotations

import subprocess
import sys

LIMITED = """
from pathlib import Path
import resource
from oxidd.bdd import BDDManager
from graph import address_space

held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
address_space.limit(held + 2**28)
"""


def said(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED + program], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_memory_is_bounded_until_room_is_made() -> None:
    refused = "try: bytearray(2**29)\nexcept MemoryError: print(address_space.has_made_room())"
    assert said(refused) == "False"


def test_two_managers_find_room_for_their_stacks() -> None:
    drawn = (
        "address_space.make_room_for_stacks()\n"
        "held = [BDDManager(2**10, 2**10, threads=1) for _ in range(2)]\n"
        "print(len(held), address_space.has_made_room())"
    )
    assert said(drawn) == "2 True"
