"""Reads docs/questions.md: what asks each question, and what it says of which data."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from tests.queries.cases import HERE

PAGE = (HERE.parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")
_LINE = re.compile(r"^\| (\d+[EMHX]) [^|]+ \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
_SAYS = re.compile(r"(?:no row|`(?P<shipped>[^`]+)`)(?:; (?P<data>\w+): `(?P<there>[^`]+)`)?")
_BETWEEN_CELLS = " · "


@dataclass(frozen=True)
class Question:
    """A line of the page. `shown` is what the first of `asks` says, empty where it has no row.

    `elsewhere` is what the same query says of data that are not shipped, by their name.
    """

    number: str
    asks: tuple[str, ...]
    shown: str
    elsewhere: Mapping[str, str]
    answer: str

    @property
    def command(self) -> str:
        """Give the command that the page shows something of."""
        return self.asks[0]

    @property
    def queries(self) -> set[str]:
        """Give the named queries that ask it."""
        return {each.split()[2] for each in self.asks if each.startswith("servanda query ")}

    @property
    def query(self) -> tuple[str, dict[str, str]] | None:
        """Give the named query that is shown, with its arguments."""
        _, verb, *rest = shlex.split(self.command)
        if verb != "query":
            return None
        return rest[0], dict(argument.split("=", 1) for argument in rest[2::2])


def questions() -> list[Question]:
    """Give the lines of the page; fails for one that does not say what it should."""
    found = []
    for number, asks, says, answer in _LINE.findall(PAGE):
        said = _SAYS.fullmatch(says)
        assert said, number
        question = Question(
            number=number,
            asks=tuple(re.findall(r"`([^`]+)`", asks)),
            shown=said["shipped"] or "",
            elsewhere={said["data"]: said["there"]} if said["data"] else {},
            answer=answer,
        )
        found.append(question)
    return found


def is_shown(excerpt: str, row: list[str] | tuple[str, ...]) -> bool:
    """Tell whether the cells of an excerpt stand in a row, in their order."""
    cells = iter(row)
    return all(piece in cells for piece in excerpt.split(_BETWEEN_CELLS))
