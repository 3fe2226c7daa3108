"""Puts the nodes of layers beside each other, each as near to its neighbours as there is room.

Every row is the least-squares fit to where its nodes would like to be (isotonic regression by
pooling adjacent violators; Barlow and others, Statistical Inference under Order Restrictions,
1972): no two overlap, and their order is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from statistics import mean
from typing import Final

from api.drawing.layers import Place

_SWEEPS: Final = 12

Centres = dict[Place, float]


def centres(
    rows: Sequence[Sequence[Place]],
    links: Iterable[tuple[Place, Place]],
    breadth: Mapping[Place, float],
    gap: float,
) -> Centres:
    """Give the middle of each node; the outermost begins at 0.

    `links` lead from a row to the next, and between two nodes of a row there is a `gap` or more.
    """
    above, below = defaultdict[Place, list[Place]](list), defaultdict[Place, list[Place]](list)
    for upper, lower in links:
        above[lower].append(upper)
        below[upper].append(lower)
    found: Centres = {}
    for row in rows:
        found |= _fitted(row, dict.fromkeys(row, 0), breadth, gap)
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else rows[::-1]:
            near = {node: (above if down else below)[node] or [node] for node in row}
            wanted = {node: mean(found[each] for each in near[node]) for node in row}
            found |= _fitted(row, wanted, breadth, gap)
    first = min((found[node] - breadth[node] / 2 for node in found), default=0)
    return {node: centre - first for node, centre in found.items()}


def _fitted(
    row: Sequence[Place], wanted: Mapping[Place, float], breadth: Mapping[Place, float], gap: float
) -> Centres:
    steps = ((breadth[one] + breadth[other]) / 2 + gap for one, other in pairwise(row))
    offsets = list(accumulate(steps, initial=0.0))
    values = [wanted[node] - offset for node, offset in zip(row, offsets, strict=False)]
    return {
        node: value + offset
        for node, value, offset in zip(row, _rising(values), offsets, strict=False)
    }


def _rising(values: Iterable[float]) -> list[float]:
    """Give the rising sequence that is nearest to some values."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pool = (value, 1)
        while pools and pools[-1][0] > pool[0]:
            (before, many), (after, few) = pools.pop(), pool
            pool = ((before * many + after * few) / (many + few), many + few)
        pools.append(pool)
    return [value for value, count in pools for _ in range(count)]
