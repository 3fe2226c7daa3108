from __future__ import annotations

from xml.etree import ElementTree

from api.drawing.box import LABEL, Box, Line
from api.drawing.diagram import Edge, drawn
from api.drawing.svg import svg

HOSTILE = "<script>\"'&"


def written() -> ElementTree.Element:
    boxes = [
        Box("a", (Line(HOSTILE, f"/?x={HOSTILE}", strong=True, language="uk"),), "commitment"),
        Box("l", (Line("waits for"),), LABEL),
        Box("b", (Line("a word " * 20, "/b"),)),
    ]
    edges = [Edge("a", "l", to_end=False), Edge("l", "b")]
    return ElementTree.fromstring(svg(drawn(boxes, edges), "it", HOSTILE, "a waits for b"))


def test_it_is_well_formed_and_escapes_what_the_graph_says() -> None:
    (link, _) = written().iter("a")
    assert link.attrib["href"] == f"/?x={HOSTILE}"
    assert "".join(link.itertext()) == HOSTILE
    assert [each.attrib["lang"] for each in link.iter("text")] == ["uk"]


def test_it_has_a_title_and_says_in_words_what_it_shows() -> None:
    (drawing,) = written().iter("svg")
    titled, told = drawing.attrib["aria-labelledby"], drawing.attrib["aria-describedby"]
    by_id = {each.attrib["id"]: each.text for each in drawing if "id" in each.attrib}
    assert by_id == {titled: HOSTILE, told: "a waits for b"}


def test_words_that_are_broken_read_as_they_were() -> None:
    (_, link) = written().iter("a")
    assert "".join(link.itertext()) == ("a word " * 20).strip()
    assert len(list(link.iter("tspan"))) > 1


def test_a_label_has_no_frame_and_only_the_arrow_behind_it_a_head() -> None:
    drawing = written()
    framed = [each for each in drawing.iter("rect") if "box" in each.attrib["class"]]
    assert len(framed) == 2
    assert [each.attrib["class"] for each in drawing.iter("path")] == ["edge", "edge", "head"]
