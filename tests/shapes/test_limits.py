"""How far a rule reaches: mistakes that lie deeper than in its twin, and what it must let pass."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.namespaces import DATA, PREFIXES
from graph.rdf import TURTLE, read
from graph.validate import validate
from tests.shapes.conftest import ontology

REFUSED: dict[str, tuple[str, str]] = {
    "members-of-a-group-in-a-coalition-are-debtors": (
        "debtor-count",
        ":plan sv:debtor :coalition ; sv:statedDebtorCount 1 . :coalition a sv:Coalition ."
        ":group a sv:Group ; sv:memberOf :coalition ."
        ":a sv:memberOf :group . :b sv:memberOf :group .",
    ),
    "members-of-a-subset-are-members": (
        "group-count",
        ":all sv:statedCount 1 . :some sv:subsetOf :all ."
        ":a sv:memberOf :some . :b sv:memberOf :some .",
    ),
    "a-subset-of-a-subset-is-no-larger": (
        "subset-count",
        ":all a sv:Group ; sv:statedCount 5 . :some a sv:Group ; sv:subsetOf :all ."
        ":few a sv:Group ; sv:subsetOf :some ; sv:statedCount 6 .",
    ),
    "a-circle-may-run-over-an-anchor": (
        "condition-circle",
        ":first a sv:After ; sv:operand :second . :second a sv:Elapsed ; sv:anchor :first .",
    ),
    "a-negation-may-stand-deep-in-an-operand": (
        "comparison-not",
        ":before a sv:Before ; sv:operand :all . :all sv:operand :any . :any sv:operand :not ."
        ":not a sv:Not .",
    ),
    "a-window-needs-a-length": (
        "window-order",
        ':within sv:windowFrom "2026-01-01T00:00:00Z"^^xsd:dateTime ;'
        ' sv:windowUntil "2026-01-01T00:00:00Z"^^xsd:dateTime .',
    ),
    "days-without-an-anchor-are-no-window": ("within-window", ":within a sv:Within ; sv:days 3 ."),
    "an-instrument-may-make-the-force-legal": (
        "legal-endorsement",
        ":adherence a sv:Adherence ; sv:adheresTo :treaty ; sv:stage sv:EndorsedStage ."
        ":treaty sv:bindingForce sv:LegalForce .",
    ),
    "a-phase-is-a-state": ("state-asserted", ":phase a sv:Phase ."),
    "an-empty-label-names-nothing": (
        "label-english",
        ':state a sv:State ; rdfs:label " "@en .',
    ),
    "an-event-is-no-state-of-affairs": (
        "holds-state",
        ":holds a sv:Holds ; sv:matter :event . :event a sv:Event .",
    ),
    "a-group-is-several-debtors": (
        "individual-debtor",
        ":plan sv:debtor :group ; sv:debtorStructure sv:IndividualDebtor . :group a sv:Group .",
    ),
    "a-figure-is-not-below-zero": ("amount-quantity", ":sum a sv:Amount ; sv:quantity -1.5 ."),
}
PASSED: dict[str, tuple[str, str]] = {
    "an-organisation-is-one-debtor": (
        "debtor-count",
        ":plan sv:debtor :union ; sv:statedDebtorCount 1 ."
        ":union a sv:InternationalOrganisation . :a sv:memberOf :union . :b sv:memberOf :union .",
    ),
    "an-organisation-in-a-coalition-is-one-debtor": (
        "debtor-count",
        ":plan sv:debtor :coalition ; sv:statedDebtorCount 1 . :coalition a sv:Coalition ."
        ":union a sv:InternationalOrganisation ; sv:memberOf :coalition . :a sv:memberOf :union .",
    ),
    "a-coalition-that-owes-as-a-body-is-one-debtor": (
        "debtor-count",
        ":plan sv:debtor :coalition ; sv:statedDebtorCount 1 ; sv:debtorStructure sv:BodyDebtor ."
        ":coalition a sv:Coalition . :a sv:memberOf :coalition . :b sv:memberOf :coalition .",
    ),
    "a-group-in-a-group-is-no-name": (
        "group-count",
        ":all sv:statedCount 1 . :some a sv:Group ; sv:memberOf :all . :a sv:memberOf :all .",
    ),
    "actors-may-consent-when-the-other-does": (
        "condition-circle",
        ":a a sv:Consents ; sv:consentsWhen :b . :b a sv:Consents ; sv:consentsWhen :a .",
    ),
    "a-promise-may-wait-for-its-own-state": (
        "condition-circle",
        ":promise sv:activatedWhen :all . :all a sv:AllOf ; sv:operand :leaf ."
        ":leaf a sv:InState ; sv:inStateOf :promise .",
    ),
    "a-negation-may-stand-beside-a-comparison": (
        "comparison-not",
        ":all a sv:AllOf ; sv:operand :after , :not . :after a sv:After ; sv:operand :leaf ."
        ":not a sv:Not .",
    ),
    "a-political-endorsement-of-a-legal-text": (
        "legal-endorsement",
        ":adherence a sv:Adherence ; sv:adheresTo :treaty ; sv:stage sv:EndorsedStage ;"
        " sv:bindingForce sv:PoliticalForce . :treaty sv:bindingForce sv:LegalForce .",
    ),
    "a-chamber-approves-for-the-state-of-its-parliament": (
        "approval-other-body",
        ":approval a sv:Approval ; sv:approvalBy :chamber ; sv:approvalFor :state ."
        ":chamber sv:belongsTo :parliament . :parliament sv:belongsTo :state .",
    ),
    "a-claim-may-speak-of-one-moment": (
        "evidence-period",
        ':claim a sv:Evidence ; sv:validFrom "2026-01-01T00:00:00Z"^^xsd:dateTime ;'
        ' sv:validUntil "2026-01-01T00:00:00Z"^^xsd:dateTime .',
    ),
    "a-window-may-be-open-at-one-end": (
        "within-window",
        ':within a sv:Within ; sv:windowUntil "2026-01-01T00:00:00Z"^^xsd:dateTime .',
    ),
    "two-instruments-may-each-have-a-first-component": (
        "component-number-unique",
        ":a a sv:Component ; sv:componentOf :x ; sv:componentNumber 1 ."
        ":b a sv:Component ; sv:componentOf :y ; sv:componentNumber 1 .",
    ),
    "a-kind-of-act-that-data-adds": (
        "action-type-listed",
        ":training sv:actionType :teaching . :teaching a sv:ActionType .",
    ),
}


def quads(case: str, turtle: str) -> list[ox.Quad]:
    prefixes = {**PREFIXES, "": f"{DATA}{case}#"}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    graph = ox.NamedNode(f"{DATA}{case}")
    return read((head + turtle).encode(), format=TURTLE, graph=graph, source=case)


@pytest.fixture(scope="module")
def broken() -> set[tuple[str, str]]:
    """Give each case with each rule that it breaks; the cases share nothing, so one run does."""
    cases = {**REFUSED, **PASSED}
    data = [quad for case, (_, turtle) in cases.items() for quad in quads(case, turtle)]
    found = validate([*ontology(), *data])
    return {(each.focus.removeprefix(DATA).partition("#")[0], each.rule) for each in found}


@pytest.mark.parametrize("case", REFUSED)
def test_a_deeper_mistake_is_found(case: str, broken: set[tuple[str, str]]) -> None:
    assert (case, REFUSED[case][0]) in broken


@pytest.mark.parametrize("case", PASSED)
def test_what_only_looks_like_a_mistake_passes(case: str, broken: set[tuple[str, str]]) -> None:
    assert (case, PASSED[case][0]) not in broken
