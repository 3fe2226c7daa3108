"""Holds results to a number of rows: what has more is refused, never cut in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from graph.errors import AnswerTooLarge
from graph.results import Results
from graph.worker import Out

Row = TypeVar("Row")


class _Mark(NamedTuple):
    """What stands at least once for each row in a format, and how often without a row."""

    text: bytes
    beside: int


_MARKS: Final = {
    "json": _Mark(b"},{", -1),
    "xml": _Mark(b"<result>", 0),
    "csv": _Mark(b"\n", 1),
    "tsv": _Mark(b"\n", 1),
}


def capped(rows: Iterable[Row], most: int) -> Iterator[Row]:
    """Give the rows; raises AnswerTooLarge in the place of the first that is too many."""
    for number, row in enumerate(rows):
        if number == most:
            raise _too_many(most)
        yield row


def write_capped(
    ask: Callable[[], Results], results: Results, name: str, most: int, out: Out
) -> None:
    """Write a table or a yes or no in the format `name`; raises AnswerTooLarge as `capped` does.

    `results` are what `ask` gave; it is asked once more where the count is in doubt.
    """
    mark = _MARKS[name]
    counted = results.kind == "solutions"
    results.write_to(_Counting(out, mark, ask, most) if counted else out, name)


class _Counting:
    """Counts rows in what the engine writes: it gives no count, and to count first is to ask twice.

    A text in the data may look like the end of a row. So the count is at least the number of rows,
    and only when it passes the limit is the query asked again for the rows themselves.
    """

    def __init__(self, out: Out, mark: _Mark, ask: Callable[[], Results], most: int) -> None:
        self._out = out
        self._mark = mark.text
        self._count = -mark.beside
        self._ask = ask
        self._most = most
        self._tail = b""
        self._fits = False

    def write(self, data: bytes) -> int:
        """Count and pass on."""
        if not self._fits:
            text = self._tail + data
            self._count += text.count(self._mark)
            self._tail = text[len(text) - len(self._mark) + 1 :]
            if self._count > self._most:
                self._recount()
        return self._out.write(data)

    def flush(self) -> None:
        """Do nothing: what was written has been passed on."""

    def _recount(self) -> None:
        if sum(1 for _ in islice(self._ask().rows(), self._most + 1)) > self._most:
            raise _too_many(self._most)
        self._fits = True


def _too_many(most: int) -> AnswerTooLarge:
    return AnswerTooLarge(
        f"the answer has more than {most:,} rows",
        hint="narrow the question, or ask for parts with ORDER BY, LIMIT and OFFSET",
    )
