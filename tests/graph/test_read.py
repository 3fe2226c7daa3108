from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from graph import model as m
from graph import rdf
from graph.errors import UnreadableInput
from graph.namespaces import DATA, ID
from graph.read import read
from graph.timeline import Span
from graph.trees import Trees
from graph.triples import Triples, widened
from tests.graph.conftest import turtle

EVIDENCE = """
id:e a sv:Evidence ; sv:evidenceFor id:truce ; sv:polarity true ; sv:source id:s ;
    sv:validFrom "2026-03-05T00:00:00Z"^^xsd:dateTime .
"""


def quads(text: str) -> list[ox.Quad]:
    graph = ox.NamedNode(DATA + "test")
    return rdf.read(turtle(text).encode(), format=rdf.TURTLE, graph=graph, source="test.ttl")


def model(text: str) -> m.Model:
    return read(quads(text))


def condition(text: str) -> m.Condition:
    return Trees(Triples.of(quads(text))).condition(ID + "c")


def refusal(text: str) -> str:
    with pytest.raises(UnreadableInput) as refused:
        read(quads(text))
    return str(refused.value)


def days(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


def test_an_empty_graph_is_an_empty_model() -> None:
    assert model("") == m.Model(undertakings={})


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (None, "2028-02-10", "2028-02-10"),
        ("DayPrecision", "2028-02-10", "2028-02-10"),
        ("MonthPrecision", "2028-02-01", "2028-02-29"),
        ("YearPrecision", "2028-01-01", "2028-12-31"),
    ],
)
def test_a_time_is_widened_to_its_precision(precision: str | None, first: str, last: str) -> None:
    day = days("2028-02-10", "2028-02-10").earliest
    assert widened(day, precision) == days(first, last)


def test_december_is_widened_within_its_year() -> None:
    day = days("2026-12-10", "2026-12-10").earliest
    assert widened(day, "MonthPrecision") == days("2026-12-01", "2026-12-31")


def test_an_operator_has_its_operands_in_the_order_they_are_shown_in() -> None:
    tree = condition("""
        id:c a sv:AllOf ; sv:operand id:a , id:b .
        id:a a sv:DateReached ; sv:order 2 ; sv:date "2026-01-01T00:00:00Z"^^xsd:dateTime .
        id:b a sv:DateReached ; sv:order 1 ; sv:date "2026-01-02T00:00:00Z"^^xsd:dateTime .
    """)
    assert [operand.id for operand in m.operands(tree)] == [ID + "b", ID + "a"]


def test_a_condition_that_two_gates_share_is_one_value() -> None:
    found = model("""
        id:u a sv:Commitment ; sv:debtor id:d ; sv:activatedWhen id:c ; sv:endsWhen id:c .
        id:c a sv:DateReached ; sv:date "2026-01-01T00:00:00Z"^^xsd:dateTime .
    """)
    gates = found.undertakings[ID + "u"].gates
    assert gates[m.Gate.ACTIVATED] is gates[m.Gate.ENDS]


def test_a_figure_is_kept_exactly() -> None:
    found = model("""
        id:p a sv:Provision ; sv:providedUnder id:u ; sv:providedBy id:d ; sv:provided id:x ;
            sv:quantityStage sv:Pledged ; sv:source id:s ;
            sv:providedOn "2026-01-01T00:00:00Z"^^xsd:dateTime .
        id:x a sv:Amount ; sv:quantity 0.1 ; sv:unit "EUR" .
    """)
    assert found.provisions[0].quantity == Decimal("0.1")


def test_a_consent_that_hangs_on_itself_is_a_circle_and_no_error() -> None:
    found = model("""
        id:u a sv:Commitment ; sv:debtor id:d ; sv:activatedWhen id:c .
        id:c a sv:AllOf ; sv:operand id:consent .
        id:consent a sv:Consents ; sv:consentOf id:x ; sv:matter id:y ; sv:consentsWhen id:c .
    """)
    tree = found.consents[ID + "consent"]
    assert [operand.id for operand in m.operands(tree)] == [ID + "consent"]
    assert found.undertakings[ID + "u"].gates[m.Gate.ACTIVATED].id == ID + "c"


def test_two_consents_that_hang_on_each_other_are_both_kept_with_their_trees() -> None:
    found = model("""
        id:a a sv:Consents ; sv:consentOf id:x ; sv:matter id:y ; sv:consentsWhen id:b .
        id:b a sv:Consents ; sv:consentOf id:z ; sv:matter id:y ; sv:consentsWhen id:a .
    """)
    assert {consent: tree.id for consent, tree in found.consents.items()} == {
        ID + "a": ID + "b",
        ID + "b": ID + "a",
    }


def test_an_act_is_an_event_too() -> None:
    found = model("id:a a sv:Act ; sv:actBy id:x ; sv:actOn id:u ; sv:effect sv:ReleaseEffect .")
    assert found.matters[ID + "a"].kind is m.MatterKind.EVENT
    assert found.acts[0].effect is m.Effect.RELEASE


def test_a_group_that_owes_does_not_count_itself_or_a_group_within_it() -> None:
    found = model("""
        id:u a sv:Commitment ; sv:debtor id:all ; sv:statedDebtorCount 3 .
        id:all a sv:Coalition . id:some a sv:Group ; sv:memberOf id:all .
        id:x a sv:State ; sv:memberOf id:some . id:y a sv:State ; sv:memberOf id:all .
    """).undertakings[ID + "u"]
    assert (found.debtors, found.unnamed) == ((ID + "x", ID + "y"), 1)


def test_the_members_of_an_organisation_in_a_coalition_owe_nothing_for_it() -> None:
    found = model("""
        id:u a sv:Commitment ; sv:debtor id:willing .
        id:willing a sv:Coalition . id:core a sv:Group ; sv:memberOf id:willing .
        id:eu a sv:InternationalOrganisation ; sv:memberOf id:core .
        id:x a sv:State ; sv:memberOf id:eu . id:y a sv:State ; sv:memberOf id:eu , id:willing .
        id:z a sv:State ; sv:memberOf id:inner . id:inner a sv:Group ; sv:memberOf id:eu .
    """)
    assert found.undertakings[ID + "u"].debtors == (ID + "eu", ID + "y")
    assert found.members[ID + "x"] == {ID + "eu", ID + "core", ID + "willing"}


def test_a_reservation_is_that_of_the_party_to_every_commitment_it_names() -> None:
    found = model("""
        id:u a sv:Commitment ; sv:debtor id:x . id:v a sv:Commitment ; sv:debtor id:x .
        id:a a sv:Adherence ; sv:party id:x ; sv:adheresTo id:text ; sv:hasReservation id:r , id:s .
        id:text a sv:Treaty ; sv:permitsReservations false .
        id:r a sv:Reservation ; sv:reserves id:u , id:v . id:s a sv:Reservation ; sv:reserves id:v ;
            sv:appliesOnlyWhen id:c .
        id:c a sv:DateReached ; sv:date "2026-01-01T00:00:00Z"^^xsd:dateTime .
    """).undertakings
    excluding = m.Reservation(ID + "r", ID + "x", permitted=False)
    condition = m.DateReached(id=ID + "c", day=date(2026, 1, 1).toordinal())
    assert found[ID + "u"].reservations == (excluding,)
    assert found[ID + "v"].reservations == (
        excluding,
        m.Reservation(ID + "s", ID + "x", condition, permitted=False),
    )


def test_conditions_may_not_be_nested_without_end() -> None:
    depth = 200
    nodes = "\n".join(f"id:n{n} a sv:Not ; sv:operand id:n{n + 1} ." for n in range(depth))
    commitment = "id:u a sv:Commitment ; sv:debtor id:d ; sv:activatedWhen id:n0 ."
    assert refusal(commitment + nodes) == (
        f"the condition `{ID}n0` is nested more than 100 deep; "
        "combine more conditions at each level"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id:e a sv:Evidence ; sv:evidenceFor id:t ; sv:polarity true ; sv:source id:s .",
            f"`{ID}e` has no `sv:validFrom`; say from when it holds",
        ),
        (
            EVIDENCE.replace("sv:polarity true ;", ""),
            f"`{ID}e` has no `sv:polarity`; say true or false",
        ),
        (EVIDENCE.replace("sv:source id:s ;", ""), f"`{ID}e` has no `sv:source`; add one"),
        (
            "id:u a sv:Commitment ; sv:debtorStructure sv:Everybody .",
            f"`Everybody` is no possible `sv:debtorStructure` of `{ID}u`; choose one of "
            "`sv:IndividualDebtor`, `sv:SeveralDebtors`, `sv:JointDebtors`, "
            "`sv:JointAndSeveralDebtors`, `sv:LeadDebtor`, `sv:BodyDebtor`",
        ),
        (
            "id:u a sv:Commitment ; sv:statedDebtorCount 3.5 .",
            f"`3.5` is no possible `sv:statedDebtorCount` of `{ID}u`; mend it",
        ),
        (
            'id:u a sv:Commitment ; sv:madeOn "12026-01-01T00:00:00Z"^^xsd:dateTime .',
            f"`12026-01-01T00:00:00Z` is no possible `sv:madeOn` of `{ID}u`; mend it",
        ),
        (
            "id:u a sv:Commitment ; sv:activatedWhen id:c . id:c a sv:DateReached .",
            f"`{ID}c` has no `sv:date`; say which day",
        ),
        (
            "id:u a sv:Commitment ; sv:activatedWhen id:c . id:c a sv:AtLeast .",
            f"`{ID}c` has no `sv:minimum`; say how many must be met",
        ),
        (
            "id:u a sv:Commitment ; sv:activatedWhen id:c . "
            "id:c a sv:Not ; sv:operand id:x , id:y .",
            f"`{ID}c` has more than one `sv:operand`; combine them in an `sv:AllOf`",
        ),
        (
            "id:u a sv:Commitment ; sv:activatedWhen id:c . "
            "id:c a sv:InState ; sv:inStateOf id:u ; sv:requiredState sv:Broken .",
            f"`Broken` is no possible `sv:requiredState` of `{ID}c`; choose one of "
            "`sv:NotMade`, `sv:Declared`, `sv:Withdrawn`, `sv:Released`, `sv:Lapsed`, "
            "`sv:Proposed`, `sv:Undetermined`, `sv:Expired`, `sv:Conditional`, `sv:Fulfilled`, "
            "`sv:FulfilledLate`, `sv:Suspended`, `sv:Violated`, `sv:Overdue`, `sv:InForce`",
        ),
    ],
)
def test_what_cannot_be_read_is_reported_with_the_thing_it_concerns(
    text: str, message: str
) -> None:
    assert refusal(text) == message
