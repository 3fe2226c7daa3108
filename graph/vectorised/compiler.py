"""Writes models as a program: what is computed for which debtor, and in which order.

What looks at other commitments, at quantities or at acts is left to the scalar evaluator.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Set
from typing import Final

import numpy as np

from graph.model import Condition, Gate, Id, Model, Structure, Undertaking, UndertakingKind
from graph.triggers import triggers
from graph.vectorised.conditions import Conditions, personal
from graph.vectorised.groups import Grouping, Spans
from graph.vectorised.program import NONE, Program, Reason
from graph.vectorised.rows import NotVectorised, Rows, table
from graph.world import Assumption

_COLUMN: Final = {gate: column for column, gate in enumerate(Gate)}
_OF_EACH_OBLIGATION: Final = frozenset({Gate.DISCHARGED, Gate.DUE})
"""What is judged for each obligation of a commitment that makes several, not for itself."""


def compiled(model: Model, scenario: Iterable[Assumption] = ()) -> Program:
    """Write a model as arrays, with what a scenario assumes laid over it."""
    compiler = Compiler()
    compiler.learn(model)
    compiler.write(model.undertakings.values(), scenario)
    return compiler.program()


class Compiler:
    """Writes a program part by part, so that no more than a part need be held as objects."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rows = Rows()
        self._grouping = Grouping()
        self._conditions = Conditions(self._rows, self._grouping)
        self._ranks: dict[Id, int] = {}
        self._acted: set[Id] = set()
        self._pairs: list[tuple[Id, Id]] = []
        self._made = array("i")
        self._committed = array("b")
        self._gates = array("i")
        self._scalar: dict[int, Reason] = {}

    def learn(self, part: Model) -> None:
        """Take in what undertakings look at: all that one looks at must be known to write it.

        A matter may be spoken of by claims of later parts, too.
        """
        self._grouping.learn(part.matters.values(), part.evidence)
        self._conditions.learn(part)
        self._ranks.update(part.ranks)
        self._acted.update(act.undertaking for act in part.acts)

    def write(
        self,
        undertakings: Iterable[Undertaking],
        scenario: Iterable[Assumption] = (),
        reached: Set[Id] | None = None,
    ) -> None:
        """Write undertakings as they stand in a scenario; one may be written in several.

        Of the conditions those that are not `reached`, if that is told, are shared by scenarios.
        """
        self._conditions.assume(scenario, reached)
        for subject in undertakings:
            self._undertaking(subject)
            self._rows.tidy()

    def program(self) -> Program:
        """Give what was written; nothing can be written afterwards."""
        made = table(self._made, 2)
        return Program(
            *self._rows.written(),
            self._grouping.evidence(self._ranks),
            self._grouping.groups(),
            self._pairs,
            Spans(made[:, 0], made[:, 1]),
            np.frombuffer(self._committed, dtype=np.bool_),
            table(self._gates, len(Gate)),
            self._scalar,
        )

    # Undertakings

    def _undertaking(self, subject: Undertaking) -> None:
        try:
            rows = self._slots(subject)
        except NotVectorised as failure:
            rows = [[NONE] * len(Gate)] * len(subject.debtors)
            first = len(self._pairs)
            self._scalar.update(dict.fromkeys(range(first, first + len(rows)), failure.reason))
        for debtor, row in zip(subject.debtors, rows, strict=True):
            self._pairs.append((subject.id, debtor))
            self._made.extend((subject.made.earliest, subject.made.latest))
            self._committed.append(subject.kind is UndertakingKind.COMMITMENT)
            self._gates.extend(row)

    def _slots(self, subject: Undertaking) -> list[list[int]]:
        """Give the slots of the gates for each debtor; they share what is the same for all."""
        if subject.id in self._acted:
            raise NotVectorised(Reason.ACTS)
        if subject.reservations:
            raise NotVectorised(Reason.RESERVATIONS)
        rows = [[NONE] * len(Gate) for _ in subject.debtors]
        repeats = any(triggers(subject, debtor) for debtor in subject.debtors[:1])
        for gate, node in subject.gates.items():
            if repeats and gate in _OF_EACH_OBLIGATION:
                continue
            column = _COLUMN[gate]
            for row, slot in zip(rows, self._gate(node, subject), strict=True):
                row[column] = slot
        return rows

    def _gate(self, node: Condition, subject: Undertaking) -> list[int]:
        """Give the slot of a gate for each debtor: see `Lifecycle._gate` for joint debtors."""
        debtors = subject.debtors
        if len(debtors) > 1 and not personal(node):
            return [self._conditions.slot(node, subject.id, debtors[0])] * len(debtors)
        slots = [self._conditions.slot(node, subject.id, debtor) for debtor in debtors]
        if subject.structure is Structure.JOINT and len(slots) > 1:
            return [self._rows.counted(len(slots), slots)] * len(slots)
        return slots
