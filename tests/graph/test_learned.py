"""What stands otherwise because of what became known or was recorded, on little worlds."""

from __future__ import annotations

from dataclasses import replace

from graph import model as m
from graph.learned import learned
from graph.timeline import Span
from graph.world import World

DAY = 10
TRUCE, PEACE = (m.Occurs(id=f"on-{name}", event=name) for name in ("truce", "peace"))
MATTERS = {name: m.Matter(name, m.MatterKind.EVENT, monitored=True) for name in ("truce", "peace")}


def promise(name: str, node: m.Condition) -> m.Undertaking:
    kind = m.UndertakingKind.COMMITMENT
    return m.Undertaking(name, kind, ("d",), Span(1, 1), {m.Gate.ACTIVATED: node})


def claim(name: str, matter: str, published: int, *, holds: bool = True) -> m.Evidence:
    days = Span(5, 5), Span(published, published)
    return m.Evidence(name, matter, holds, since=days[0], published=days[1], sources=("press",))


def world(*evidence: m.Evidence, known_at: int = 100) -> World:
    undertakings = {one.id: one for one in (promise("a", TRUCE), promise("b", PEACE))}
    return World(m.Model(undertakings, MATTERS, evidence, ranks={"press": 1}), known_at)


def test_two_days_of_knowledge_differ_by_the_claim_that_became_public_between_them() -> None:
    after = world(claim("early", "peace", 6), claim("late", "truce", 8))
    (found,) = learned(replace(after, known_at=7), after, DAY)
    assert (found.undertaking, found.debtor) == ("a", "d")
    assert found.before
    assert found.before.state is m.State.CONDITIONAL
    assert found.after
    assert found.after.state is m.State.IN_FORCE
    assert [each.id for each in found.came] == ["late"]
    assert found.went == ()


def test_two_versions_differ_by_the_claims_that_came_and_went() -> None:
    before, after = world(claim("old", "truce", 6)), world(claim("new", "truce", 6, holds=False))
    (found,) = learned(before, after, DAY)
    assert [[each.id for each in claims] for claims in (found.came, found.went)] == [
        ["new"],
        ["old"],
    ]


def test_what_is_recorded_in_one_version_alone_stands_nowhere_in_the_other() -> None:
    after = world(claim("told", "truce", 6))
    before = replace(after, model=replace(after.model, undertakings={}))
    found = {each.undertaking: each for each in learned(before, after, DAY)}
    assert {name: each.before for name, each in found.items()} == {"a": None, "b": None}
    # The claim was there before: what is new is the undertaking.
    assert [each.came for each in found.values()] == [(), ()]


def test_a_claim_that_changes_nothing_is_not_named() -> None:
    told = claim("told", "truce", 6)
    assert learned(world(told), world(told, claim("again", "truce", 7)), DAY) == []
