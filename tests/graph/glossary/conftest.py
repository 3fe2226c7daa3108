"""A little vocabulary with every sort of axiom that editors write."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from graph.glossary.glossary import Glossary, glossary
from graph.glossary.words import Words, plain
from tests.graph.conftest import turtle

HEADER = """
<https://w3id.org/servanda/ontology/{name}> a owl:Ontology ;
    owl:versionIRI <https://w3id.org/servanda/ontology/1.2.3/{name}> ;
    dcterms:title "Servanda and {name}"@en ; dcterms:description "What {name} holds."@en ;
    dcterms:license <https://example.org/licence> .
"""
CORE = """
sv:Deed a owl:Class ; rdfs:label "deed"@en , "acte"@fr ; skos:definition "What is done."@en ;
    skos:example "To sign."@en ; skos:scopeNote "Not what is meant."@en .
sv:Promise a owl:Class ; rdfs:subClassOf sv:Deed ,
        [ a owl:Restriction ; owl:onProperty sv:by ; owl:someValuesFrom sv:Actor ] ,
        [ a owl:Restriction ; owl:onProperty sv:to ; owl:someValuesFrom
            [ a owl:Class ; owl:unionOf ( sv:Actor sv:Deed ) ] ] ;
    rdfs:label "promise"@en ; skos:definition "A word given."@en .
sv:Actor a owl:Class ; rdfs:label "actor"@en ; owl:disjointWith sv:Deed .
[ a owl:AllDisjointClasses ; owl:members ( sv:Actor sv:Promise sv:Colour ) ] .
sv:Colour a owl:Class ; rdfs:label "colour"@en .
sv:Red a owl:NamedIndividual , sv:Colour ; rdfs:label "red"@en ; sv:warm true .
sv:by a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:label "given by"@en ;
    rdfs:domain sv:Deed ; rdfs:range sv:Actor ; owl:inverseOf sv:gives .
sv:gives a owl:ObjectProperty ; rdfs:label "gives"@en ; owl:deprecated true ;
    dcterms:isReplacedBy sv:by .
sv:to a owl:ObjectProperty , owl:IrreflexiveProperty ; rdfs:label "given to"@en ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( sv:Deed sv:Actor ) ] .
sv:toAll a owl:ObjectProperty ; rdfs:label "given to all"@en ; rdfs:subPropertyOf sv:to .
sv:warm a owl:DatatypeProperty ; rdfs:label "warm"@en ; rdfs:range xsd:boolean .
"""
OTHERS = """
<https://example.org/Pledge> a owl:Class ; rdfs:label "Pledge"@en ;
    rdfs:comment "Theirs binds."@en .
sv:Promise skos:closeMatch <https://example.org/Pledge> .
sv:Deed rdfs:subClassOf <https://example.org/Pledge> .
"""

Read = Callable[[str], Glossary]


def parsed(name: str, text: str) -> list[ox.Triple]:
    quads = ox.parse(turtle(HEADER.format(name=name) + text), format=ox.RdfFormat.TURTLE)
    return [quad.triple for quad in quads]


@pytest.fixture
def read() -> Read:
    """Give a function that reads the little vocabulary with some axioms more."""

    def reading(more: str) -> Glossary:
        declaring = {"core": parsed("core", CORE + more)}
        relating = {"alignments/others": parsed("alignments/others", OTHERS)}
        return glossary(declaring, relating, rules={}, questions={})

    return reading


def told(sentences: tuple[Words, ...]) -> list[str]:
    return [plain(each) for each in sentences]
