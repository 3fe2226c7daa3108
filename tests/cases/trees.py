"""Translates the condition trees of a case into Turtle: one named individual per node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from graph.errors import UnreadableInput
from graph.namespaces import ID
from graph.trees import STATES
from tests.cases.cases import day, mapping, name, one_of
from tests.cases.writer import Turtle, amount, date_time

GATES: Final = {
    "established when": "sv:establishedWhen",
    "activated when": "sv:activatedWhen",
    "discharged when": "sv:dischargedWhen",
    "suspended when": "sv:suspendedWhen",
    "ends when": "sv:endsWhen",
    "due by": "sv:dueBy",
}
_MODES: Final = {"once": "sv:Once", "throughout": "sv:Throughout"}
_STATES: Final = {state.value: f"sv:{word}" for word, state in STATES.items()}
STAGES: Final = {s: f"sv:{s.capitalize()}" for s in ("pledged", "allocated", "delivered")}

# What each kind of condition is told by, and what may stand beside that key.
_KINDS: Final = {
    "occurs": ("sv:Occurs", ("times", "from", "until")),
    "holds": ("sv:Holds", ()),
    "determined": ("sv:Determined", ("by",)),
    "approved": ("sv:Approved", ("by", "each debtor", "applies to")),
    "date": ("sv:DateReached", ()),
    "elapsed": ("sv:Elapsed", ("since",)),
    "quantity": ("sv:QuantityReached", ("unit", "price basis", "stage")),
    "state of": ("sv:InState", ("is",)),
    "consent of": ("sv:Consents", ("to", "when")),
    "all of": ("sv:AllOf", ()),
    "any of": ("sv:AnyOf", ()),
    "at least": ("sv:AtLeast", ("of",)),
    "not": ("sv:Not", ()),
    "after": ("sv:After", ("comes", "days")),
    "before": ("sv:Before", ("comes",)),
    "within days": ("sv:Within", ("comes", "of")),
    "window": ("sv:Within", ("comes",)),
}


def condition(out: Turtle, tree: object, label: str) -> str:
    """Translate a tree and give the IRI of its root; a mere name stands for a named condition."""
    if isinstance(tree, str):
        return f"<{ID}condition/{name(tree)}>"
    keys = tree if isinstance(tree, dict) else {}
    kind = next((kind for kind in _KINDS if kind in keys), None)
    if kind is None:
        known = ", ".join(f"`{each}`" for each in _KINDS)
        raise UnreadableInput(f"`{tree}` is no condition", hint=f"tell its kind by one of {known}")
    type_, beside = _KINDS[kind]
    node = mapping(tree, f"`{kind}`", (kind, *beside, "name", "mode"))
    label = node.get("name", label)
    iri = out.thing("condition", label, type_)
    if "mode" in node:
        out.say(iri, "sv:gateMode", one_of(node["mode"], "mode", _MODES))
    _SAY[kind](_Node(out, iri, label, node), node[kind])
    return iri


class _Node:
    """A condition that is being described."""

    def __init__(self, out: Turtle, iri: str, label: str, keys: dict[str, Any]) -> None:
        self.out, self.iri, self.label, self.keys = out, iri, label, keys

    def say(self, predicate: str, *values: str) -> None:
        self.out.say(self.iri, predicate, *values)

    def child(self, predicate: str, tree: object, place: str) -> None:
        self.say(predicate, condition(self.out, tree, f"{self.label}-{place}"))

    def needs(self, key: str) -> Any:
        if key not in self.keys:
            raise UnreadableInput(f"the condition `{self.label}` needs the key `{key}`")
        return self.keys[key]

    def actor(self, predicate: str, key: str, *classes: str) -> None:
        if key in self.keys:
            self.say(predicate, self.out.thing("actor", self.keys[key], *classes))

    def whole(self, predicate: str, key: str) -> None:
        if key in self.keys:
            self.say(predicate, str(int(self.keys[key])))

    def window(self, keys: dict[str, Any]) -> None:
        for key, predicate in (("from", "sv:windowFrom"), ("until", "sv:windowUntil")):
            if key in keys:
                self.say(predicate, date_time(day(keys[key])))


def _matter(node: _Node, value: object) -> None:
    node.say("sv:matter", f"<{ID}matter/{name(value)}>")


def _occurs(node: _Node, value: object) -> None:
    _matter(node, value)
    node.whole("sv:minimumCount", "times")
    node.window(node.keys)


def _determined(node: _Node, value: object) -> None:
    _matter(node, value)
    node.actor("sv:determinedBy", "by")


def _approved(node: _Node, value: object) -> None:
    node.say("sv:measure", node.out.thing("measure", value, "sv:Measure"))
    node.actor("sv:approver", "by", "sv:Legislature")
    node.actor("sv:appliesTo", "applies to")
    if node.keys.get("each debtor"):
        node.say("sv:eachDebtor", '"true"^^xsd:boolean')


def _date(node: _Node, value: object) -> None:
    node.say("sv:date", date_time(day(value)))


def _elapsed(node: _Node, value: int) -> None:
    node.say("sv:days", str(int(value)))
    node.child("sv:anchor", node.needs("since"), "since")


def _quantity(node: _Node, _: object) -> None:
    node.needs("unit")
    node.say("sv:quantityStage", one_of(node.needs("stage"), "stage", STAGES))
    node.say("sv:threshold", amount(node.out, f"{node.label}-amount", node.keys))


def _state_of(node: _Node, value: object) -> None:
    node.say("sv:inStateOf", f"<{ID}undertaking/{name(value)}>")
    wanted = node.needs("is")
    for state in wanted if isinstance(wanted, list) else [wanted]:
        node.say("sv:requiredState", one_of(state, "state", _STATES))


def _consent(node: _Node, _: object) -> None:
    node.actor("sv:consentOf", "consent of")
    node.say("sv:matter", f"<{ID}matter/{name(node.needs('to'))}>")
    if "when" in node.keys:
        node.child("sv:consentsWhen", node.keys["when"], "when")


def _operands(node: _Node, trees: list[object]) -> None:
    for place, tree in enumerate(trees, 1):
        node.child("sv:operand", tree, str(place))


def _at_least(node: _Node, value: int) -> None:
    node.say("sv:minimum", str(int(value)))
    _operands(node, node.needs("of"))


def _comparison(node: _Node, anchor: object) -> None:
    node.child("sv:operand", node.needs("comes"), "comes")
    node.child("sv:anchor", anchor, "anchor")
    node.whole("sv:days", "days")


def _within_days(node: _Node, value: int) -> None:
    node.child("sv:operand", node.needs("comes"), "comes")
    node.child("sv:anchor", node.needs("of"), "of")
    node.say("sv:days", str(int(value)))


def _window(node: _Node, value: object) -> None:
    node.child("sv:operand", node.needs("comes"), "comes")
    node.window(mapping(value, "a window", ("from", "until")))


_SAY: Final[dict[str, Callable[[_Node, Any], None]]] = {
    "occurs": _occurs,
    "holds": _matter,
    "determined": _determined,
    "approved": _approved,
    "date": _date,
    "elapsed": _elapsed,
    "quantity": _quantity,
    "state of": _state_of,
    "consent of": _consent,
    "all of": _operands,
    "any of": _operands,
    "at least": _at_least,
    "not": lambda node, tree: node.child("sv:operand", tree, "not"),
    "after": _comparison,
    "before": _comparison,
    "within days": _within_days,
    "window": _window,
}
