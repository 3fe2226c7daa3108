"""Puts the nodes of a directed graph into layers, so that edges lead down and seldom cross.

After K. Sugiyama, S. Tagawa and M. Toda, Methods for Visual Understanding of Hierarchical System
Structures (1981): edges that close a circle are turned, layers are counted by the longest path,
and each layer is ordered by the barycentre of its neighbours. It knows no sizes and no pixels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean
from typing import Final, TypeAlias

_SWEEPS: Final = 8


@dataclass(frozen=True, slots=True)
class Bend:
    """A place in a layer through which an edge passes that spans several."""

    edge: tuple[str, str]
    layer: int


Place: TypeAlias = str | Bend


@dataclass(frozen=True)
class Layers:
    """The layers from the top, each from left to right, and the edges that lead up.

    `chains` are the places of every other edge from its start to its end, one in each layer.
    """

    rows: list[list[Place]]
    turned: frozenset[tuple[str, str]]
    chains: Mapping[tuple[str, str], Sequence[Place]]


def layered(nodes: Sequence[str], edges: Collection[tuple[str, str]]) -> Layers:
    """Lay a graph out; the earlier of two nodes in a circle comes higher."""
    following = _following(nodes, edges)
    turned = frozenset(_closing(nodes, following))
    down = [edge for edge in edges if edge not in turned and edge[0] != edge[1]]
    level = _levels(nodes, down)
    rows: list[list[Place]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for node in nodes:
        rows[level[node]].append(node)
    chains = {edge: _chain(edge, level) for edge in down}
    for place in (place for chain in chains.values() for place in chain):
        if isinstance(place, Bend):
            rows[place.layer].append(place)
    links = [link for chain in chains.values() for link in pairwise(chain)]
    return Layers(_ordered(rows, links), turned, chains)


def _following(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {node: [] for node in nodes}
    for start, end in edges:
        found[start].append(end)
    return found


def _closing(
    nodes: Iterable[str], following: Mapping[str, Sequence[str]]
) -> Iterable[tuple[str, str]]:
    """Give the edges that lead back to a node that a walk in depth is still coming from."""
    left: set[str] = set()
    for root in nodes:
        if root in left:
            continue
        on_the_way: dict[str, None] = {root: None}
        ways = [iter(following[root])]
        while ways:
            node = next(reversed(on_the_way))
            to = next(ways[-1], None)
            if to is None:
                left.add(node)
                on_the_way.popitem()
                ways.pop()
            elif to in on_the_way:
                yield node, to
            elif to not in left:
                on_the_way[to] = None
                ways.append(iter(following[to]))


def _levels(nodes: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Count for each node the edges of the longest path that leads to it."""
    level = dict.fromkeys(nodes, 0)
    following = _following(nodes, edges)
    waiting = dict.fromkeys(nodes, 0)
    for each in following.values():
        for end in each:
            waiting[end] += 1
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        for end in following[node]:
            level[end] = max(level[end], level[node] + 1)
            waiting[end] -= 1
            if not waiting[end]:
                ready.append(end)
    return level


def _chain(edge: tuple[str, str], level: Mapping[str, int]) -> list[Place]:
    """Cut an edge into steps from layer to layer."""
    start, end = edge
    return [start, *(Bend(edge, layer) for layer in range(level[start] + 1, level[end])), end]


def _ordered(
    rows: list[list[Place]],
    links: Sequence[tuple[Place, Place]],
) -> list[list[Place]]:
    """Sweep down and up, and keep the order in which the fewest edges cross."""
    above, below = defaultdict[Place, list[Place]](list), defaultdict[Place, list[Place]](list)
    for upper, lower in links:
        above[lower].append(upper)
        below[upper].append(lower)
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        neighbours = above if down else below
        order = rows if down else rows[::-1]
        for fixed, row in pairwise(order):
            place = {node: number for number, node in enumerate(fixed)}
            own = {node: number for number, node in enumerate(row)}
            row.sort(key=lambda node: _barycentre(neighbours[node], place, own[node]))
        if (count := _crossings(rows, below)) < fewest:
            best, fewest = [list(row) for row in rows], count
    return best


def _barycentre(neighbours: Sequence[Place], place: Mapping[Place, int], own: int) -> float:
    return mean(place[each] for each in neighbours) if neighbours else own


def _crossings(rows: Sequence[Sequence[Place]], below: Mapping[Place, Sequence[Place]]) -> int:
    crossings = 0
    for upper, lower in pairwise(rows):
        place = {node: number for number, node in enumerate(lower)}
        ends = [sorted(place[each] for each in below.get(node, ())) for node in upper]
        for left, first in enumerate(ends):
            for second in ends[left + 1 :]:
                crossings += sum(one > other for one in first for other in second)
    return crossings
