"""What is written as arrays, and what is left to the scalar evaluator."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from graph.model import (
    Act,
    AllOf,
    Approved,
    Condition,
    Consents,
    DateReached,
    Effect,
    Gate,
    InState,
    Model,
    Occurs,
    QuantityReached,
    Stage,
    State,
    Structure,
    Undertaking,
    UndertakingKind,
)
from graph.timeline import Span
from graph.vectorised.compiler import compiled
from graph.vectorised.courses import MOST_OPERANDS
from graph.vectorised.evaluator import standings
from graph.vectorised.program import NONE, Program, Reason, Step
from graph.world import World

DUE = list(Gate).index(Gate.DUE)
REACHED = DateReached(id="date", day=10)
GIVEN = QuantityReached(id="given", stage=Stage.PLEDGED, quantity=Decimal(1), unit="EUR")


def promise(node: Condition) -> Undertaking:
    return Undertaking(
        id="promise",
        kind=UndertakingKind.COMMITMENT,
        debtors=("debtor-a", "debtor-b"),
        made=Span(1, 1),
        gates={Gate.DUE: node},
    )


def program(subject: Undertaking, *acts: Act) -> Program:
    return compiled(Model({subject.id: subject}, acts=acts))


@pytest.mark.parametrize(
    "node",
    [
        InState(id="node", commitment="promise", states=frozenset({State.VIOLATED})),
        Consents(id="node", actor="a", matter="m"),
        GIVEN,
        Occurs(id="node", event="event", count=MOST_OPERANDS + 1),
        AllOf(id="node", operands=(REACHED,) * (MOST_OPERANDS + 1)),
    ],
    ids=lambda node: type(node).__name__,
)
def test_a_condition_without_a_step_leaves_all_debtors_to_the_scalar_evaluator(
    node: Condition,
) -> None:
    found = program(promise(AllOf(id="all", operands=(REACHED, node))))
    assert found.scalar.keys() == {0, 1}


def test_acts_leave_an_undertaking_to_the_scalar_evaluator() -> None:
    act = Act("event", "debtor-a", "promise", Effect.WITHDRAW)
    assert program(promise(REACHED), act).scalar.keys() == {0, 1}
    assert not program(promise(REACHED), replace(act, undertaking="another")).scalar


def test_joint_debtors_have_one_gate_that_takes_them_all() -> None:
    approved = Approved(id="node", measure="measure", each_debtor=True)
    several = program(promise(approved))
    joint = program(replace(promise(approved), structure=Structure.JOINT))
    assert several.gates[0, DUE] != several.gates[1, DUE]
    assert joint.gates[0, DUE] == joint.gates[1, DUE]
    assert joint.kinds[joint.gates[0, DUE]] == Step.COUNTED


def test_debtors_share_a_gate_that_is_the_same_for_all_of_them() -> None:
    slots = program(promise(REACHED)).gates[:, DUE]
    assert slots[0] == slots[1] != NONE


def test_debtors_have_gates_of_their_own_where_each_needs_an_approval() -> None:
    slots = program(promise(Approved(id="node", measure="measure", each_debtor=True))).gates[:, DUE]
    assert slots[0] != slots[1]


def test_what_is_left_to_the_scalar_evaluator_is_counted_by_reason() -> None:
    consent = Consents(id="node", actor="a", matter="m")
    model = Model(
        {
            "promise": promise(consent),
            "given": replace(promise(GIVEN), id="given", debtors=("debtor-a",)),
            "plain": replace(promise(REACHED), id="plain"),
        }
    )
    left = standings(World(model, known_at=1), (1,)).left()
    assert left == {Reason.CONSENTS: 2, Reason.QUANTITIES: 1}
