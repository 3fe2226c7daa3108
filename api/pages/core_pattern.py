"""Draws the core pattern of the ontology: its main classes and the properties between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from markupsafe import Markup

from api.declared import declarations
from api.drawing.box import LABEL, Box, Line
from api.drawing.diagram import Diagram, Edge, drawn
from api.drawing.svg import svg
from api.pattern import CORE, Pattern, Property, Relation, pattern
from api.rendering import href
from api.terms import Term, vocabulary

_TITLE: Final = "The core pattern: main classes and the properties between them"
_LEGEND: Final = (
    "An arrow leads from a class through its properties to the class of their values; what only "
    "some of its kinds have is drawn at the class. Every commitment has a value for those in bold."
)
_MOST: Final = 176

Link = Callable[[str], str | None]


def core_pattern(language: str = "en", link: Link = href) -> Markup:
    """Draw the core pattern as SVG; `link` gives where the IRI of a term leads.

    Labels are in English where a term has none in the language.
    """
    found, names = pattern(declarations()), vocabulary(language)
    drawing = svg(_drawn(found, names, link), "core-pattern", _TITLE, _told(found, names))
    return drawing + Markup('\n<p class="small faint">{}</p>').format(_LEGEND)


def _drawn(found: Pattern, names: Mapping[str, Term], link: Link) -> Diagram:
    own = {each.start: each for each in found.relations if each.start == each.end}
    boxes = [
        Box(name, tuple(_class(name, found, own.get(name), names, link)), "class")
        for name in found.classes
    ]
    edges: list[Edge] = []
    for each in found.relations:
        if each.start != each.end:
            label = f"{each.start} {each.end}"
            words = (_line(one, names, link) for one in each.properties)
            boxes.append(Box(label, tuple(words), LABEL, _MOST))
            edges += _edges(each, label)
    return drawn(boxes, edges)


def _class(
    name: str, found: Pattern, own: Relation | None, names: Mapping[str, Term], link: Link
) -> Iterator[Line]:
    yield Line(names[name].label, link(name), strong=True)
    if kinds := found.kinds[name]:
        yield Line(", ".join(names[each].label for each in kinds))
    if own:
        yield Line("to one another:")
        yield from (_line(each, names, link) for each in own.properties)


def _line(each: Property, names: Mapping[str, Term], link: Link) -> Line:
    return Line(names[each.id].label, link(each.id), strong=each.needed)


def _edges(each: Relation, label: str) -> Iterator[Edge]:
    """Lead through the words; the class that is spoken of first stands higher."""
    if CORE.index(each.start) < CORE.index(each.end):
        yield Edge(each.start, label, to_end=False)
        yield Edge(label, each.end)
    else:
        yield Edge(each.end, label, to_end=False, to_start=True)
        yield Edge(label, each.start, to_end=False)


def _told(found: Pattern, names: Mapping[str, Term]) -> str:
    """Put every relation into words, for those who cannot see the drawing."""
    return ". ".join(
        f"{names[each.start].label} to {names[each.end].label}: "
        + ", ".join(names[one.id].label for one in each.properties)
        for each in found.relations
    )
