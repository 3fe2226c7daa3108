"""A codebook has each term of the ontology, and what the data do with it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph import rdf
from graph.codebook import Entry, as_csv, as_markdown, codebook
from graph.namespaces import DATA, ID, ONTOLOGY
from tests.graph.conftest import turtle

TERMS = """
sv:Actor a owl:Class ; rdfs:label "acteur"@fr , "actor"@en ; skos:definition "Who acts."@en .
sv:State a owl:Class .
sv:debtor a owl:ObjectProperty ; rdfs:label "debtor"@en ; rdfs:range sv:Actor .
sv:by a owl:ObjectProperty ; rdfs:range [ a owl:Class ; owl:unionOf ( sv:Actor sv:State ) ] .
sv:said a owl:DatatypeProperty ; rdfs:range xsd:string .
sv:Red a sv:Colour .
"""
RECORDED = f"""
@base <{ID}> .
<actor/b> a sv:Actor . <actor/a> a sv:Actor .
<promise/one> sv:debtor <actor/a> ; sv:said "a | b" .
"""


def quads(graph: str, text: str) -> list[ox.Quad]:
    name = ox.NamedNode(graph)
    return rdf.read(turtle(text).encode(), format=rdf.TURTLE, graph=name, source="a test")


@pytest.fixture
def entries() -> dict[str, Entry]:
    found = codebook([*quads(f"{DATA}one", RECORDED), *quads(f"{ONTOLOGY}core", TERMS)])
    return {each.term: each for each in found}


def test_classes_and_properties_are_listed_by_name_and_individuals_are_not(
    entries: dict[str, Entry],
) -> None:
    assert list(entries) == ["sv:Actor", "sv:State", "sv:by", "sv:debtor", "sv:said"]


def test_a_class_has_its_english_texts_and_its_first_member(entries: dict[str, Entry]) -> None:
    actor = Entry("sv:Actor", "class", "actor", "Who acts.", "", 2, "actor/a")
    assert entries["sv:Actor"] == actor


@pytest.mark.parametrize(
    ("term", "range_", "used", "example"),
    [
        ("sv:debtor", "sv:Actor", 1, "promise/one → actor/a"),
        ("sv:by", "sv:Actor or sv:State", 0, ""),
        ("sv:said", "xsd:string", 1, "promise/one → a | b"),
    ],
)
def test_a_property_has_its_range_and_a_statement(
    entries: dict[str, Entry], term: str, range_: str, used: int, example: str
) -> None:
    found = entries[term]
    assert (found.range, found.used, found.example) == (range_, used, example)


def test_it_is_written_with_a_row_or_a_section_for_each_term(entries: dict[str, Entry]) -> None:
    rows = as_csv([*entries.values()]).decode().splitlines()
    assert rows[0] == "term,kind,label,definition,range,used,example"
    assert len(rows) == 1 + len(entries)
    text = as_markdown([*entries.values()]).decode()
    assert text.count("\n## ") == len(entries)
    assert "- example: promise/one → a \\| b\n" in text
