"""Which undertakings a matter can bear on, by each way there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph import model as m
from graph.dependants import dependants
from graph.timeline import Span
from graph.world import World

EVENT = m.MatterKind.EVENT
IN_FORCE = frozenset({m.State.IN_FORCE})


def promise(name: str, *nodes: m.Condition) -> m.Undertaking:
    gates = dict(zip(m.Gate, nodes, strict=False))
    return m.Undertaking(name, m.UndertakingKind.COMMITMENT, ("d",), Span(1, 1), gates)


def bearing(*undertakings: m.Undertaking, **others: object) -> dict[str, tuple[str, ...]]:
    model = m.Model({one.id: one for one in undertakings}, **others)  # type: ignore[arg-type]
    return dict(dependants(World(model, known_at=100)))


@pytest.mark.parametrize(
    "node",
    [
        m.Occurs(id="n", event="x"),
        m.Holds(id="n", state_of_affairs="x"),
        m.Determined(id="n", matter="x", authority="court"),
        m.Not(id="n", operand=m.Occurs(id="o", event="x")),
        m.Elapsed(id="n", days=3, anchor=m.Occurs(id="o", event="x")),
    ],
    ids=lambda node: type(node).__name__,
)
def test_a_condition_asks_about_its_matter_at_any_gate(node: m.Condition) -> None:
    when = m.DateReached(id="day", day=5)
    assert bearing(promise("a", when, node), promise("b", when)) == {"x": ("a",)}


def test_a_reservation_makes_a_commitment_wait_for_its_condition() -> None:
    made = m.Reservation("r", "d", only_when=m.Occurs(id="n", event="x"))
    assert bearing(replace(promise("a"), reservations=(made,))) == {"x": ("a",)}


def test_a_case_bears_on_what_asks_about_its_kind() -> None:
    case = m.Matter("case", EVENT, occurrence_of="kind")
    found = bearing(promise("a", m.Occurs(id="n", event="kind")), matters={"case": case})
    assert found == {"kind": ("a",), "case": ("a",)}


def test_every_approval_of_a_measure_bears_on_what_waits_for_it() -> None:
    approvals = {
        name: m.Matter(name, m.MatterKind.APPROVAL, measure="law", body=name) for name in "xy"
    }
    found = bearing(promise("a", m.Approved(id="n", measure="law")), matters=approvals)
    assert found == {"x": ("a",), "y": ("a",)}


def test_a_consent_that_hangs_on_itself_is_followed_once() -> None:
    consent = m.Consents(id="consent", actor="x", matter="y")
    tree = m.AllOf(id="all", operands=(consent, m.Occurs(id="n", event="truce")))
    assert bearing(promise("a", consent), consents={"consent": tree}) == {"truce": ("a",)}


def test_those_that_look_at_an_undertaking_follow_it_in_a_circle_too() -> None:
    looks = {name: m.InState(id=f"at-{name}", commitment=name, states=IN_FORCE) for name in "abc"}
    truce = m.Occurs(id="n", event="truce")
    found = bearing(
        promise("a", truce, looks["c"]), promise("b", looks["a"]), promise("c", looks["b"])
    )
    assert set(found["truce"]) == {"a", "b", "c"}


def test_an_act_bears_on_the_undertaking_it_means_to_change() -> None:
    act = m.Act("letter", "d", "a", m.Effect.WITHDRAW)
    assert bearing(promise("a"), promise("b"), acts=(act,)) == {"letter": ("a",)}
