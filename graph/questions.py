"""What a condition asks about other commitments and consents, and may thereby ask about itself.

It puts the questions; `graph.lifecycle` answers them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.model import Condition, Consents, Id, InState, Model, State, Undertaking, operands


@dataclass(frozen=True, slots=True)
class Owed:
    """Whose condition is judged: a debtor, and the undertaking whose provisions count.

    Its gates may be narrowed to one occurrence of what sets it off.
    """

    debtor: Id
    undertaking: Undertaking
    occurrence: Id | None = None


@dataclass(frozen=True, slots=True)
class StateOf:
    """Asks whether an undertaking is in one of some states for a debtor."""

    undertaking: Id
    debtor: Id
    states: frozenset[State]


@dataclass(frozen=True, slots=True)
class ConsentTo:
    """Asks whether a consent is given, where an undertaking of a debtor waits for it.

    `tree` is what the consent hangs on, if anything; it does not tell questions apart.
    """

    consent: Id
    undertaking: Id
    debtor: Id
    tree: Condition | None = field(default=None, compare=False)


Question: TypeAlias = StateOf | ConsentTo


def questions(node: Condition, owed: Owed, model: Model) -> Iterator[Question]:
    """Give what a condition asks directly; what a consent hangs on is asked by the consent."""
    match node:
        case InState():
            yield from states_asked(node, owed, model)
        case Consents():
            tree = node.when or model.consents.get(node.id)
            yield ConsentTo(node.id, owed.undertaking.id, owed.debtor, tree)
        case _:
            for operand in operands(node):
                yield from questions(operand, owed, model)


def states_asked(node: InState, owed: Owed, model: Model) -> list[StateOf]:
    """Ask about the same debtor where it owes both, else about every named debtor of the other."""
    other = model.undertakings[node.commitment]
    debtors = (owed.debtor,) if owed.debtor in other.debtors else other.debtors
    return [StateOf(other.id, debtor, node.states) for debtor in debtors]
