from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.glossary.examples import example
from graph.memory_store import MemoryStore
from graph.namespaces import DATA, ID, ONTOLOGY
from tests.graph.conftest import turtle
from tests.graph.glossary.conftest import Read

RECORDED = f"""
@base <{ID}> .
<deed/two> a sv:Deed ; sv:by <actor/b> .
<promise/one> a sv:Promise ; sv:by <actor/a> ; sv:to <actor/b> ; sv:shade sv:Red .
"""
STATED_OF_TERMS = "sv:Colour sv:to sv:Red . sv:Red a sv:Colour ; sv:warm true ."


def quads(graph: str, text: str) -> list[ox.Quad]:
    parsed = ox.parse(turtle(text), format=ox.RdfFormat.TURTLE)
    name = ox.NamedNode(graph)
    return [ox.Quad(each.subject, each.predicate, each.object, name) for each in parsed]


@pytest.fixture
def store() -> MemoryStore:
    terms = quads(f"{ONTOLOGY}core", STATED_OF_TERMS)
    return MemoryStore.of([*terms, *quads(f"{DATA}one", RECORDED)], 1)


@pytest.mark.parametrize(
    ("name", "thing", "shown"),
    [
        ("Deed", "deed/two", 2),
        ("Promise", "promise/one", 4),
        ("by", "deed/two", 1),
        ("to", "promise/one", 1),
        ("Red", "promise/one", 1),
    ],
)
def test_a_term_is_shown_by_the_first_case_there_is(
    read: Read, store: MemoryStore, name: str, thing: str, shown: int
) -> None:
    glossary = read("")
    found = example(store, glossary, glossary.terms[name])
    assert found is not None
    assert found.thing == ox.NamedNode(ID + thing)
    assert len(found.statements) == shown
    assert {quad.subject for quad in found.statements} == {found.thing}


def test_a_class_without_members_is_shown_by_one_of_a_class_below(
    read: Read, store: MemoryStore
) -> None:
    glossary = read("sv:Thing a owl:Class . sv:Deed rdfs:subClassOf sv:Thing .")
    found = example(store, glossary, glossary.terms["Thing"])
    assert found is not None
    assert found.thing == ox.NamedNode(f"{ID}deed/two")


@pytest.mark.parametrize("name", ["Colour", "warm", "gives"])
def test_what_the_ontology_says_of_its_terms_is_no_example(
    read: Read, store: MemoryStore, name: str
) -> None:
    glossary = read("")
    assert example(store, glossary, glossary.terms[name]) is None
