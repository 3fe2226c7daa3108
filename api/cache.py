"""Keeps whole answers for as long as there is room; it does not know when one is out of date."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """A whole answer: its status, its headers, its body, and the route that led to it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    route: object = None

    @property
    def size(self) -> int:
        """Give its length in bytes, roughly."""
        return len(self.body) + sum(len(name) + len(text) for name, text in self.headers)


class Cache:
    """The answers that were asked for last, up to `most` bytes of them."""

    def __init__(self, most: int) -> None:
        """Start empty; `hits` and `misses` count what was asked for."""
        self._most = most
        self._size = 0
        self.hits = 0
        self.misses = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def __len__(self) -> int:
        """Count the answers that are kept."""
        return len(self._kept)

    def __contains__(self, key: Hashable) -> bool:
        """Tell whether an answer is kept, without counting that it was asked for."""
        return key in self._kept

    def get(self, key: Hashable) -> Kept | None:
        """Give what was kept under a key that tells all that the answer depends on."""
        if key not in self._kept:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return self._kept[key]

    def put(self, key: Hashable, answer: Kept) -> None:
        """Keep an answer, in the place of the ones that were not asked for the longest."""
        if answer.size > self._most:
            return
        self._size += answer.size - (self._kept[key].size if key in self._kept else 0)
        self._kept[key] = answer
        self._kept.move_to_end(key)
        while self._size > self._most:
            self._size -= self._kept.popitem(last=False)[1].size
