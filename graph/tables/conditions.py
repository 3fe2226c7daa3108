"""Reads the small notation for conditions in a cell: a name, a day, all of, any of, not.

What needs more is described in RDF and named here by its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.namespaces import SV
from graph.tables.cells import Unfit, read_date
from graph.tables.faults import Place
from graph.tables.names import Named, Names, listed
from graph.tables.rows import Row
from graph.tables.statements import Statements, term
from graph.tables.values import BETWEEN, moment, named

_OPERATORS: Final = {"all of": ("AllOf", " and "), "any of": ("AnyOf", " or ")}
_COMBINED: Final = re.compile(r"(all of|any of)\s*:(.*)", re.IGNORECASE | re.DOTALL)
_NOT: Final = re.compile(r"not\s+(.*)", re.IGNORECASE | re.DOTALL)
_NEW: Final = re.compile(r"new\s+(event|situation)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_DAY: Final = re.compile(r"\d{4}(-\d\d?){0,2}")
_KINDS: Final = {"event": "Event", "situation": "StateOfAffairs"}
_ASKED_BY: Final = {"Event": "Occurs", "StateOfAffairs": "Holds"}


@dataclass(frozen=True)
class Gate:
    """The cell at which a condition stands."""

    row: Row
    column: str
    says: Statements
    names: Names

    def condition(self, text: str) -> ox.NamedNode:
        """State a condition and give it, or give one of the graph; raises Unfit."""
        combined = _COMBINED.fullmatch(text)
        if combined is None:
            return self._operand(text, ())
        operator, listed_ones = combined.groups()
        parts = [part.strip() for part in listed_ones.split(BETWEEN) if part.strip()]
        if len(parts) < 2:
            raise Unfit(
                f"`{text}` combines fewer than two conditions",
                f"divide them by `{BETWEEN}`, or leave out `{operator}:`",
            )
        kind, word = _OPERATORS[operator.lower()]
        label = word.join(_NEW.sub(r"\2", part).strip() for part in parts)
        whole = self._made(kind, label, ())
        for number, part in enumerate(parts, start=1):
            operand = self._operand(part, (str(number),))
            self.says.say(whole, term("operand"), operand, self._place)
        return whole

    @property
    def _place(self) -> Place:
        return self.row.place(self.column)

    def _operand(self, text: str, parts: tuple[str, ...]) -> ox.NamedNode:
        if negated := _NOT.fullmatch(text):
            made = self._made("Not", _NEW.sub(r"\2", text), parts)
            operand = self._leaf(negated[1].strip(), (*parts, "not"))
            self.says.say(made, term("operand"), operand, self._place)
            return made
        return self._leaf(text, parts)

    def _leaf(self, text: str, parts: tuple[str, ...]) -> ox.NamedNode:
        if _DAY.fullmatch(text):
            return self._date(text, parts)
        if new := _NEW.fullmatch(text):
            kind = _KINDS[new[1].lower()]
            return self._asking(kind, named(new[2], kind, self.names), parts)
        # A condition that this file made before hangs on its own cell and on no other.
        known = self.names.find(text, "Condition")
        found = [each for each in known if not self.says.is_ours(each.iri)]
        if len(found) == 1:
            return ox.NamedNode(found[0].iri)
        if found:
            raise Unfit(f"several conditions are called `{text}`", f"write the id: {listed(found)}")
        for kind in _ASKED_BY:
            if self.names.find(text, kind):
                return self._asking(kind, named(text, kind, self.names), parts)
        near = [thing for of in ("Condition", *_ASKED_BY) for thing in self.names.near(text, of)]
        raise Unfit(
            f"`{text}` is no known condition, event or situation",
            f"did you mean {listed(near[:3])}?"
            if near
            else f"make it here with `new event: {text}` or `new situation: {text}`",
        )

    def _date(self, text: str, parts: tuple[str, ...]) -> ox.NamedNode:
        day = read_date(text)
        if day.precision != "DayPrecision":
            raise Unfit(
                f"`{text}` may mean the first or the last day of it", "give the day, as 2026-12-31"
            )
        made = self._made("DateReached", text, parts)
        self.says.say(made, term("date"), moment(day.first), self._place)
        return made

    def _asking(self, kind: str, matter: Named, parts: tuple[str, ...]) -> ox.NamedNode:
        made = self._made(_ASKED_BY[kind], matter.label, parts)
        self.says.say(made, term("matter"), ox.NamedNode(matter.iri), self._place)
        return made

    def _made(self, kind: str, label: str, parts: tuple[str, ...]) -> ox.NamedNode:
        iri = self.says.iri("condition", self.row.id, self.column.replace(" ", "-"), *parts)
        self.says.describe(iri, ox.NamedNode(SV + kind), label, self.row, self.column)
        return iri


def new_matters(text: str) -> list[tuple[str, str]]:
    """Give the kind and the name of each matter that a cell makes."""
    combined = _COMBINED.fullmatch(text)
    parts = combined[2].split(BETWEEN) if combined else [text]
    found = (_NEW.fullmatch(_NOT.sub(r"\1", part.strip())) for part in parts)
    return [(_KINDS[new[1].lower()], new[2].strip()) for new in found if new]
