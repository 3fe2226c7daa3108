from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.owl import loss
from tests.ontology.tiny import PREFIXES

UNION = "sv:A owl:equivalentClass [ a owl:Class ; owl:unionOf ( sv:B sv:C ) ] ."


def triples(turtle: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def lost(before: str, after: str) -> list[str]:
    return loss.lost(triples(before), triples(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (UNION, UNION.replace("sv:B sv:C", "sv:C sv:B")),
        ("sv:A owl:disjointWith sv:B .", "sv:B owl:disjointWith sv:A ."),
        (
            "[] a owl:AllDisjointClasses ; owl:members ( sv:A sv:B ) .",
            "sv:B owl:disjointWith sv:A .",
        ),
        ("sv:x sv:p sv:y .", "sv:x a owl:NamedIndividual ; sv:p sv:y ."),
        ("sv:A rdfs:subClassOf [ owl:hasValue sv:x ] .", "sv:A rdfs:subClassOf [] ."),
    ],
    ids=["list sorted", "turned round", "pair for list", "individual added", "left to axiom count"],
)
def test_axioms_written_another_way_are_no_loss(before: str, after: str) -> None:
    assert lost(before, after) == []


def test_a_list_outside_an_axiom_is_a_loss() -> None:
    found = lost("sv:x sv:operands ( sv:y ) .", "sv:x sv:operands [] .")
    assert len(found) == 2
    assert any("#first> <https://w3id.org/servanda/ns#y>` would be lost" in said for said in found)


def test_a_changed_literal_is_a_loss() -> None:
    said = (
        '`<https://w3id.org/servanda/ns#x> <https://w3id.org/servanda/ns#p> "a\\nb"` would be lost'
    )
    assert lost('sv:x sv:p "a\\nb" .', 'sv:x sv:p "anb" .') == [said]


def test_reification_is_a_loss() -> None:
    assert len(lost("[] rdf:subject sv:x ; rdf:object sv:y .", "")) == 2


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        ("owl:AnnotationProperty", "an annotation property"),
        ("owl:Class", "a class"),
        ("rdfs:Datatype", "a datatype"),
    ],
)
def test_a_term_made_up_from_its_use_is_told(kind: str, noun: str) -> None:
    said = f"`<https://w3id.org/servanda/ns#t>` would become {noun}: it is declared nowhere"
    assert lost("", f"sv:t a {kind} .") == [said]
