from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.circles import circles

GRAPHS = st.dictionaries(
    st.integers(0, 7), st.lists(st.integers(0, 7), max_size=4), min_size=1, max_size=8
)


def reached(graph: dict[int, list[int]], start: int) -> set[int]:
    found: set[int] = set()
    ahead = set(graph.get(start, ()))
    while ahead - found:
        found |= ahead
        ahead = {two for one in ahead for two in graph.get(one, ())}
    return found


@given(GRAPHS)
def test_things_are_in_one_group_if_and_only_if_they_reach_each_other(
    graph: dict[int, list[int]],
) -> None:
    groups = list(circles(graph, lambda one: graph.get(one, ())))
    group_of = {one: place for place, group in enumerate(groups) for one in group}
    assert sum(map(len, groups)) == len(group_of)
    for one in group_of:
        for other in group_of:
            together = other in reached(graph, one) and one in reached(graph, other)
            assert (group_of[one] == group_of[other]) is (together or one == other)


@given(GRAPHS)
def test_a_group_comes_after_all_that_it_looks_at(graph: dict[int, list[int]]) -> None:
    seen: set[int] = set()
    for group in circles(graph, lambda one: graph.get(one, ())):
        seen.update(group)
        assert all(other in seen for one in group for other in graph.get(one, ()))


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    last = 50_000
    groups = list(circles([0], lambda one: [one + 1] if one < last else []))
    assert groups[0] == [last]
    assert len(groups) == last + 1


def test_only_what_the_starts_reach_is_given() -> None:
    assert list(circles(["a"], {"a": ["b"], "b": [], "c": ["a"]}.__getitem__)) == [["b"], ["a"]]
