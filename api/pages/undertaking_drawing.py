"""Draws an undertaking: its parties, its text, and the conditions it hangs on for one debtor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from api.drawing.box import LABEL, Box, Line
from api.drawing.diagram import Edge, Flow, drawn
from api.drawing.svg import svg
from api.labels import judged
from api.pages.frame import Frame
from api.rendering import slug
from api.situation import Json
from api.terms import vocabulary
from graph.model import Gate, Id
from graph.namespaces import SV

_NAME: Final = "undertaking-drawing"
_RELATIONS: Final = ("creditor", "recordedIn", "content")
_WIDTH: Final = 196
_WIDTH_OF_OPERATORS: Final = 92
_WIDTH_OF_LABELS: Final = 150


_GATES: Final = {
    Gate.ESTABLISHED.value: "It binds once",
    Gate.ACTIVATED.value: "It is due once",
    Gate.DISCHARGED.value: "It is fulfilled once",
    Gate.SUSPENDED.value: "It is suspended while",
    Gate.ENDS.value: "It ends once",
    Gate.DUE.value: "It must be done by",
}


def gates(explained: Json) -> list[Json]:
    """Give the gates with their names and trees, that which decides first."""
    found, decides = explained["gates"], explained["decidedBy"]
    return [
        {"name": _GATES[name], "tree": found[name], "decides": name == decides}
        for name in sorted(found, key=lambda each: each != decides)
    ]


def undertaking_drawing(frame: Frame, undertaking: Json, explained: Json) -> Markup:
    """Draw an undertaking for the debtor it is `explained` for.

    What does not bear on the value of a condition is paler.
    """
    found = _Drawing(frame)
    root = found.root(undertaking, explained)
    found.related(root, "debtor", explained["debtor"], explained["label"])
    for name in _RELATIONS:
        for each in frame.situation.triples.ids(root, name):
            found.related(root, name, each, frame.situation.name(each))
    for gate in gates(explained):
        found.gate(root, gate)
    title = f"{undertaking['label']}: its parties and what it hangs on"
    diagram = drawn(list(found.boxes.values()), list(found.edges), Flow.ACROSS)
    return svg(diagram, _NAME, title, ". ".join(found.told))


@dataclass
class _Drawing:
    """The boxes by their ids, the edges between them, and both in words."""

    frame: Frame
    boxes: dict[str, Box] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def root(self, undertaking: Json, explained: Json) -> Id:
        iri: Id = undertaking["undertaking"]
        kind, state = undertaking["kind"], explained["state"]
        name = self._named(iri, undertaking["label"])
        self.boxes[iri] = Box(iri, (name, Line(f"{kind}, {state}")), "commitment", _WIDTH)
        self.told.append(f"{undertaking['label']}, {kind}: {state}")
        return iri

    def related(self, root: Id, name: str, iri: Id, label: str) -> None:
        """Draw a thing that the undertaking has by a property."""
        term = vocabulary(self.frame.language)[SV + name]
        self._labelled(root, Line(term.label, self.frame.to(term.id)), iri)
        self.boxes[iri] = Box(iri, (self._named(iri, label),), most=_WIDTH)
        self.told.append(f"{term.label}: {label}")

    def gate(self, root: Id, gate: Json) -> None:
        """Draw a gate as the words before its condition."""
        tree = gate["tree"]
        self._labelled(root, Line(gate["name"], strong=gate["decides"]), tree["condition"])
        self._condition(tree)
        self.told.append(f"{gate['name']}: {_told(tree)}")

    def _condition(self, node: Json) -> None:
        iri, look = node["condition"], f"is-{slug(judged(node))}"
        parts, operator = node["operands"], node["operator"]
        if parts and operator:
            name, width = Line(operator, self.frame.to(iri), strong=True), _WIDTH_OF_OPERATORS
        else:
            name, width = self._named(iri, node["label"]), _WIDTH
        self.boxes[iri] = Box(iri, (name, Line(judged(node))), look, width)
        for each in parts:
            pale = "" if each["contributes"] else "pale"
            self.edges[Edge(iri, each["condition"], look=pale)] = None
            self._condition(each)

    def _labelled(self, root: Id, words: Line, end: Id) -> None:
        label = f"{words.text} {end}"
        self.boxes[label] = Box(label, (words,), LABEL, _WIDTH_OF_LABELS)
        self.edges[Edge(root, label, to_end=False)] = None
        self.edges[Edge(label, end)] = None

    def _named(self, iri: Id, label: str) -> Line:
        return Line(label, self.frame.to(iri), True, self.frame.language_of(iri, label))


def _told(node: Json) -> str:
    parts = "; ".join(_parts(node))
    words = node["operator"] if parts and node["operator"] else node["label"]
    return f"{words} ({judged(node)}){f': {parts}' if parts else ''}"


def _parts(node: Json) -> Iterator[str]:
    return (_told(each) for each in node["operands"])
