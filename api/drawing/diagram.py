"""Gives boxes and arrows their places in pixels; it writes nothing and knows no meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise
from typing import Final

from api.drawing.box import Box, Placed
from api.drawing.layers import Bend, Place, layered
from api.drawing.places import Centres, centres

_LANE: Final = 14
_BETWEEN: Final = 24
_AHEAD: Final = 34
_MARGIN: Final = 8
_ASIDE: Final = 44
_HEAD: Final = 9


class Flow(Enum):
    """Whether arrows lead from the top down, or from left to right."""

    DOWN = "down"
    ACROSS = "across"


@dataclass(frozen=True)
class Edge:
    """What leads from a box to one of a later layer; its arrows may point either way, or none."""

    start: str
    end: str
    to_end: bool = True
    to_start: bool = False
    look: str = ""


@dataclass(frozen=True)
class Arrow:
    """An edge as the path of an SVG with its heads; `back` is one that closes a circle."""

    path: str
    heads: tuple[str, ...]
    look: str = ""
    back: bool = False


@dataclass(frozen=True)
class Diagram:
    """A drawing with its size in pixels."""

    width: int
    height: int
    boxes: list[Placed]
    arrows: list[Arrow]


def drawn(boxes: Sequence[Box], edges: Sequence[Edge], flow: Flow = Flow.DOWN) -> Diagram:
    """Draw boxes in layers along the flow; edges name them by their ids."""
    return _Drawing(boxes, edges, flow).diagram()


Point = tuple[float, float]


class _Drawing:
    """A drawing as it is made: `along` is the way that arrows go, `across` the other."""

    def __init__(self, boxes: Sequence[Box], edges: Sequence[Edge], flow: Flow) -> None:
        self._boxes = {box.id: box for box in boxes}
        self._edges = [edge for edge in edges if edge.start != edge.end]
        self._flow = flow
        self._layers = layered(list(self._boxes), [(edge.start, edge.end) for edge in self._edges])
        links = [link for chain in self._layers.chains.values() for link in pairwise(chain)]
        self._begin, self._end = self._rows()
        self._breadth = self._breadths()
        self._across = centres(self._layers.rows, links, self._breadth, _BETWEEN)
        self._out = _ports(links, self._across, self._breadth, of_start=True)
        self._in = _ports(links, self._across, self._breadth, of_start=False)

    def diagram(self) -> Diagram:
        placed = {each: self._placed(box) for each, box in self._boxes.items()}
        far = (centre + self._breadth[each] / 2 for each, centre in self._across.items())
        side = max(far, default=0)
        sizes = (max([*self._end.values(), 0]), side)
        width, height = map(round, sizes[::-1] if self._flow is Flow.DOWN else sizes)
        right = 2 * _MARGIN + width
        return Diagram(
            right + (_ASIDE if self._layers.turned else 0),
            2 * _MARGIN + height,
            list(placed.values()),
            [
                _round_the_side(placed[edge.start], placed[edge.end], right)
                if self._closes(edge)
                else self._arrow(edge, self._layers.chains[edge.start, edge.end])
                for edge in self._edges
            ],
        )

    def _closes(self, edge: Edge) -> bool:
        return (edge.start, edge.end) in self._layers.turned

    def _along(self, box: Box) -> int:
        return box.height if self._flow is Flow.DOWN else box.width

    def _breadths(self) -> dict[Place, float]:
        down = self._flow is Flow.DOWN
        breadths: dict[Place, float] = {
            each: box.width if down else box.height for each, box in self._boxes.items()
        }
        bends = (node for row in self._layers.rows for node in row if isinstance(node, Bend))
        return breadths | dict.fromkeys(bends, _LANE)

    def _rows(self) -> tuple[dict[Place, int], dict[Place, int]]:
        """Give for each node where its row begins and ends along the way."""
        rows = self._layers.rows
        deep = [
            max(self._along(self._boxes[node]) for node in row if not isinstance(node, Bend))
            for row in rows
        ]
        begins = list(accumulate((each + _AHEAD for each in deep), initial=0))
        begin = {node: begins[number] for number, row in enumerate(rows) for node in row}
        end = {
            node: begins[number] + deep[number] for number, row in enumerate(rows) for node in row
        }
        return begin, end

    def _placed(self, box: Box) -> Placed:
        x, y = self._point(self._begin[box.id], self._across[box.id])
        if self._flow is Flow.DOWN:
            return Placed(box, round(x - box.width / 2), round(y))
        return Placed(box, round(x), round(y - box.height / 2))

    def _point(self, along: float, across: float) -> Point:
        x, y = (across, along) if self._flow is Flow.DOWN else (along, across)
        return round(x + _MARGIN, 1), round(y + _MARGIN, 1)

    def _arrow(self, edge: Edge, chain: Sequence[Place]) -> Arrow:
        """Lead from layer to layer: it turns only between them, where no box is."""
        first, last = self._boxes[edge.start], self._boxes[edge.end]
        start = self._begin[first.id] + self._along(first) + (_HEAD if edge.to_start else 0)
        stop = self._begin[last.id] - (_HEAD if edge.to_end else 0)
        path = f"M{self._text(start, self._out[chain[0], chain[1]])}"
        for here, there in pairwise(chain):
            leaves, arrives = self._out[here, there], self._in[here, there]
            end = max(self._end[here], start if here == chain[0] else 0)
            to = stop if there == chain[-1] else self._begin[there]
            half = (end + to) / 2
            path += f" L{self._text(end, leaves)} C{self._text(half, leaves)}"
            path += f" {self._text(half, arrives)} {self._text(to, arrives)}"
        heads = []
        if edge.to_start:
            heads.append(self._head(start, self._out[chain[0], chain[1]], -_HEAD))
        if edge.to_end:
            heads.append(self._head(stop, self._in[chain[-2], chain[-1]], _HEAD))
        return Arrow(path, tuple(heads), edge.look)

    def _head(self, along: float, across: float, ahead: int) -> str:
        base = (self._text(along, across - 5), self._text(along, across + 5))
        return f"M{self._text(along + ahead, across)} L{base[0]} L{base[1]} z"

    def _text(self, along: float, across: float) -> str:
        x, y = self._point(along, across)
        return f"{x:g} {y:g}"


def _ports(
    links: Iterable[tuple[Place, Place]],
    across: Centres,
    breadths: Mapping[Place, float],
    *,
    of_start: bool,
) -> dict[tuple[Place, Place], float]:
    """Give where links leave or reach a node, side by side in the order of their other ends."""
    own, other = (0, 1) if of_start else (1, 0)
    of = defaultdict[Place, list[tuple[Place, Place]]](list)
    for link in sorted(links, key=lambda link: (across[link[other]], str(link))):
        of[link[own]].append(link)
    found = {}
    for node, these in of.items():
        step = min(28.0, 0.8 * breadths[node] / len(these))
        for number, link in enumerate(these):
            found[link] = across[node] + step * (number - (len(these) - 1) / 2)
    return found


def _round_the_side(start: Placed, end: Placed, side: int) -> Arrow:
    """Lead round the right side of everything."""
    from_x, from_y = start.x + start.box.width, start.y + start.box.height // 2
    to_x, to_y = end.x + end.box.width, end.y + end.box.height // 2
    out = side + _ASIDE - 8
    path = (
        f"M{from_x} {from_y} H{out - 12} Q{out} {from_y} {out} {from_y - 12} "
        f"V{to_y + 12} Q{out} {to_y} {out - 12} {to_y} H{to_x + 9}"
    )
    return Arrow(path, (f"M{to_x} {to_y} l10 -6 v12 z",), back=True)
