from __future__ import annotations

from decimal import Decimal

from graph import model as m
from graph.lifecycle import Lifecycle
from graph.obligations import Obligation, obligations
from graph.timeline import NEVER, Span
from graph.world import World

ATTACK = m.Occurs(id="attacked", event="attack")
MATTERS = {
    name: m.Matter(name, m.MatterKind.EVENT, monitored=True, occurrence_of=kind)
    for name, kind in (("attack", None), ("raid", "attack"), ("siege", "attack"))
}


def report(event: str, day: int) -> m.Evidence:
    on = Span(day, day)
    return m.Evidence(f"{event}-{day}", event, True, on, published=on, sources=("s",))


def lifecycle(*evidence: m.Evidence, **more: object) -> Lifecycle:
    gates: dict[m.Gate, m.Condition] = {
        m.Gate.ACTIVATED: ATTACK,
        m.Gate.DUE: m.Elapsed(id="due", anchor=ATTACK, days=3),
        m.Gate.DISCHARGED: m.QuantityReached(
            id="paid", stage=m.Stage.DELIVERED, quantity=Decimal(10), unit="EUR"
        ),
    }
    promise = m.Undertaking(
        "promise", m.UndertakingKind.COMMITMENT, ("d",), Span(1, 1), gates, repeatable=True
    )
    model = m.Model({"promise": promise}, MATTERS, evidence, **more)  # type: ignore[arg-type]
    return Lifecycle(World(model, known_at=100))


def owed(*evidence: m.Evidence) -> tuple[Obligation, ...]:
    return obligations(lifecycle(*evidence), "promise", "d")


def test_obligations_come_in_the_order_in_which_they_began() -> None:
    found = owed(report("siege", 5), report("raid", 9))
    assert [(each.trigger, each.since, each.due) for each in found] == [
        ("siege", Span(5, 5), Span(8, 8)),
        ("raid", Span(9, 9), Span(12, 12)),
    ]


def test_an_obligation_stands_nowhere_before_it_began() -> None:
    (found,) = owed(report("raid", 9))
    assert found.standing(8) is None
    assert [(phase.standing.state, phase.start, phase.end) for phase in found.phases] == [
        (m.State.IN_FORCE, 9, 13),
        (m.State.OVERDUE, 13, NEVER),
    ]
    assert found.standing(13) == found.phases[1].standing


def test_what_was_provided_is_a_share_of_what_was_promised() -> None:
    on = Span(10, 10)
    paid = m.Provision("promise", "d", m.Stage.DELIVERED, Decimal(4), "EUR", on, on, ("s",))
    found = lifecycle(report("raid", 9), provisions=(paid,))
    (obligation,) = obligations(found, "promise", "d")
    assert found.share(obligation.undertaking, obligation.debtor, 10) == 0.4
    assert obligation.phases[-1].standing.state is m.State.VIOLATED


def test_the_standings_of_an_earlier_day_of_knowledge_are_derived_once() -> None:
    now = lifecycle(report("raid", 9))
    assert now.known_at(8) is now.known_at(8)
    assert obligations(now.known_at(8), "promise", "d") == ()
