"""Readings replace matters and conditions everywhere, and nothing where none is chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.edges import choices
from graph.errors import InvalidRequest
from graph.model import (
    Act,
    AllOf,
    Condition,
    Consents,
    Effect,
    Evidence,
    Gate,
    Matter,
    MatterKind,
    Model,
    Occurs,
    Reading,
    Reservation,
    Undertaking,
    UndertakingKind,
)
from graph.readings import under
from graph.timeline import Span

PEACE = Occurs(id="peace", event="peace-settlement")
WHOLE = Occurs(id="whole", event="comprehensive-settlement")
CEASEFIRE = Occurs(id="truce", event="ceasefire")


def model() -> Model:
    gate = AllOf(id="both", operands=(PEACE, WHOLE))
    consent = Consents(id="consent", actor="russia", matter="ceasefire", when=WHOLE)
    names = ("peace-settlement", "comprehensive-settlement", "ceasefire")
    return Model(
        undertakings={
            "promise": Undertaking(
                id="promise",
                kind=UndertakingKind.COMMITMENT,
                debtors=("france",),
                made=Span(1, 1),
                gates={Gate.ACTIVATED: gate},
            )
        },
        matters={
            name: Matter(
                name, MatterKind.EVENT, enabled_when=(consent,) if name == "ceasefire" else ()
            )
            for name in names
        },
        evidence=(
            Evidence("e", "comprehensive-settlement", True, Span(5, 5), Span(5, 5), ("paper",)),
        ),
        consents={"consent": WHOLE},
    )


def activation(found: Model) -> Condition:
    return found.undertakings["promise"].gates[Gate.ACTIVATED]


def test_without_a_reading_the_model_stays_as_it_is() -> None:
    assert under(model(), []) == model()


def test_a_matter_taken_for_another_is_that_other_everywhere() -> None:
    one = Reading("r", matter="comprehensive-settlement", taken_as="peace-settlement")
    found = under(model(), [one])
    assert "comprehensive-settlement" not in found.matters
    assert [claim.matter for claim in found.evidence] == ["peace-settlement"]
    gate = activation(found)
    assert isinstance(gate, AllOf)
    assert {operand.event for operand in gate.operands if isinstance(operand, Occurs)} == {
        "peace-settlement"
    }
    (consent,) = found.matters["ceasefire"].enabled_when
    assert isinstance(consent, Consents)
    assert consent.when == found.consents["consent"] == Occurs(id="whole", event="peace-settlement")


def test_what_a_reading_presupposes_is_needed_by_the_matter_it_is_taken_for() -> None:
    same = Reading("r", matter="comprehensive-settlement", taken_as="peace-settlement")
    needs = Reading("s", matter="comprehensive-settlement", presupposes=(CEASEFIRE,))
    assert under(model(), [needs]).matters["comprehensive-settlement"].enabled_when == (CEASEFIRE,)
    assert under(model(), [same, needs]).matters["peace-settlement"].enabled_when == (CEASEFIRE,)


def test_a_condition_read_as_another_is_replaced_by_it() -> None:
    found = under(model(), [Reading("r", replaces="both", read_as=CEASEFIRE)])
    assert activation(found) == CEASEFIRE


def test_a_condition_may_be_read_as_itself_and_something_else() -> None:
    both = AllOf(id="closer", operands=(WHOLE, CEASEFIRE))
    found = under(model(), [Reading("r", replaces="whole", read_as=both)])
    assert activation(found) == AllOf(id="both", operands=(PEACE, both))


def test_the_condition_of_a_reservation_is_read_like_that_of_a_gate() -> None:
    settled = Occurs(id="settled", event="comprehensive-settlement")
    changed, excluding = Reservation("r", "france", settled), Reservation("s", "france")
    promise = replace(model().undertakings["promise"], reservations=(changed, excluding))
    one = Reading("r", matter="comprehensive-settlement", taken_as="peace-settlement")
    found = under(replace(model(), undertakings={"promise": promise}), [one])
    peace = replace(settled, event="peace-settlement")
    reservations = (replace(changed, only_when=peace), excluding)
    assert found.undertakings["promise"].reservations == reservations


def test_what_is_done_brought_about_or_excluded_is_what_it_is_taken_for() -> None:
    promise = replace(model().undertakings["promise"], brings_about=("comprehensive-settlement",))
    given = replace(
        model(),
        undertakings={"promise": promise},
        acts=(Act("comprehensive-settlement", "ukraine", "promise", Effect.TERMINATE),),
        incompatible=frozenset(
            ("comprehensive-settlement", other) for other in ("ceasefire", "peace-settlement")
        ),
    )
    one = Reading("r", matter="comprehensive-settlement", taken_as="peace-settlement")
    found = under(given, [one])
    assert found.undertakings["promise"].brings_about == ("peace-settlement",)
    assert [act.event for act in found.acts] == ["peace-settlement"]
    assert found.incompatible == {("peace-settlement", "ceasefire")}


def test_a_case_of_a_matter_is_a_case_of_what_that_is_taken_for() -> None:
    case = Matter("accord", MatterKind.EVENT, occurrence_of="comprehensive-settlement")
    given = replace(model(), matters={**model().matters, "accord": case})
    one = Reading("r", matter="comprehensive-settlement", taken_as="peace-settlement")
    assert under(given, [one]).matters["accord"].occurrence_of == "peace-settlement"


def taken(matter: str, other: str) -> Reading:
    return Reading(f"{matter} as {other}", matter=matter, taken_as=other)


def test_what_is_taken_for_a_matter_is_what_that_is_taken_for() -> None:
    chain = (
        taken("comprehensive-settlement", "peace-settlement"),
        taken("peace-settlement", "ceasefire"),
    )
    found = under(model(), chain)
    assert set(found.matters) == {"ceasefire"}
    assert [claim.matter for claim in found.evidence] == ["ceasefire"]


def test_readings_that_take_matters_for_each_other_are_refused_together() -> None:
    there = taken("comprehensive-settlement", "peace-settlement")
    back = taken("peace-settlement", "comprehensive-settlement")
    with pytest.raises(InvalidRequest, match="settlement` for other matters and these for it"):
        under(model(), [there, back])
    assert choices([there, back]) == [
        frozenset(),
        frozenset({there.id}),
        frozenset({back.id}),
    ]
