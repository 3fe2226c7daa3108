from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph import model as m
from graph.gaps import Particular, absent
from graph.timeline import Span

QUANTITY = m.QuantityReached(id="q", stage=m.Stage.DELIVERED, quantity=Decimal(5), unit="EUR")
DAY = m.DateReached(id="day", day=9)
BARE = m.Undertaking("p", m.UndertakingKind.COMMITMENT, ("d",), Span(1, 1), unnamed=None)
FULL = replace(
    BARE,
    unnamed=0,
    creditors=("c",),
    remedies=("r",),
    gates={
        m.Gate.DUE: DAY,
        m.Gate.ENDS: DAY,
        m.Gate.DISCHARGED: m.AllOf(id="all", operands=(DAY, QUANTITY)),
    },
)


def without(gate: m.Gate) -> m.Undertaking:
    return replace(FULL, gates={g: node for g, node in FULL.gates.items() if g is not gate})


def test_a_bare_promise_lacks_everything_and_a_full_one_nothing() -> None:
    assert absent(BARE) == tuple(Particular)
    assert absent(FULL) == ()


@pytest.mark.parametrize(
    ("undertaking", "lacking"),
    [
        (without(m.Gate.DUE), (Particular.DEADLINE,)),
        (without(m.Gate.ENDS), (Particular.END,)),
        (without(m.Gate.DISCHARGED), (Particular.DISCHARGE, Particular.QUANTITY)),
        (replace(FULL, gates={**FULL.gates, m.Gate.DISCHARGED: DAY}), (Particular.QUANTITY,)),
        (replace(FULL, creditors=()), (Particular.CREDITOR,)),
        (replace(FULL, remedies=()), (Particular.REMEDY,)),
        (replace(FULL, unnamed=3), (Particular.ALL_DEBTORS_NAMED,)),
    ],
)
def test_each_particular_is_missed_where_it_is_absent(
    undertaking: m.Undertaking, lacking: tuple[Particular, ...]
) -> None:
    assert absent(undertaking) == lacking
