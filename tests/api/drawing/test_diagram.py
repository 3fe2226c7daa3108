from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.drawing import text
from api.drawing.box import LABEL, PADDING, SIZE, Box, Line, Placed, rows_of
from api.drawing.diagram import Arrow, Diagram, Edge, Flow, drawn

BOXES = [
    Box("a", (Line("The guarantees are in force", strong=True), Line("held by Canada"))),
    Box("b", (Line("A ceasefire"),)),
    Box("c", (Line("Ukraine agrees to a ceasefire"), Line("held by Ukraine"))),
    Box("d", (Line("A settlement"),)),
]
EDGES = [Edge("a", "b"), Edge("a", "d"), Edge("b", "c"), Edge("c", "a")]
NODES = "abcdefgh"
WORDS = st.text(alphabet="aimW жщї.", min_size=1, max_size=90).filter(str.strip)
SOME_BOXES = st.tuples(
    *(
        st.builds(
            lambda lines, look, name=node: Box(name, tuple(lines), look),
            st.lists(st.builds(Line, WORDS, st.sampled_from([None, "/a"])), min_size=1, max_size=3),
            st.sampled_from(["", LABEL]),
        )
        for node in NODES
    )
)
DOWN = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.booleans()).filter(
        lambda edge: edge[0] < edge[1]
    ),
    unique_by=lambda edge: edge[:2],
    max_size=12,
)
FLOWS = st.sampled_from(Flow)
Point = tuple[float, float]


def points(path: str) -> list[Point]:
    numbers = [float(each) for each in re.findall(r"-?[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def along(arrow: Arrow) -> list[Point]:
    """Give points of an edge, close to each other."""
    found: list[Point] = []
    here: Point = (0, 0)
    for letter, numbers in re.findall(r"([MLC])([^MLC]+)", arrow.path):
        after = points(numbers)
        curve = [here, *after] if letter == "C" else [here, here, *after, *after]
        found += [at(curve, step / 20) for step in range(21)] if letter != "M" else after
        here = after[-1]
    return found


def at(curve: list[Point], t: float) -> Point:
    """Give a point of a Bezier curve, after de Casteljau."""
    while len(curve) > 1:
        curve = [
            (x + (to_x - x) * t, y + (to_y - y) * t) for (x, y), (to_x, to_y) in pairwise(curve)
        ]
    return curve[0]


def gap(placed: Placed, point: Point) -> float:
    """Give how far a point is from a box; less than nothing within."""
    (x, y), box = point, placed.box
    return max(placed.x - x, x - placed.x - box.width, placed.y - y, y - placed.y - box.height)


def box_of(found: Diagram, name: str) -> Placed:
    (placed,) = (each for each in found.boxes if each.box.id == name)
    return placed


@given(SOME_BOXES, DOWN, FLOWS)
def test_boxes_lie_within_the_drawing_and_apart(
    boxes: tuple[Box, ...], edges: list[tuple[str, str, bool]], flow: Flow
) -> None:
    found = drawn(boxes, [Edge(start, end) for start, end, _ in edges], flow)
    for each in found.boxes:
        assert min(each.x, each.y) >= 0
        assert each.x + each.box.width <= found.width
        assert each.y + each.box.height <= found.height
    for one, other in combinations(found.boxes, 2):
        assert _are_apart(one, other)


def _are_apart(one: Placed, other: Placed) -> bool:
    first, second = sorted((one, other), key=lambda each: each.y)
    left, right = sorted((one, other), key=lambda each: each.x)
    return first.y + first.box.height <= second.y or left.x + left.box.width <= right.x


@given(SOME_BOXES, DOWN, FLOWS)
def test_an_edge_goes_from_its_box_to_its_box_and_through_none(
    boxes: tuple[Box, ...], edges: list[tuple[str, str, bool]], flow: Flow
) -> None:
    asked = [Edge(start, end, to_end=not back, to_start=back) for start, end, back in edges]
    found = drawn(boxes, asked, flow)
    for edge, arrow in zip(asked, found.arrows, strict=True):
        way = along(arrow)
        tip = points(arrow.heads[0])[0]
        start, end = box_of(found, edge.start), box_of(found, edge.end)
        assert abs(gap(end if edge.to_end else start, tip)) <= 1
        assert abs(gap(start if edge.to_end else end, way[0 if edge.to_end else -1])) <= 1
        assert all(gap(each, point) > -1 for each in found.boxes for point in way)


@given(WORDS, st.booleans(), st.integers(min_value=60, max_value=300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(
    words: str, strong: bool, room: int
) -> None:
    found = text.lines(words, room, SIZE, strong=strong)
    assert all(text.width(each, SIZE, strong=strong) <= room for each in found)
    assert "".join(found).replace(" ", "") == "".join(words.split())


@given(SOME_BOXES)
def test_words_stand_in_their_box_one_below_the_other(boxes: tuple[Box, ...]) -> None:
    for placed in drawn(boxes, []).boxes:
        for row in rows_of(placed):
            assert row.height >= (24 if row.line.href else 0)
            assert all(row.top < foot <= row.top + row.height for _, foot in row.texts)
        feet = [foot for row in rows_of(placed) for _, foot in row.texts]
        assert feet == sorted(set(feet))
        assert feet[0] - SIZE >= placed.y
        assert feet[-1] <= placed.y + placed.box.height - PADDING // 2


@pytest.mark.parametrize("flow", Flow)
def test_the_same_is_drawn_the_same(flow: Flow) -> None:
    down = EDGES[:3]
    assert drawn(BOXES, down, flow) == drawn(list(BOXES), list(down), flow)


def test_one_that_leads_to_several_stands_in_their_middle() -> None:
    parts = [Box(name, (Line(name),)) for name in "xyz"]
    found = drawn([BOXES[0], *parts], [Edge("a", each.id) for each in parts])
    assert abs(box_of(found, "a").x - box_of(found, "y").x) <= 1


def test_across_leads_to_the_right() -> None:
    found = drawn(BOXES, EDGES[:3], Flow.ACROSS)
    assert [box_of(found, each).x for each in "abc"] == sorted(
        {box_of(found, each).x for each in "abc"}
    )


def test_the_edge_that_closes_the_circle_is_told_apart() -> None:
    assert [arrow.back for arrow in drawn(BOXES, EDGES).arrows] == [False, False, False, True]


def test_a_long_heading_takes_more_lines_and_its_box_more_height() -> None:
    short, long = Box("a", (Line("Aid"),)), Box("b", (Line("Aid " * 30),))
    ((_, rows),) = long.rows
    assert len(rows) > 1
    assert long.height > short.height
    assert " ".join(rows) == ("Aid " * 30).strip()


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn([], []).boxes == []
