"""A node of a drawing: the words in it, how they are broken, and how much room they take."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from api.drawing import text

PADDING: Final = 12
SIZE: Final = 13
_LINE: Final = 18
# WCAG 2.2, 2.5.8: the least height of what is pressed.
_FINGER: Final = 24
_WIDTH: Final = 232
LABEL: Final = "label"
"""The look of words that stand in the way of an arrow, without a frame."""


@dataclass(frozen=True)
class Line:
    """Words in a box, broken where they are too long; `href` is where they lead."""

    text: str
    href: str | None = None
    strong: bool = False
    language: str | None = None


@dataclass(frozen=True)
class Box:
    """A node: its words from the top, how it looks, and how wide it is at the most."""

    id: str
    lines: tuple[Line, ...]
    look: str = ""
    most: int = _WIDTH

    @cached_property
    def rows(self) -> list[tuple[Line, list[str]]]:
        """Give each line of words as it is broken."""
        room = self.most - 2 * PADDING
        return [
            (line, text.lines(line.text, room, SIZE, strong=line.strong)) for line in self.lines
        ]

    @property
    def width(self) -> int:
        """Give the width in pixels: that of the longest words where they are no box."""
        if self.look != LABEL:
            return self.most
        widths = (
            text.width(row, SIZE, strong=line.strong) for line, rows in self.rows for row in rows
        )
        return round(max(widths, default=0)) + PADDING

    @property
    def height(self) -> int:
        """Give the height in pixels."""
        return sum(map(_height, self.rows)) + 2 * self.above

    @property
    def above(self) -> int:
        """Give the room above the words, which is that below them."""
        return PADDING // 2 if self.look == LABEL else PADDING


def _height(row: tuple[Line, list[str]]) -> int:
    """Give the height of a line, which is enough for a finger where it leads somewhere."""
    line, rows = row
    return _LINE * len(rows) + (_FINGER - _LINE if line.href else 0)


@dataclass(frozen=True)
class Placed:
    """A box at its place."""

    box: Box
    x: int
    y: int


class Row(NamedTuple):
    """One line of words as it is written: from where, how high, and the feet of its rows."""

    line: Line
    top: int
    height: int
    texts: list[tuple[str, int]]


def rows_of(placed: Placed) -> list[Row]:
    """Give the words of a box with the height of the foot of each row."""
    found, top = [], placed.y + placed.box.above
    for line, rows in placed.box.rows:
        height = _height((line, rows))
        first = top + _LINE - 5 + (height - _LINE * len(rows)) // 2
        texts = [(row, first + _LINE * number) for number, row in enumerate(rows)]
        found.append(Row(line, top, height, texts))
        top += height
    return found
