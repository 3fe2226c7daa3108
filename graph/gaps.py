"""Which particulars an undertaking lacks, judged by its gates and parties.

What a text is known to leave open is a record of its own: the query `gap-matrix` gives those.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from graph.model import Condition, Gate, QuantityReached, Undertaking, operands


class Particular(Enum):
    """What may be absent from an undertaking."""

    CREDITOR = "creditor"
    ALL_DEBTORS_NAMED = "all debtors named"
    DEADLINE = "deadline"
    DISCHARGE = "discharge"
    QUANTITY = "quantity to provide"
    END = "end"
    REMEDY = "remedy"


def absent(undertaking: Undertaking) -> tuple[Particular, ...]:
    """Give what an undertaking lacks; a number of unnamed debtors is a lack, known or not."""
    gates = undertaking.gates
    discharge = gates.get(Gate.DISCHARGED)
    present = {
        Particular.CREDITOR: bool(undertaking.creditors),
        Particular.ALL_DEBTORS_NAMED: undertaking.unnamed == 0,
        Particular.DEADLINE: Gate.DUE in gates,
        Particular.DISCHARGE: discharge is not None,
        Particular.QUANTITY: discharge is not None and any(_quantities(discharge)),
        Particular.END: Gate.ENDS in gates,
        Particular.REMEDY: bool(undertaking.remedies),
    }
    return tuple(particular for particular in Particular if not present[particular])


def _quantities(node: Condition) -> Iterator[bool]:
    yield isinstance(node, QuantityReached)
    for operand in operands(node):
        yield from _quantities(operand)
