from __future__ import annotations

from api.drawing.diagram import Box, Placed, drawn

BOXES = [
    Box("a", "The guarantees are in force", "held by Canada, France and the United Kingdom"),
    Box("b", "A ceasefire"),
    Box("c", "Ukraine agrees to a ceasefire", "held by Ukraine"),
    Box("d", "A settlement"),
]
EDGES = [("a", "b"), ("a", "d"), ("b", "c"), ("c", "a")]


def test_boxes_lie_within_the_drawing_and_apart() -> None:
    found = drawn(BOXES, EDGES)
    for number, one in enumerate(found.boxes):
        assert min(one.x, one.y) >= 0
        assert one.x + one.width <= found.width
        assert one.y + one.box.height <= found.height
        assert all(_are_apart(one, other) for other in found.boxes[number + 1 :])


def _are_apart(one: Placed, other: Placed) -> bool:
    first, second = sorted((one, other), key=lambda each: each.y)
    left, right = sorted((one, other), key=lambda each: each.x)
    return first.y + first.box.height <= second.y or left.x + left.width <= right.x


def test_the_edge_that_closes_the_circle_is_told_apart() -> None:
    assert [arrow.back for arrow in drawn(BOXES, EDGES).arrows] == [False, False, False, True]


def test_a_long_heading_takes_more_lines_and_its_box_more_height() -> None:
    short, long = Box("a", "Aid"), Box("b", "Aid " * 30)
    assert len(long.headings) > 1
    assert long.height > short.height
    assert " ".join(long.headings) == ("Aid " * 30).strip()


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn([], []).boxes == []
