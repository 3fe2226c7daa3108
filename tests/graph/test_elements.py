"""What a change reaches is never less than what depends on it, and no more than hangs on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from graph.chronicle import chronicle
from graph.elements import OF_CIRCLES, Elements, Kind
from graph.lifecycle import Lifecycle
from graph.model import (
    Act,
    Approved,
    Consents,
    Effect,
    Evidence,
    Gate,
    Holds,
    InState,
    Matter,
    MatterKind,
    Model,
    Occurs,
    Provision,
    Reading,
    Reservation,
    Stage,
    State,
    Undertaking,
    UndertakingKind,
)
from graph.timeline import Span
from graph.world import World
from tests.graph import models

DAY = Span(1, 1)


def promise(name: str, *gates: Occurs | Approved | Consents | InState) -> Undertaking:
    return Undertaking(
        id=name,
        kind=UndertakingKind.COMMITMENT,
        debtors=(f"debtor of {name}",),
        made=DAY,
        gates=dict(zip(Gate, gates, strict=False)),
    )


def matter(name: str, kind: MatterKind = MatterKind.EVENT, **about: str) -> Matter:
    return Matter(name, kind, **about)  # type: ignore[arg-type]


MODEL = Model(
    undertakings={
        "first": replace(
            promise("first", Occurs(id="c1", event="kind"), Approved(id="c2", measure="measure")),
            reservations=(
                Reservation("r", "debtor of first", Holds(id="c3", state_of_affairs="s")),
            ),
        ),
        "second": promise(
            "second",
            InState(id="c4", commitment="first", states=frozenset({State.IN_FORCE})),
            Consents(id="consent", actor="x", matter="y"),
        ),
        "apart": promise("apart", Occurs(id="c5", event="other")),
    },
    matters={
        one.id: one
        for one in (
            matter("kind"),
            matter("case", occurrence_of="kind"),
            matter("approval", MatterKind.APPROVAL, measure="measure"),
            matter("leaving"),
            replace(matter("other"), enabled_when=(Occurs(id="c6", event="need"),)),
        )
    },
    evidence=(Evidence("report", "case", True, DAY, DAY, ("paper",)),),
    members={"debtor of first": frozenset({"group"})},
    ranks={"paper": 1},
    acts=(Act("leaving", "debtor of first", "first", Effect.WITHDRAW),),
    provisions=(),
    consents={"consent": Holds(id="c7", state_of_affairs="condition of the consent")},
    readings={"reading": Reading("reading", matter="other", taken_as="another")},
)


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ("first", {"first", "second"}),
        ("case", {"first", "second"}),
        ("kind", {"first", "second"}),
        ("paper", {"first", "second"}),
        ("approval", {"first", "second"}),
        ("leaving", {"first", "second"}),
        ("debtor of first", {"first", "second"}),
        ("s", {"first", "second"}),
        ("condition of the consent", {"second"}),
        ("second", {"second"}),
        ("other", {"apart"}),
        ("need", set()),
        ("another", set()),
    ],
)
def test_a_change_reaches_what_looks_at_it_through_whatever_lies_between(
    changed: str, reached: set[str]
) -> None:
    found = Elements.of(MODEL).reached([changed], without=OF_CIRCLES)
    assert {iri for kind, iri in found if kind is Kind.UNDERTAKING} == reached


@pytest.mark.parametrize("changed", ["need", "another"])
def test_for_circles_a_change_goes_through_needs_and_readings_too(changed: str) -> None:
    assert (Kind.UNDERTAKING, "apart") in Elements.of(MODEL).reached([changed])


def test_an_element_that_is_put_otherwise_or_taken_away_bears_on_the_old_name_and_the_new() -> None:
    elements = Elements.of(MODEL)
    key = (Kind.EVIDENCE, "report")
    report = MODEL.evidence[0]
    assert elements.put(key, report) == frozenset()
    assert elements.put(key, replace(report, matter="other")) == {"case", "other"}
    assert elements.put(key, None) == {"other"}
    assert elements.put(key, None) == frozenset()
    given = Provision("first", "debtor of first", Stage.DELIVERED, 1, "EUR", DAY, DAY, ("paper",))  # type: ignore[arg-type]
    assert elements.put((Kind.PROVISION, "given"), given) == {"first"}


def test_the_part_around_a_name_leaves_out_what_it_does_not_depend_on() -> None:
    part = Elements.of(MODEL).around(["first"], without=OF_CIRCLES)
    assert set(part.undertakings) == {"first"}
    assert part.undertakings["first"] == MODEL.undertakings["first"]
    assert set(part.matters) == {"kind", "case", "approval", "leaving"}
    assert (part.evidence, part.acts, part.ranks) == (MODEL.evidence, MODEL.acts, MODEL.ranks)
    assert (part.consents, part.readings) == ({}, {})


@settings(max_examples=60)
@given(world=models.worlds(actual=True))
def test_a_part_of_a_model_gives_the_answers_of_the_whole(world: World) -> None:
    elements, whole = Elements.of(world.model), Lifecycle(world)
    for undertaking in world.model.undertakings.values():
        part = elements.around([undertaking.id], without=OF_CIRCLES)
        alone = Lifecycle(replace(world, model=part))
        for debtor in undertaking.debtors:
            found = chronicle(alone, undertaking.id, debtor)
            assert found == chronicle(whole, undertaking.id, debtor)
