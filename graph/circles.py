"""Finds what waits for what in a circle: strongly connected components, in the order of waiting.

Method: R. E. Tarjan, Depth-first search and linear graph algorithms (1972), without recursion, so
that a long chain of commitments cannot exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def circles(starts: Iterable[T], looks_at: Callable[[T], Iterable[T]]) -> Iterator[list[T]]:
    """Give what can be reached from the starts, grouped by circle.

    A group comes after all groups that it looks at; what is in no circle is a group of its own.
    """
    index: dict[T, int] = {}
    lowest: dict[T, int] = {}
    found: set[T] = set()
    stack: list[T] = []
    for start in starts:
        if start in index:
            continue
        path = [(start, iter(looks_at(start)))]
        _enter(start, index, lowest, stack)
        while path:
            here, ahead = path[-1]
            following = next((one for one in ahead if one not in found), None)
            if following is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[here])
                if lowest[here] == index[here]:
                    circle = _leave(here, stack)
                    found.update(circle)
                    yield circle
            elif following in index:
                lowest[here] = min(lowest[here], index[following])
            else:
                _enter(following, index, lowest, stack)
                path.append((following, iter(looks_at(following))))


def _enter(one: T, index: dict[T, int], lowest: dict[T, int], stack: list[T]) -> None:
    index[one] = lowest[one] = len(index)
    stack.append(one)


def _leave(root: T, stack: list[T]) -> list[T]:
    circle = [stack.pop()]
    while circle[-1] != root:
        circle.append(stack.pop())
    return circle[::-1]
