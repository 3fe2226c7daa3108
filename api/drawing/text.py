"""Breaks text into lines that fit a width in pixels; it knows no fonts, only how wide they may be.

Which font a reader has is not known here, so the widths are those of the widest that style.css
asks for; a test measures them in a browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from unicodedata import combining, east_asian_width

_NARROW: Final = frozenset("fijlrtI.,:;!|'()[]{} -/·«»іїјг")
_WIDE: Final = frozenset("mwMW@%—…œæŒÆжмшщюыфЖШЩЮЫФДдQOGÖÔ→")
_STRONG: Final = 1.09


def width(text: str, size: int, *, strong: bool = False) -> float:
    """Give the most pixels that a text takes in a font of a size."""
    return sum(map(_em, text)) * size * (_STRONG if strong else 1)


def lines(text: str, most: float, size: int, *, strong: bool = False) -> list[str]:
    """Break a text at spaces, and a word only where it is too long by itself."""
    found: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, most, size, strong):
            longer = f"{line} {piece}" if line else piece
            if width(longer, size, strong=strong) <= most:
                line = longer
            else:
                found.append(line)
                line = piece
    return [*found, line] if line else found


def _pieces(word: str, most: float, size: int, strong: bool) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter, size, strong=strong) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _em(letter: str) -> float:
    if combining(letter):
        return 0
    if letter in _NARROW:
        return 0.44
    if letter in _WIDE or east_asian_width(letter) in "WF":
        return 1
    return 0.8 if letter.isupper() else 0.63
