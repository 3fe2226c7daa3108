"""A little world: one ontology module, one shapes file, and data written in the test that needs it.

Nothing here depends on the shipped ontology, shapes or data; tests/ontology and tests/data do.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.namespaces import DATA, PREFIXES, SV

PREAMBLE = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
PARIS = ox.NamedNode(DATA + "paris")

ONTOLOGY = """
<https://w3id.org/servanda/ontology/core> a owl:Ontology .
sv:Promise a owl:Class ; rdfs:subClassOf sv:Commitment .
sv:Commitment a owl:Class .
sv:debtor a owl:ObjectProperty .
sv:amount a owl:DatatypeProperty .
sv:note a owl:DatatypeProperty .
sv:x a owl:Class .
"""
SHAPES = """
<https://w3id.org/servanda/shapes/commitments#commitment> a sh:NodeShape ;
    sh:targetClass sv:Commitment ; sv:ruleId "commitment" ;
    sh:message "a commitment has a debtor and an amount above zero"@en ;
    sh:property [ sh:path sv:debtor ; sh:minCount 1 ; sv:ruleId "commitment-debtor" ;
        sh:message "eine Zusage braucht einen Schuldner"@de , "a commitment needs a debtor"@en ] ;
    sh:property [ sh:path sv:amount ; sh:minExclusive 0 ] ;
    sh:property [ sh:path sv:note ; sh:maxCount 0 ; sh:severity sh:Warning ;
        sv:ruleId "commitment-note" ; sh:message "a note is not shown anywhere"@en ] .
"""


def turtle(text: str) -> str:
    """Put the project's prefixes before a Turtle text."""
    return PREAMBLE + text


def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    """Make a quad of the Paris graph, subject and predicate by the end of their sv: names."""
    return ox.Quad(ox.NamedNode(SV + subject), ox.NamedNode(SV + predicate), value, PARIS)


def typed(lexical: str, datatype: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(PREFIXES["xsd"] + datatype))


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "core.ttl").write_text(turtle(ONTOLOGY))
    return folder


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "commitments.ttl").write_text(turtle(SHAPES))
    return folder
