from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from api.drawing.layers import Bend, Place, layered

NODES = [str(number) for number in range(7)]
EDGES = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(
        lambda edge: edge[0] != edge[1]
    ),
    unique=True,
    max_size=14,
)
Rows = list[list[Place]]


def level(rows: Rows) -> dict[Place, int]:
    return {node: number for number, row in enumerate(rows) for node in row}


def steps(rows: Rows, edges: list[tuple[str, str]]) -> list[tuple[Place, Place]]:
    at = level(rows)
    found = []
    for start, end in edges:
        way: list[Place] = [start]
        way += [Bend((start, end), number) for number in range(at[start] + 1, at[end])]
        found += list(pairwise([*way, end]))
    return found


def crossings(rows: Rows, edges: list[tuple[str, str]]) -> int:
    place = {node: number for row in rows for number, node in enumerate(row)}
    at = level(rows)
    return sum(
        at[one[0]] == at[other[0]]
        and place[one[0]] < place[other[0]]
        and place[one[1]] > place[other[1]]
        for one, other in permutations(steps(rows, edges), 2)
    )


@given(EDGES)
def test_every_edge_leads_down_but_those_that_close_a_circle(edges: list[tuple[str, str]]) -> None:
    found = layered(NODES, edges)
    at = level(found.rows)
    assert sorted(node for node in at if isinstance(node, str)) == NODES
    for start, end in edges:
        assert ((start, end) in found.turned) is (at[start] >= at[end])


@given(EDGES)
def test_an_edge_over_several_layers_has_a_bend_in_each_between(
    edges: list[tuple[str, str]],
) -> None:
    found = layered(NODES, edges)
    at = level(found.rows)
    bends = {node for node in at if isinstance(node, Bend)}
    assert bends == {
        Bend((start, end), number)
        for start, end in set(edges) - found.turned
        for number in range(at[start] + 1, at[end])
    }


@given(EDGES)
def test_nothing_is_turned_where_there_is_no_circle(edges: list[tuple[str, str]]) -> None:
    down = [edge for edge in edges if edge[0] < edge[1]]
    assert layered(NODES, down).turned == frozenset()


def test_a_circle_is_closed_by_its_last_edge() -> None:
    found = layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")])
    assert found.rows == [["a"], ["b"], ["c"]]
    assert found.turned == {("c", "a")}


def test_edges_that_need_not_cross_do_not() -> None:
    edges = [("a", "z"), ("b", "y"), ("c", "x")]
    found = layered(["a", "b", "c", "x", "y", "z"], edges)
    assert crossings([["a", "b", "c"], ["x", "y", "z"]], edges) == 3
    assert crossings(found.rows, edges) == 0
