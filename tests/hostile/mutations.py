"""Mutates texts: the same ones for the same seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

# What a SPARQL text is made of, and what no text should have.
_PIECES: Final = (
    *(b"{", b"}", b"(", b")", b"[", b"]", b"<", b">", b'"', b"'", b"\\", b"#", b";", b".", b"*"),
    *(b"SELECT", b"ASK", b"UNION", b"OPTIONAL", b"FILTER", b"SERVICE", b"FROM", b"BIND", b"GRAPH"),
    *(b"?a", b"$a", b"_:a", b"<urn:a>", b"1e999", b"-1", b"\\u0000", b"\\uD800", b"@en", b"^^"),
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\r", b"\n", b"%00", b"<<(", b")>>"),
)
_MOST_BYTES: Final = 20_000
_WORD: Final = re.compile(rb"[?$]\w+|<[^<>\s]*>|\w+|\s+|[^\w\s]")


def mutations(texts: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Give texts without end: one of those given, with a word put for another or torn somewhere.

    The first kind is often still a query, and the second seldom.
    """
    random = Random(seed)
    while True:
        text = random.choice(texts)[:_MOST_BYTES]
        change = _torn if random.random() < 0.25 else _reworded
        for _ in range(random.randint(1, 3)):
            text = change(text, random, texts)
        yield text[: 2 * _MOST_BYTES]


def _reworded(text: bytes, random: Random, texts: Sequence[bytes]) -> bytes:
    """Put a word for another of its kind, from any of the texts."""
    words, others = _WORD.findall(text), _WORD.findall(random.choice(texts)[:_MOST_BYTES])
    at = random.randrange(len(words))
    alike = [other for other in others if other[:1].isalnum() == words[at][:1].isalnum()]
    words[at] = random.choice(alike or others)
    return b"".join(words)


def _torn(text: bytes, random: Random, texts: Sequence[bytes]) -> bytes:
    first, last = sorted(random.randrange(len(text) + 1) for _ in range(2))
    before, inside, after = text[:first], text[first:last], text[last:]
    match random.randrange(6):
        case 0:
            return before + after
        case 1:
            return before + inside * random.choice((2, 3, 50)) + after
        case 2:
            return before + random.choice(_PIECES) + inside + random.choice(_PIECES) + after
        case 3:
            flipped = bytes([random.randrange(256)])
            return before + flipped + text[first + 1 :]
        case 4:
            return before + random.choice(texts)[:_MOST_BYTES][first:last] + after
        case _:
            return before + inside[::-1] + after
