from __future__ import annotations

import pytest

from graph.glossary.words import Named, listed, plain
from graph.namespaces import SV
from tests.graph.glossary.conftest import Read, told


@pytest.mark.parametrize(
    ("restriction", "said"),
    [
        ("owl:onProperty sv:to ; owl:someValuesFrom sv:Actor", "at least one given to (actor)"),
        ("owl:onProperty sv:by ; owl:someValuesFrom sv:Actor", "exactly one given by (actor)"),
        ("owl:onProperty sv:to ; owl:allValuesFrom sv:Actor", "no other given to than actor"),
        ("owl:onProperty sv:warm ; owl:hasValue true", "true as warm"),
        ("owl:onProperty sv:to ; owl:minCardinality 2", "at least 2 given to"),
        ("owl:onProperty sv:to ; owl:cardinality 1", "exactly one given to"),
        (
            "owl:onProperty sv:to ; owl:maxQualifiedCardinality 3 ; owl:onClass sv:Actor",
            "at most 3 given to (actor)",
        ),
        (
            "owl:onProperty sv:warm ; owl:qualifiedCardinality 1 ; owl:onDataRange xsd:boolean",
            "exactly one warm (xsd:boolean)",
        ),
        ("owl:onProperty sv:to ; owl:hasSelf true", "something that only the file says in full"),
    ],
)
def test_a_restriction_is_a_sentence_about_each_member(
    read: Read, restriction: str, said: str
) -> None:
    more = f"""sv:Vow a owl:Class ; rdfs:label "vow"@en ;
        rdfs:subClassOf [ a owl:Restriction ; {restriction} ] ."""
    (sentence,) = told(read(more).terms["Vow"].facts)
    has = "" if said.startswith("something") else "has "
    assert sentence == f"Every vow {has}{said}."


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("owl:unionOf ( sv:Actor sv:Deed )", "actor or deed"),
        ("owl:intersectionOf ( sv:Actor sv:Deed )", "actor and deed"),
        ("owl:oneOf ( sv:Red )", "red"),
        ("owl:complementOf sv:Actor", "what is no actor"),
        (
            "owl:onProperty sv:to ; owl:someValuesFrom sv:Actor",
            "what has at least one given to (actor)",
        ),
        ("owl:disjointUnionOf ( sv:Actor )", "something that only the file says in full"),
    ],
)
def test_a_class_without_a_name_is_said_in_words(read: Read, expression: str, said: str) -> None:
    more = f"""sv:Vow a owl:Class ; rdfs:label "vow"@en ;
        owl:equivalentClass [ a owl:Class ; {expression} ] ."""
    assert told(read(more).terms["Vow"].facts) == [f"vow is the same as {said}."]


def test_the_terms_in_a_sentence_can_be_followed(read: Read) -> None:
    (first, *_) = read("").terms["Promise"].facts
    named = [each for each in first if isinstance(each, Named)]
    assert Named("promise", f"{SV}Promise") in named
    assert Named("given by", f"{SV}by") in named


def test_sayings_are_joined_by_what_stands_between_them() -> None:
    joined = listed([("a",), (Named("b", "x:b"), "!"), ("c",)], " or ")
    assert plain(joined) == "a or b! or c"
    assert listed([]) == ()
