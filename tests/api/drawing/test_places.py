from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.drawing.layers import Place
from api.drawing.places import centres

GAP = 10.0
SIZES = st.lists(st.integers(min_value=1, max_value=90), min_size=1, max_size=6)


@given(SIZES, SIZES, st.data())
def test_a_row_keeps_its_order_and_its_gaps(
    upper: list[int], lower: list[int], data: st.DataObject
) -> None:
    rows: list[list[Place]] = [
        [f"{row}{place}" for place in range(len(sizes))]
        for row, sizes in (("u", upper), ("l", lower))
    ]
    links = data.draw(
        st.lists(st.tuples(st.sampled_from(rows[0]), st.sampled_from(rows[1])), max_size=8)
    )
    breadth = dict(zip([*rows[0], *rows[1]], map(float, [*upper, *lower]), strict=True))
    found = centres(rows, links, breadth, GAP)
    for row in rows:
        for one, other in pairwise(row):
            room = found[other] - found[one] - (breadth[one] + breadth[other]) / 2
            assert room >= GAP - 1e-6
    assert abs(min(found[each] - breadth[each] / 2 for each in found)) < 1e-6


def test_one_child_stands_below_its_parent_though_the_row_above_is_wide() -> None:
    rows: list[list[Place]] = [["a", "b", "c"], ["x"]]
    breadth = dict.fromkeys([*rows[0], *rows[1]], 50.0)
    found = centres(rows, [("c", "x")], breadth, GAP)
    assert abs(found["x"] - found["c"]) < 1e-6


def test_what_wants_the_same_place_stands_evenly_around_it() -> None:
    rows: list[list[Place]] = [["a"], ["x", "y", "z"]]
    breadth = dict.fromkeys([*rows[0], *rows[1]], 50.0)
    found = centres(rows, [("a", each) for each in rows[1]], breadth, GAP)
    assert abs(found["a"] - found["y"]) < 1e-6
    assert abs((found["y"] - found["x"]) - (found["z"] - found["y"])) < 1e-6
