"""Every shipped commitment is a policy by the rules of the ODRL Information Model 2.2.

W3C publishes no shapes with it; each rule is a query here for what breaks it.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import rdf
from graph.dataset import read_datasets
from graph.namespaces import ID, ONTOLOGY, SV
from graph.odrl import left_out, policies, policy_of
from graph.odrl_constraints import ODRL
from graph.triples import Triples
from tests.graph.conftest import PARIS, turtle

ROOT = Path(__file__).parents[2]
PREFIXES = f"PREFIX odrl: <{ODRL}> PREFIX sv: <{SV}> PREFIX id: <{ID}> "
PREFIXES += "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
PREFIXES += "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
POLICY = "?x a ?type VALUES ?type { odrl:Set odrl:Offer odrl:Agreement }"
RULE = "?x a ?type VALUES ?type { odrl:Duty odrl:Prohibition }"


def counts(of: str, path: str, least: int, most: int = 99) -> str:
    """Find what has another number of values than there may be."""
    return (
        f"SELECT ?x {{ {of} OPTIONAL {{ ?x {path} ?value }} }} GROUP BY ?x "
        f"HAVING (COUNT(DISTINCT ?value) < {least} || COUNT(DISTINCT ?value) > {most})"
    )


# The sections of https://www.w3.org/TR/odrl-model/ that say so.
BROKEN = {
    "2.1 a policy has one uid": counts(POLICY, "odrl:uid", 1, 1),
    "2.1 a policy has a rule": counts(
        POLICY, "odrl:obligation|odrl:prohibition|odrl:permission", 1
    ),
    "2.1 a policy has a profile": counts(POLICY, "odrl:profile", 1),
    "2.1.3 an agreement has one assigner": counts(
        "?x a odrl:Agreement", "(odrl:obligation|odrl:prohibition)/odrl:assigner", 1
    ),
    "2.1.3 an agreement has an assignee": counts(
        "?x a odrl:Agreement", "(odrl:obligation|odrl:prohibition)/odrl:assignee", 1
    ),
    "2.6 a rule has one action": counts(RULE, "odrl:action", 1, 1),
    "2.6.3 a prohibition has one target": counts("?x a odrl:Prohibition", "odrl:target", 1, 1),
    "2.6 a rule has at most one assignee": counts(RULE, "odrl:assignee", 0, 1),
    "2.6 a rule has at most one assigner": counts(RULE, "odrl:assigner", 0, 1),
    "2.6.4 an obligation is a duty": (
        "SELECT ?x { ?policy odrl:obligation|odrl:consequence|odrl:remedy ?x "
        "FILTER NOT EXISTS { ?x a odrl:Duty } }"
    ),
    "2.4 a refined action has one value": counts("?x odrl:refinement ?c", "rdf:value", 1, 1),
    "2.4 an action of a profile is in another": (
        "SELECT ?x { ?rule odrl:action/rdf:value? ?x "
        "FILTER NOT EXISTS { ?x odrl:includedIn|rdf:value ?y } }"
    ),
    "2.5.1 a constraint has one left operand": counts(
        "?x a odrl:Constraint", "odrl:leftOperand", 1, 1
    ),
    "2.5.1 a constraint has one operator": counts("?x a odrl:Constraint", "odrl:operator", 1, 1),
    "2.5.1 a constraint has one right operand": counts(
        "?x a odrl:Constraint", "odrl:rightOperand|odrl:rightOperandReference", 1, 1
    ),
    "2.5.1 a constraint has at most one unit": counts("?x a odrl:Constraint", "odrl:unit", 0, 1),
    "2.5.2 a logical constraint has one operand": counts(
        "?x a odrl:LogicalConstraint", "odrl:and|odrl:or|odrl:xone|odrl:andSequence", 1, 1
    ),
    "2.5.2 what is combined is a constraint": (
        "SELECT ?x { ?y (odrl:and|odrl:or)/rdf:rest*/rdf:first ?x "
        "FILTER NOT EXISTS { ?x a ?t VALUES ?t { odrl:Constraint odrl:LogicalConstraint } } }"
    ),
    "2.5 what constrains is a constraint": (
        "SELECT ?x { ?y odrl:constraint|odrl:refinement ?x "
        "FILTER NOT EXISTS { ?x a ?t VALUES ?t { odrl:Constraint odrl:LogicalConstraint } } }"
    ),
    "2.3 a party is a party": (
        "SELECT ?x { ?y odrl:assigner|odrl:assignee ?x "
        "FILTER NOT EXISTS { ?x a ?t VALUES ?t { odrl:Party odrl:PartyCollection } } }"
    ),
}


@pytest.fixture(scope="module")
def shipped() -> Triples:
    datasets = read_datasets([ROOT / "data", ROOT / "ontology"])
    return Triples.of(quad for each in datasets for quad in each.quads)


@pytest.fixture(scope="module")
def written(shipped: Triples) -> ox.Store:
    return stored(policies(shipped, shipped))


def stored(triples: list[ox.Triple]) -> ox.Store:
    """Read what was written, so that what cannot be read again is seen."""
    store = ox.Store()
    store.load(rdf.write(triples, rdf.TURTLE), format=ox.RdfFormat.TURTLE)
    return store


def small(text: str) -> Triples:
    quads = rdf.read(
        turtle(f"@prefix : <{ID}> .\n{text}").encode(), format=rdf.TURTLE, graph=PARIS, source="t"
    )
    return Triples.of(quads)


def found(store: ox.Store, query: str) -> list[str]:
    rows = store.query(PREFIXES + query)
    assert isinstance(rows, ox.QuerySolutions)
    return [" ".join(str(term) for term in row) for row in rows]


@pytest.mark.parametrize("rule", BROKEN)
def test_every_shipped_commitment_keeps_a_rule_of_odrl(rule: str, written: ox.Store) -> None:
    assert found(written, BROKEN[rule]) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_what_breaks_a_rule_of_odrl_is_found(rule: str) -> None:
    store = ox.Store()
    broken = """
        id:a a odrl:Agreement ; odrl:obligation id:b . id:b a odrl:Prohibition ;
          odrl:assigner id:q1 , id:q2 ; odrl:assignee id:q1 , id:q2 ; odrl:action id:e , id:f .
        id:e odrl:refinement id:c . id:c a odrl:Constraint ; odrl:unit id:u1 , id:u2 .
        id:l a odrl:LogicalConstraint ; odrl:and ( id:q1 ) . id:m a odrl:LogicalConstraint .
        id:d a odrl:Duty ; odrl:constraint id:q1 . id:g a odrl:Agreement ."""
    store.update(f"{PREFIXES} INSERT DATA {{ {broken} }}")
    assert found(store, BROKEN[rule])


def test_every_shipped_commitment_is_a_policy(shipped: Triples, written: ox.Store) -> None:
    policies_ = found(written, f"SELECT DISTINCT ?x {{ {POLICY} }}")
    assert set(policies_) == {str(policy_of(each)) for each in shipped.a("Commitment")}
    assert left_out(shipped) == len(shipped.a("Intention", "Possibility")) > 0


def test_only_terms_of_odrl_are_used(written: ox.Store) -> None:
    names = (ROOT / "ontology/alignments/vocabularies/odrl.csv").read_text("utf-8")
    used = {
        term.value
        for quad in written
        for term in (quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(ODRL)
    }
    assert {term for term in used if term not in names} == set()


PROMISE = """:c a sv:Commitment ; rdfs:label "aid"@en ; sv:debtor :p , :q ; sv:creditor :r ;
    sv:debtorStructure sv:SeveralDebtors ; sv:content :d ; sv:recordedIn :i .
    :d a sv:Action ; sv:actionType sv:ArmsSupply .
    :i a sv:Agreement ; sv:bindingForce sv:LegalForce .
    """


def test_each_of_several_debtors_has_a_duty_to_the_creditor_with_its_own_force() -> None:
    own = ":a a sv:Adherence ; sv:party :q ; sv:adheresTo :i ; sv:bindingForce sv:PoliticalForce ."
    t = small(PROMISE + own)
    asked = "SELECT ?who ?force { ?r a odrl:Duty ; odrl:assignee ?who ; odrl:assigner id:r ; "
    assert sorted(found(stored(policies(t, t)), asked + "sv:bindingForce ?force }")) == [
        f"<{ID}p> <{SV}LegalForce>",
        f"<{ID}q> <{SV}PoliticalForce>",
    ]


@pytest.mark.parametrize(
    ("condition", "constraint"),
    [
        ('a sv:DateReached ; sv:date "2026-03-01T00:00:00Z"^^xsd:dateTime', "dateTime gteq 2026-"),
        ("a sv:Occurs ; sv:matter :e", f"event gteq {ID}e"),
        ("a sv:Holds ; sv:matter :e", f"event eq {ID}e"),
        ("a sv:Not ; sv:operand [ a sv:Occurs ; sv:matter :e ]", f"event lt {ID}e"),
        (
            "a sv:Not ; sv:operand [ a sv:Occurs ; sv:matter :e ; sv:minimumCount 2 ]",
            f"event gteq {ID}g",
        ),
        ("a sv:Elapsed ; sv:days 3 ; sv:anchor [ a sv:Occurs ; sv:matter :e ]", "event gteq"),
        ("a sv:Occurs ; sv:matter :e ; sv:minimumCount 2", f"event gteq {ID}g"),
    ],
)
def test_what_activates_is_a_constraint(condition: str, constraint: str) -> None:
    t = small(f"{PROMISE} :c sv:activatedWhen :g . :g {condition} .")
    rows = found(
        stored(policies(t, t)),
        "SELECT (STRAFTER(STR(?left), '/2/') AS ?l) (STRAFTER(STR(?op), '/2/') AS ?o) "
        "(STR(?right) AS ?value) { ?rule odrl:constraint ?c . ?c odrl:leftOperand ?left ; "
        "odrl:operator ?op ; odrl:rightOperand|odrl:rightOperandReference ?right }",
    )
    assert len(rows) == 2
    assert all(row.replace('"', "").startswith(constraint) for row in rows)


def test_two_of_three_are_written_out_as_alternatives() -> None:
    events = " , ".join(f"[ a sv:Occurs ; sv:matter :e{n} ]" for n in range(3))
    t = small(
        f"{PROMISE} :c sv:activatedWhen :g . :g a sv:AtLeast ; sv:minimum 2 ; sv:operand {events} ."
    )
    ways = (
        "SELECT ?way { ?rule odrl:constraint/odrl:or/rdf:rest*/rdf:first ?way . ?way odrl:and ?l }"
    )
    assert len(found(stored(policies(t, t)), ways)) == 3 * 2


def test_amounts_and_a_due_day_refine_the_action() -> None:
    t = small(
        f"{PROMISE} :c sv:dueBy :g . :g a sv:DateReached ; "
        'sv:date "2027-01-01T00:00:00Z"^^xsd:dateTime . '
        ':d sv:amount :m . :m sv:amountBound sv:AtLeastAmount ; sv:quantity 2.5 ; sv:unit "EUR" .'
    )
    refined = "SELECT DISTINCT ?left ?op { ?r odrl:action/odrl:refinement ?c . "
    asked = refined + "?c odrl:leftOperand ?left ; odrl:operator ?op }"
    assert {row.replace(ODRL, "") for row in found(stored(policies(t, t)), asked)} == {
        "<payAmount> <gteq>",
        "<dateTime> <lteq>",
    }


def test_a_figure_has_no_exponent_which_a_decimal_may_not_have() -> None:
    t = small(
        f"{PROMISE} :d sv:amount :m . :m sv:amountBound sv:ExactAmount ; "
        'sv:quantity 0.00000025 ; sv:unit "kg" .'
    )
    figures = found(stored(policies(t, t)), "SELECT DISTINCT ?n { ?c odrl:rightOperand ?n }")
    assert figures == ['"0.00000025"^^<http://www.w3.org/2001/XMLSchema#decimal>']


def test_a_promise_to_refrain_is_a_prohibition_and_a_remedy_stands_behind_its_rule() -> None:
    t = small(
        f"{PROMISE} :n a sv:Commitment ; sv:debtor :p ; sv:creditor :r ; sv:content :o ; "
        "sv:debtorStructure sv:IndividualDebtor ; sv:remedy :c . "
        ":o a sv:Action ; sv:actionType sv:Restraint ."
    )
    store = stored(policies(t, t))
    assert (
        len(found(store, "SELECT ?d { ?x odrl:prohibition/odrl:remedy ?d . ?d a odrl:Duty }")) == 2
    )
    for rule, query in BROKEN.items():
        assert found(store, query) == [], rule


def test_what_odrl_cannot_say_stands_in_a_note() -> None:
    t = small(
        f"{PROMISE} :c sv:endsWhen :g ; sv:repeatable true . :g a sv:Holds ; sv:matter :e ; "
        'rdfs:label "peace"@en . :d sv:amount :m . :m sv:unit "% of GDP" ; sv:quantity 0.25 ; '
        'rdfs:label "a quarter per cent"@en ; sv:amountBound sv:ExactAmount .'
    )
    notes = found(stored(policies(t, t)), "SELECT ?note { ?p skos:note ?note }")
    assert {note.split(": ", 1)[1] for note in notes} == {
        'it ends when peace"@en',
        'each new trigger makes a new obligation"@en',
        'a quarter per cent"@en',
    }


def test_policies_are_of_the_profile_that_the_alignment_declares(written: ox.Store) -> None:
    profiles = found(written, "SELECT DISTINCT ?p { ?x odrl:profile ?p }")
    assert profiles == [f"<{ONTOLOGY}alignments/odrl>"]
