"""How classes relate is read from domains, ranges and restrictions."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from api.declared import declarations
from api.pattern import CORE, Pattern, Property, pattern
from graph.namespaces import SV

PREFIXES = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def read(turtle: str, *classes: str) -> Pattern:
    quads = ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)
    return pattern(quads, [SV + name for name in classes])


def related(found: Pattern) -> dict[tuple[str, str], list[str]]:
    return {
        (each.start.removeprefix(SV), each.end.removeprefix(SV)): [
            one.id.removeprefix(SV) for one in each.properties
        ]
        for each in found.relations
    }


ONE = "sv:p a owl:ObjectProperty ; rdfs:domain sv:A ; rdfs:range sv:B ."


@pytest.mark.parametrize(
    ("turtle", "pairs"),
    [
        ("", {("A", "B")}),
        ("sv:A rdfs:subClassOf sv:C .", {("A", "B")}),
        ("sv:B rdfs:subClassOf sv:D .", {("A", "B")}),
    ],
)
def test_a_property_leads_from_its_domain_to_its_range(
    turtle: str, pairs: set[tuple[str, str]]
) -> None:
    assert related(read(ONE + turtle, "A", "B", "C", "D")).keys() == pairs


def test_one_of_a_class_that_is_not_chosen_counts_for_the_nearest_above() -> None:
    above = "sv:A rdfs:subClassOf sv:M . sv:M rdfs:subClassOf sv:C . sv:C rdfs:subClassOf sv:T ."
    assert related(read(ONE + above, "C", "T", "B")) == {("C", "B"): ["p"]}


def test_one_of_a_class_above_the_chosen_ones_counts_for_each_of_these() -> None:
    below = "sv:C rdfs:subClassOf sv:M . sv:M rdfs:subClassOf sv:A . sv:D rdfs:subClassOf sv:A ."
    assert related(read(ONE + below, "C", "D", "B")) == {("C", "B"): ["p"], ("D", "B"): ["p"]}


def test_a_union_stands_for_each_of_its_classes() -> None:
    union = """sv:p a owl:ObjectProperty ; rdfs:range sv:B ;
        rdfs:domain [ a owl:Class ; owl:unionOf ( sv:A sv:C ) ] ."""
    assert related(read(union, "A", "B", "C")) == {("A", "B"): ["p"], ("C", "B"): ["p"]}


def test_a_restriction_relates_classes_and_says_that_a_value_is_needed() -> None:
    restricted = """sv:p a owl:ObjectProperty . sv:q a owl:ObjectProperty ;
        rdfs:domain sv:A ; rdfs:range sv:B .
        sv:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty sv:p ;
            owl:someValuesFrom sv:B ] ."""
    (relation,) = read(restricted, "A", "B").relations
    assert relation.properties == (Property(f"{SV}p", True), Property(f"{SV}q", False))


def test_of_inverse_and_of_general_properties_one_is_taken() -> None:
    more = """sv:i a owl:ObjectProperty ; rdfs:domain sv:B ; rdfs:range sv:A .
        sv:p owl:inverseOf sv:i ; rdfs:subPropertyOf sv:g .
        sv:g a owl:ObjectProperty ; rdfs:domain sv:A ; rdfs:range sv:B ."""
    assert related(read(ONE + more, "A", "B")) == {("A", "B"): ["p"]}


def test_the_core_classes_are_declared_and_hang_together() -> None:
    found = pattern(declarations())
    assert set(CORE) <= {str(quad.subject)[1:-1] for quad in declarations()}
    reached = {CORE[0]}
    for _ in CORE:
        for each in found.relations:
            if reached & {each.start, each.end}:
                reached |= {each.start, each.end}
    assert reached == set(CORE)


def test_the_shipped_pattern_is_that_of_the_ontology() -> None:
    found = related(pattern(declarations()))
    assert found["Undertaking", "Actor"] == [
        "beneficiary",
        "creditor",
        "debtor",
        "lead",
        "performer",
    ]
    assert {"establishedWhen", "activatedWhen"} <= set(found["Undertaking", "Condition"])
    assert found["Evidence", "Source"] == ["source"]
    needed = {
        one.id.removeprefix(SV)
        for each in pattern(declarations()).relations
        for one in each.properties
        if one.needed
    }
    assert needed == {"content", "creditor", "debtor", "recordedIn"}
