"""What a cell holds, by its datatype (tabular-metadata, section 6.4), as a literal of the graph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from graph.datatypes import fault
from graph.namespaces import PREFIXES
from graph.tables.cells import Unfit

XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = {"decimal", "integer", "nonNegativeInteger", "positiveInteger"}
_TEXTS: Final = {"string", "anyURI", "boolean"}
_TIMES: Final = {"date", "dateTime"}
# The parts of a date pattern (tabular-metadata, section 6.4.4), each with what it reads.
_DATE_PARTS: Final = {
    "yyyy": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{2})",
    "dd": r"(?P<day>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "d": r"(?P<day>\d{1,2})",
}
_PATTERNS: Final = {
    *("yyyy-MM-dd", "yyyyMMdd", "dd-MM-yyyy", "d-M-yyyy", "MM-dd-yyyy", "M-d-yyyy"),
    *("dd/MM/yyyy", "d/M/yyyy", "MM/dd/yyyy", "M/d/yyyy"),
    *("dd.MM.yyyy", "d.M.yyyy", "MM.dd.yyyy", "M.d.yyyy"),
}
_KNOWN: Final = {"base", "minimum", "maximum", "minInclusive", "maxInclusive", "format"}


@dataclass(frozen=True)
class Datatype:
    """What the cells of a column are: a datatype of XML Schema, bounds and a pattern.

    `pattern` is a regular expression for texts and numbers, and a date pattern for dates.
    """

    base: str
    least: Decimal | None = None
    most: Decimal | None = None
    pattern: str | None = None

    @property
    def iri(self) -> str:
        """Give the datatype of the literal: a day is the first moment of it, in UTC."""
        return XSD + ("dateTime" if self.base == "date" else self.base)

    def read(self, cell: str) -> str:
        """Give the lexical form of the literal, as the cell has it; raises Unfit."""
        if self.base == "date":
            return f"{self._day(cell)}T00:00:00Z"
        found = fault(cell, self.iri)
        if found:
            raise Unfit(found.message, found.hint)
        if self.pattern and not re.fullmatch(self.pattern, cell):
            raise Unfit(f"`{cell}` is not of the form `{self.pattern}`", "write it in that form")
        if self.base in _NUMBERS:
            self._weigh(cell)
        return cell

    def _weigh(self, cell: str) -> None:
        value = Decimal(cell)
        if self.least is not None and value < self.least:
            raise Unfit(f"`{cell}` is less than {self.least}", f"write at least {self.least}")
        if self.most is not None and value > self.most:
            raise Unfit(f"`{cell}` is more than {self.most}", f"write at most {self.most}")

    def _day(self, cell: str) -> str:
        pattern = self.pattern or "yyyy-MM-dd"
        expression = re.sub("yyyy|MM|dd|M|d|[.]", _expression, pattern)
        match = re.fullmatch(expression, cell, re.ASCII)
        try:
            if match is None:
                raise ValueError
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            raise Unfit(
                f"`{cell}` is not a day of the form {pattern}", "write a day that exists, like that"
            ) from None
        return day.isoformat()


def datatype_of(described: Mapping[str, Any]) -> Datatype:
    """Read a description of a datatype; raises ValueError in the words of the mapping's author."""
    base = described.get("base", "string")
    if not isinstance(base, str) or base not in _NUMBERS | _TEXTS | _TIMES:
        known = ", ".join(sorted(_NUMBERS | _TEXTS | _TIMES))
        raise ValueError(f"`{base}` is no datatype that is followed; those are {known}")
    if unknown := sorted(name for name in described if name not in _KNOWN and ":" not in name):
        raise ValueError(f"`{unknown[0]}` of a datatype is not followed")
    pattern = described.get("format")
    _check_pattern(base, pattern)
    least = described.get("minimum", described.get("minInclusive"))
    most = described.get("maximum", described.get("maxInclusive"))
    if base not in _NUMBERS and (least is not None or most is not None):
        raise ValueError(f"a `{base}` has no bounds here")
    return Datatype(base, _bound(least), _bound(most), pattern)


def _check_pattern(base: str, pattern: object) -> None:
    if pattern is None:
        return
    if not isinstance(pattern, str):
        raise ValueError("`format` is not a text")
    if base == "date" and pattern not in _PATTERNS:
        raise ValueError(
            f"`{pattern}` is no form of a day; those are {', '.join(sorted(_PATTERNS))}"
        )
    if base not in ("date", "string"):
        raise ValueError(f"a `{base}` takes no `format` here")
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"`{pattern:.80}` is no regular expression: {error}") from None


def _bound(value: object) -> Decimal | None:
    if value is None:
        return None
    try:
        bound = Decimal(str(value))
    except ArithmeticError:
        bound = Decimal("NaN")
    if not bound.is_finite():
        raise ValueError(f"`{value}` is no bound for a number")
    return bound


def _expression(match: re.Match[str]) -> str:
    return _DATE_PARTS.get(match[0], re.escape(match[0]))
