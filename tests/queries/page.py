"""What docs/questions.md shows of the answers, beside what `graph.competency` reads of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from graph import competency
from tests.queries.cases import HERE

PAGE = (HERE.parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")
_SAYS = re.compile(r"(?:no row|`(?P<shipped>[^`]+)`)(?:; (?P<data>\w+): `(?P<there>[^`]+)`)?")
_BETWEEN_CELLS = " · "


@dataclass(frozen=True)
class Question(competency.Question):
    """A line of the page with its excerpts read."""

    @cached_property
    def _said(self) -> re.Match[str]:
        said = _SAYS.fullmatch(self.says)
        assert said, self.number
        return said

    @property
    def shown(self) -> str:
        """Give what the first of `asks` says, empty where it has no row."""
        return self._said["shipped"] or ""

    @property
    def elsewhere(self) -> Mapping[str, str]:
        """Give what the same query says of data that are not shipped, by their name."""
        return {self._said["data"]: self._said["there"]} if self._said["data"] else {}

    @property
    def query(self) -> competency.Asking | None:
        """Give the named query that is shown."""
        return self.queries[0] if self.command.startswith("servanda query ") else None


def questions() -> list[Question]:
    """Give the lines of the page."""
    return [Question(**vars(each)) for each in competency.questions()]


def is_shown(excerpt: str, row: list[str] | tuple[str, ...]) -> bool:
    """Tell whether the cells of an excerpt stand in a row, in their order."""
    cells = iter(row)
    return all(piece in cells for piece in excerpt.split(_BETWEEN_CELLS))
