"""Gives boxes and arrows their places in pixels, for a template that writes SVG."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Final

from api.drawing.layers import Bend, Place, layered

_WIDTH: Final = 250
_LETTERS: Final = 30
_LINE: Final = 18
_PADDING: Final = 12
_BETWEEN: Final = 36
_DOWN: Final = 56
_MARGIN: Final = 6
_ASIDE: Final = 44


@dataclass(frozen=True)
class Box:
    """A node: its heading, the words under it, where it leads and how it looks."""

    id: str
    heading: str
    words: str = ""
    href: str | None = None
    look: str = ""

    @property
    def headings(self) -> list[str]:
        """Give the heading in lines."""
        return wrap(self.heading, _LETTERS)

    @property
    def lines(self) -> list[str]:
        """Give the words in lines."""
        return wrap(self.words, _LETTERS + 4)

    @property
    def height(self) -> int:
        """Give the height in pixels."""
        return _LINE * (len(self.headings) + len(self.lines)) + 2 * _PADDING


@dataclass(frozen=True)
class Placed:
    """A box at its place."""

    box: Box
    x: int
    y: int
    width: int = _WIDTH

    @property
    def texts(self) -> list[tuple[str, int, bool]]:
        """Give each line with the height of its foot, and whether it is of the heading."""
        lines = [(text, True) for text in self.box.headings]
        lines += [(text, False) for text in self.box.lines]
        top = self.y + _PADDING + _LINE - 5
        return [(text, top + _LINE * row, strong) for row, (text, strong) in enumerate(lines)]


@dataclass(frozen=True)
class Arrow:
    """An edge as the path of an SVG; `back` is one that leads up and closes a circle."""

    path: str
    head: str
    back: bool


@dataclass(frozen=True)
class Diagram:
    """A drawing with its size in pixels."""

    width: int
    height: int
    boxes: list[Placed]
    arrows: list[Arrow]


def drawn(boxes: Sequence[Box], edges: Collection[tuple[str, str]]) -> Diagram:
    """Draw boxes from the top down; edges name them by their ids."""
    by_id = {box.id: box for box in boxes}
    layers = layered([box.id for box in boxes], edges)
    inner = max((_span(row) for row in layers.rows), default=0)
    places: dict[Place, tuple[int, int]] = {}
    y = _MARGIN
    placed = []
    for row in layers.rows:
        x = _MARGIN + (inner - _span(row)) // 2
        for node in row:
            places[node] = (x, y)
            if not isinstance(node, Bend):
                placed.append(Placed(by_id[node], x, y))
            x += _WIDTH + _BETWEEN
        y += max((by_id[node].height for node in row if not isinstance(node, Bend)), default=0)
        y += _DOWN
    at = {each.box.id: each for each in placed}
    side = _MARGIN + inner
    arrows = [
        _up(at[start], at[end], side)
        if (start, end) in layers.turned
        else _down(at[start], at[end], _bends(start, end, places))
        for start, end in edges
        if start != end
    ]
    aside = _ASIDE if layers.turned else 0
    return Diagram(side + _MARGIN + aside, y - _DOWN + _MARGIN, placed, arrows)


def _span(row: Sequence[object]) -> int:
    return len(row) * (_WIDTH + _BETWEEN) - _BETWEEN


def _bends(start: str, end: str, places: dict[Place, tuple[int, int]]) -> list[tuple[int, int]]:
    found = [node for node in places if isinstance(node, Bend) and node.edge == (start, end)]
    return [places[each] for each in sorted(found, key=lambda bend: bend.layer)]


def _down(start: Placed, end: Placed, bends: Sequence[tuple[int, int]]) -> Arrow:
    half = _WIDTH // 2
    points = [(start.x + half, start.y + start.box.height)]
    points += [(x + half, y) for x, y in bends]
    points.append((end.x + half, end.y - 8))
    path = f"M{points[0][0]} {points[0][1]}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) // 2
        path += f" C{x} {middle} {to_x} {middle} {to_x} {to_y}"
    x, y = end.x + half, end.y
    return Arrow(path, f"M{x} {y} l-6 -10 h12 z", back=False)


def _up(start: Placed, end: Placed, side: int) -> Arrow:
    """Lead round the right side of everything."""
    from_x, from_y = start.x + _WIDTH, start.y + start.box.height // 2
    to_x, to_y = end.x + _WIDTH, end.y + end.box.height // 2
    out = side + _ASIDE - 8
    path = (
        f"M{from_x} {from_y} H{out - 12} Q{out} {from_y} {out} {from_y - 12} "
        f"V{to_y + 12} Q{out} {to_y} {out - 12} {to_y} H{to_x + 9}"
    )
    return Arrow(path, f"M{to_x} {to_y} l10 -6 v12 z", back=True)
