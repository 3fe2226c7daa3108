"""A query is followed if every pattern hangs on `$this`, and refused with a reason if not."""

from __future__ import annotations

import pytest

from graph.slices.paths import Automaton, Unsupported
from graph.slices.sparql_reads import add_query

PREFIXES = {"": "urn:"}


def read(body: str, *, end: str = "") -> set[tuple[str | None, bool]]:
    """Give the predicates that a query reads, and whether from their objects."""
    automaton = Automaton()
    add_query(automaton, automaton.state(), f"SELECT $this WHERE {{ {body} }} {end}", PREFIXES)
    steps = (step for steps in automaton.steps for step in steps)
    return {(step.predicate, step.backwards) for step in steps}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("$this :p ?a . ?a :q ?b", {("urn:p", False), ("urn:q", False)}),
        ("?a :q ?b . $this :p ?a", {("urn:p", False), ("urn:q", False)}),
        ("?a :p $this", {("urn:p", True)}),
        ("$this :p ?a . ?b :q* ?a", {("urn:p", False), ("urn:q", True)}),
        ("$this :p/^:q ?a", {("urn:p", False), ("urn:q", True)}),
        ("$this :p :x", {("urn:p", False)}),
        ("$this :p [ :q ?a ]", {("urn:p", False), ("urn:q", False)}),
        ("$this :p ?a FILTER NOT EXISTS { ?a :q ?b }", {("urn:p", False), ("urn:q", False)}),
        ("FILTER NOT EXISTS { $this :p ?a }", {("urn:p", False)}),
        (
            "$this :p ?a FILTER (?a = 1 || EXISTS { ?b :q ?a FILTER NOT EXISTS { ?b :r ?a } })",
            {("urn:p", False), ("urn:q", True), ("urn:r", False)},
        ),
        ("$this :p ?a BIND (EXISTS { ?a :q 1 } AS ?b)", {("urn:p", False), ("urn:q", False)}),
        ("{ $this :p ?a } { ?a :q ?b }", {("urn:p", False), ("urn:q", False)}),
    ],
)
def test_what_hangs_on_this_is_read(body: str, expected: set[tuple[str, bool]]) -> None:
    assert read(body) == expected


def test_an_aggregate_reads_what_it_counts() -> None:
    end = "GROUP BY $this HAVING (COUNT(DISTINCT ?a) > 1)"
    assert read("$this :p ?a . ?b :q ?a", end=end) == {("urn:p", False), ("urn:q", True)}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("$this :p ?a . ?b :q ?c", "no variable links"),
        ("?b :q :x", "no variable links"),
        ("$this ?p ?a", "variable in the place of a predicate"),
        ("$this !:p ?a", "is not followed"),
        ("$this :p ?a OPTIONAL { ?a :q ?b }", "LeftJoin"),
        ("{ $this :p ?a } UNION { $this :q ?a }", "Union"),
        ("$this :p ?a MINUS { ?a :q ?b }", "Minus"),
        ("$this :p ?a { SELECT ?a { ?a :q ?b } }", "ToMultiSet"),
        ("$this :p ?a VALUES ?a { 1 }", "ToMultiSet"),
        ("GRAPH :g { $this :p ?a }", "Graph"),
        ("$this :p ?a FILTER NOT EXISTS { ?b :q ?c }", "no variable links"),
        ("$this :p ?a FILTER NOT EXISTS { ?a :q ?b OPTIONAL { ?b :r ?c } }", "LeftJoin"),
        # ?a is not seen inside the inner group, where it is another variable.
        ("$this :p ?a { ?b :q $this FILTER EXISTS { ?a :r ?c } }", "no variable links"),
    ],
)
def test_what_does_not_is_told(body: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        read(body)


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("GROUP BY $this HAVING (EXISTS { ?a :q ?b })", "EXISTS of an aggregate"),
        ("LIMIT 1", "Slice"),
        ("ORDER BY ?a", "OrderBy"),
    ],
)
def test_what_comes_after_the_patterns_is_followed_or_told(end: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        read("$this :p ?a", end=end)


def test_a_query_of_named_graphs_is_told() -> None:
    automaton = Automaton()
    with pytest.raises(Unsupported, match="FROM"):
        add_query(automaton, automaton.state(), "SELECT $this FROM :g { $this :p ?a }", PREFIXES)
