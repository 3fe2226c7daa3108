"""The automaton goes where the paths go."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath

from graph.slices.paths import Automaton, Readers, Unsupported

NODES = [URIRef(f"urn:n{number}") for number in range(5)]
PREDICATES = [URIRef("urn:p"), URIRef("urn:q")]

node, predicate = st.sampled_from(NODES), st.sampled_from(PREDICATES)
graphs = st.lists(st.tuples(node, predicate, node), max_size=10)


def pairs(part: st.SearchStrategy[Path]) -> st.SearchStrategy[list[Path]]:
    return st.lists(part, min_size=2, max_size=3)


paths = st.recursive(
    predicate,
    lambda part: st.one_of(
        part.map(InvPath),
        pairs(part).map(lambda parts: SequencePath(*parts)),
        pairs(part).map(lambda parts: AlternativePath(*parts)),
        st.builds(MulPath, part, st.sampled_from("*+?")),
    ),
    max_leaves=6,
)


def reached(
    automaton: Automaton, graph: Graph, start: tuple[URIRef, int]
) -> set[tuple[URIRef, int]]:
    """Walk a graph by the automaton."""
    seen, waiting = {start}, [start]
    while waiting:
        here, state = waiting.pop()
        after = {(here, end) for end in automaton.leaps[state]}
        for step in automaton.steps[state]:
            assert step.predicate is not None
            by = URIRef(step.predicate)
            ends = graph.subjects(by, here) if step.backwards else graph.objects(here, by)
            after |= {(URIRef(str(end)), step.to) for end in ends}
        waiting += after - seen
        seen |= after
    return seen


@given(triples=graphs, several=st.lists(paths, min_size=1, max_size=3))
def test_a_path_ends_where_rdflib_says(
    triples: Sequence[tuple[URIRef, URIRef, URIRef]], several: list[Path]
) -> None:
    """All paths share a start and their first steps; none may lead to the end of another."""
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    automaton = Automaton()
    start = automaton.state()
    ends = [automaton.follow(start, path) for path in several]
    for origin in NODES:
        found = reached(automaton, graph, (origin, start))
        for path, end in zip(several, ends, strict=True):
            expected = {URIRef(str(item)) for item in graph.objects(origin, path)}
            assert {place for place, state in found if state == end} == expected


@given(path=paths)
def test_the_readers_are_the_steps_turned_round(path: Path) -> None:
    automaton = Automaton()
    automaton.follow(automaton.state(), path)
    readers = Readers(automaton)
    steps = {(source, step) for source, all_ in enumerate(automaton.steps) for step in all_}
    leaps = {(source, end) for source, ends in enumerate(automaton.leaps) for end in ends}
    assert {each for into in readers.steps_into.values() for each in into} == steps
    assert {(s, end) for end, sources in readers.leaps_into.items() for s in sources} == leaps
    read = {(name, *each) for name, all_ in readers.of.items() for each in all_}
    assert read == {(step.predicate, source, step.backwards) for source, step in steps}


def test_a_path_that_excludes_properties_is_not_followed() -> None:
    automaton = Automaton()
    with pytest.raises(Unsupported, match="is not followed"):
        automaton.follow(automaton.state(), NegatedPath(PREDICATES[0]))
