"""Blank nodes become IRIs: the same for the same text, and nobody else's."""

from __future__ import annotations

import pyoxigraph as ox

from graph.namespaces import GENID
from graph.rdf import TURTLE, parse
from graph.skolem import ground, skolemised

GRAPH = ox.NamedNode("https://w3id.org/servanda/data/paris")
OTHER = ox.NamedNode("https://w3id.org/servanda/data/other")
PREFIXED = "@prefix : <http://e/> .\n"


def quads(text: str, graph: ox.NamedNode = GRAPH) -> list[ox.Quad]:
    return ground(parse(text.encode(), format=TURTLE, source="a.ttl"), graph)


def test_blank_nodes_become_the_same_iris_at_every_reading() -> None:
    text = PREFIXED + ":a :b [ :c 1 ] , _:x . _:x :d ( 2 3 ) ."
    once, again = quads(text), quads(text)
    assert once == again
    nodes = {term for quad in once for term in (quad.subject, quad.object)}
    assert not any(isinstance(node, ox.BlankNode) for node in nodes)
    minted = {
        node.value for node in nodes if isinstance(node, ox.NamedNode) and GENID in node.value
    }
    assert {iri.rpartition("/")[2] for iri in minted} == {"1", "2", "3", "4"}


def test_blank_nodes_of_two_graphs_stay_apart() -> None:
    text = PREFIXED + "_:x :b 1 ."
    assert quads(text)[0].subject != quads(text, graph=OTHER)[0].subject


def test_a_blank_node_is_never_taken_for_an_iri_minted_before() -> None:
    minted = str(quads(PREFIXED + "_:x :b 1 .")[0].subject)
    found = quads(PREFIXED + f"{minted} :b 1 . _:y :b 2 .")
    assert len({quad.subject for quad in found}) == 2


def test_what_is_added_gets_iris_that_nothing_has_had_before() -> None:
    text = parse(f"{PREFIXED}_:x :b _:x , _:y .".encode(), format=TURTLE, source="a.ttl")
    once, again = skolemised(text), skolemised(text)
    assert {quad.subject for quad in once} & {quad.object for quad in once}
    assert len({quad.object for quad in (*once, *again)}) == 4
