"""The competency questions, read from docs/questions.md: what asks each, and what it needs.

Their answers are found elsewhere.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, Self

from graph.errors import NotFound, UnreadableInput
from graph.resources import resource

_PAGE: Final = "questions.md"
_LINE: Final = re.compile(
    r"^\| (\d+[EMHX]) ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE
)
_TERMS: Final = re.compile(r"^\| (\d+[EMHX]) \| ([^|]+) \|$", re.MULTILINE)
_ENGINE_TERMS: Final = re.compile(r"^\*\*The engine\*\* reads (.+?)\.$", re.MULTILINE)
_QUERY: Final = "servanda query "
ENGINE: Final = "the engine"
"""How the page names what is read to work out states, waits and circles."""


class Group(Enum):
    """How hard a question is to answer; the letter stands behind its number."""

    EASY = "E"
    JOINED = "M"
    DERIVED = "H"
    UNSURVEYED = "X"


@dataclass(frozen=True)
class Asking:
    """A named query with the arguments that a question gives it."""

    query: str
    arguments: Mapping[str, str]

    @classmethod
    def of(cls, command: str) -> Self | None:
        """Read a command; None for one that asks no named query."""
        if not command.startswith(_QUERY):
            return None
        _, _, name, *arguments = shlex.split(command)
        return cls(name, dict(each.split("=", 1) for each in arguments[1::2]))


@dataclass(frozen=True)
class Question:
    """A question as the page has it: `asks` are the commands and addresses that answer it.

    `says` is what the first of them says, and `answer` the answer in words, both of the first
    source. `terms` are those its queries name, by their local names; `needs_engine` says that the
    terms of the engine come to them.
    """

    number: str
    text: str
    asks: tuple[str, ...]
    says: str
    answer: str
    terms: tuple[str, ...]
    needs_engine: bool

    @property
    def group(self) -> Group:
        """Give how hard it is."""
        return Group(self.number[-1])

    @property
    def command(self) -> str:
        """Give the command that asks it first."""
        return self.asks[0]

    @property
    def queries(self) -> list[Asking]:
        """Give the named queries among what asks it."""
        found = (Asking.of(each) for each in self.asks)
        return [each for each in found if each]


@cache
def questions() -> tuple[Question, ...]:
    """Give the questions in their order, read once: where they are asked no file can be opened."""
    return read(_page())


def read(page: str) -> tuple[Question, ...]:
    """Read the questions of a page.

    Raises UnreadableInput for a page without any, or with one whose terms are not listed.
    """
    cells = dict(_TERMS.findall(page))
    found = _LINE.findall(page)
    if missing := [number for number, *_ in found if number not in cells]:
        raise UnreadableInput(f"`{_PAGE}` lists no terms for {', '.join(missing)}")
    if not found:
        raise UnreadableInput(f"`{_PAGE}` has no line of a question")
    return tuple(
        Question(
            number=number,
            text=text,
            asks=_code(asks),
            says=says,
            answer=answer,
            terms=_code(cells[number]),
            needs_engine=cells[number].endswith(ENGINE),
        )
        for number, text, asks, says, answer in found
    )


@cache
def engine_terms() -> tuple[str, ...]:
    """Give the terms that the engine reads, by their local names."""
    return tuple(term for line in _ENGINE_TERMS.findall(_page()) for term in _code(line))


def question(number: str) -> Question:
    """Give a question by its number and letter; raises NotFound."""
    for each in questions():
        if each.number == number:
            return each
    raise NotFound(
        f"there is no question `{number}`", hint=f"there are 1E to {questions()[-1].number}"
    )


def _page() -> str:
    return resource("docs", _PAGE).read_text(encoding="utf-8")


def _code(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))
