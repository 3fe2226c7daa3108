from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from graph import model as m
from graph.explain import Every, Explainer, For, Some, Then, Wait
from graph.lifecycle import Flag, Lifecycle, Standing
from graph.namespaces import ID
from graph.read import Reader
from graph.sentences import Sentences
from graph.timeline import Span
from graph.triples import Triples
from graph.world import World
from tests.queries.conftest import PARIS, read

TRUCE, PEACE, VOTE, LAW = (
    For(m.Occurs(id=name, event=name)) for name in ("a-truce", "a-peace", "a-vote", "a-law")
)
SENTENCES = Sentences(m.Model({}), {"court": "the court", "attack": "an attack"})


def said(wait: Wait) -> str:
    return SENTENCES.wait(wait, "d")


@pytest.mark.parametrize(
    ("wait", "text"),
    [
        (TRUCE, "a truce"),
        (Every((TRUCE, PEACE)), "a truce and a peace"),
        (Some(1, (TRUCE, PEACE, VOTE)), "a truce, a peace or a vote"),
        (Some(2, (TRUCE, PEACE, VOTE)), "at least 2 of a truce, a peace and a vote"),
        (Then(TRUCE, VOTE), "a truce, and then for a vote"),
        (
            Every((VOTE, Some(1, (TRUCE, PEACE)), LAW)),
            "a truce or a peace, and also for a vote and a law",
        ),
        (
            Every((Then(TRUCE, VOTE), LAW)),
            "a truce, and then for a vote, and also for a law",
        ),
        (Some(1, (Every((TRUCE, VOTE)), PEACE)), "a truce and a vote, or else for a peace"),
    ],
)
def test_what_belongs_together_is_said_together(wait: Wait, text: str) -> None:
    assert said(wait) == text


def test_a_finding_names_its_authority() -> None:
    node = m.Determined(id="c", matter="attack", authority="court")
    assert said(For(node)) == "a finding by the court of an attack"


def test_a_day_is_spelled_out() -> None:
    day = date(2026, 3, 5).toordinal()
    assert said(For(m.DateReached(id="c", day=day))) == "5 March 2026"


@pytest.mark.parametrize(("figure", "text"), [("1500000.50", "1500000.50"), ("5E+2", "500")])
def test_a_quantity_is_written_out(figure: str, text: str) -> None:
    node = m.QuantityReached(id="c", stage=m.Stage.DELIVERED, quantity=Decimal(figure), unit="EUR")
    assert said(For(node)) == f"{text} EUR delivered"


def approval(body: str, measure: str, debtor: str) -> m.Matter:
    return m.Matter(
        f"{body}-{measure}-{debtor}",
        m.MatterKind.APPROVAL,
        body=body,
        measure=measure,
        debtor=debtor,
    )


APPROVALS = [
    approval("house-of-d", "troops", "d"),
    approval("house-of-d", "money", "d"),
    approval("house-of-e", "troops", "e"),
]
PARLIAMENTS = Sentences(m.Model({}, {matter.id: matter for matter in APPROVALS}), {})
TROOPS = m.Approved(id="troops-approved", measure="troops", each_debtor=True)
MONEY = m.Approved(id="money-approved", measure="money", each_debtor=True)


def test_an_approval_names_the_body_of_the_debtor() -> None:
    assert PARLIAMENTS.condition(TROOPS, "d") == "approval by the house of d"
    assert PARLIAMENTS.condition(TROOPS, "e") == "approval by the house of e"


def test_an_approval_whose_body_is_not_one_names_its_measure() -> None:
    of_any = m.Approved(id="c", measure="troops")
    assert PARLIAMENTS.condition(of_any, "d") == "approval of troops"
    by_named = m.Approved(id="c", measure="troops", body="upper-house")
    assert PARLIAMENTS.condition(by_named, "d") == "approval by the upper house"


def test_an_approval_that_a_debtor_gives_itself_names_its_measure() -> None:
    matter = approval("d", "accession", "d")
    acceding = Sentences(m.Model({}, {matter.id: matter}), {})
    of_each = m.Approved(id="c", measure="accession", each_debtor=True)
    assert acceding.condition(of_each, "d", exact=True) == "approval of accession"


def test_two_approvals_by_one_body_are_told_apart_by_their_measures() -> None:
    assert PARLIAMENTS.wait(Every((For(TROOPS), For(MONEY))), "d") == (
        "approval of troops by the house of d and approval of money by the house of d"
    )


def test_remarks_follow_the_state_in_a_fixed_order() -> None:
    flags = frozenset({Flag.REPUDIATED, Flag.DISPUTED})
    standing = Standing(m.State.CONDITIONAL, m.Gate.ACTIVATED, flags)
    assert SENTENCES.standing(standing) == (
        "conditional; sources clash; its debtor announced leaving without the power to"
    )


@pytest.mark.parametrize(
    ("unnamed", "text"),
    [
        (0, "2 conditional, 1 in force"),
        (12, "2 conditional, 1 in force, 12 further debtors not named"),
        (None, "2 conditional, 1 in force, further debtors not named (number not stated)"),
    ],
)
def test_a_distribution_counts_states_and_says_who_is_missing(
    unnamed: int | None, text: str
) -> None:
    states = [m.State.IN_FORCE, m.State.CONDITIONAL, m.State.CONDITIONAL]
    assert SENTENCES.distribution(states, unnamed) == text


def test_without_debtors_a_distribution_says_so() -> None:
    assert SENTENCES.distribution([], 0) == "no debtors"


def test_an_undertaking_in_force_is_one_word() -> None:
    promise = m.Undertaking("p", m.UndertakingKind.COMMITMENT, ("d",), Span(1, 1))
    lives = Lifecycle(World(m.Model({"p": promise}), known_at=9))
    assert SENTENCES.explanation(Explainer(lives, "p", "d", 5).explanation()) == "in force"


@pytest.mark.parametrize(
    ("debtor", "approvals"),
    [
        (
            "france",
            "approval of carrying out the security guarantees by the Parliament of France, and "
            "also for approval of sending troops to Ukraine by the Parliament of France",
        ),
        # No European country: its troops need no approval.
        ("canada", "approval by the Parliament of Canada"),
    ],
)
def test_the_multinational_force_waits_for_peace_and_then_for_parliament(
    debtor: str, approvals: str
) -> None:
    triples = Triples.of(read(PARIS))
    model = Reader(triples).model()
    day = date(2026, 1, 31).toordinal()
    lives = Lifecycle(World(model, known_at=day))
    force = ID + "commitment/multinational-force"
    found = Explainer(lives, force, f"{ID}actor/{debtor}", day).explanation()
    assert Sentences(model, triples.labels()).explanation(found) == (
        "conditional: waits for a ceasefire, a peace settlement or a comprehensive settlement, "
        f"and then for {approvals}"
    )
