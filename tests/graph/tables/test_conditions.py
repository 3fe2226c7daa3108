"""The small notation for conditions: names, days, all of, any of, not, and what is new."""

from __future__ import annotations

import pytest

from graph.store import Store
from graph.tables.faults import Fault
from graph.tables.statements import Drawn
from tests.graph.tables.drawn import drawn, said, values
from tests.graph.tables.files import example

GATE = "condition/t.R1.activated-when"


def gate(store: Store, text: str) -> tuple[Drawn, list[Fault]]:
    row = example("undertakings", established_when=None, ends_when=None, activated_when=text)
    return drawn(store, "undertakings", row)


def at_gate(found: Drawn) -> str:
    (condition,) = values(found, "commitment/t.R1", "sv:activatedWhen")
    return condition


def test_a_condition_of_the_graph_is_used_as_it_is(store: Store) -> None:
    for text in ("condition/ceasefire", "A ceasefire"):
        found, faults = gate(store, text)
        assert (faults, at_gate(found)) == ([], "condition/ceasefire")


def test_an_event_is_asked_about(store: Store) -> None:
    found, faults = gate(store, "endorsement of the Paris framework")
    assert (faults, at_gate(found)) == ([], GATE)
    assert ("rdf:type", "sv:Occurs") in said(found, GATE)
    (event,) = values(found, GATE, "sv:matter")
    assert event.startswith("event/")


def test_a_day_is_reached(store: Store) -> None:
    found, faults = gate(store, "2026-12-31")
    assert faults == []
    assert said(found, GATE) == {
        ("rdf:type", "sv:DateReached"),
        ("rdfs:label", "2026-12-31"),
        ("sv:date", "2026-12-31"),
    }


@pytest.mark.parametrize(("word", "kind"), [("all of", "sv:AllOf"), ("Any of", "sv:AnyOf")])
def test_conditions_are_combined(store: Store, word: str, kind: str) -> None:
    text = f"{word}: a ceasefire; not new situation: Tea is cold ;2026-12-31"
    found, faults = gate(store, text)
    assert faults == []
    joined = " and " if kind == "sv:AllOf" else " or "
    label = joined.join(("a ceasefire", "not Tea is cold", "2026-12-31"))
    assert {("rdf:type", kind), ("rdfs:label", label)} <= said(found, GATE)
    assert values(found, GATE, "sv:operand") == [
        "condition/ceasefire",
        f"{GATE}.2",
        f"{GATE}.3",
    ]
    assert ("rdf:type", "sv:Not") in said(found, f"{GATE}.2")
    assert ("rdf:type", "sv:Holds") in said(found, f"{GATE}.2.not")


def test_what_one_cell_makes_another_row_can_name(store: Store) -> None:
    rows = [
        example("undertakings", established_when="Tea is served", ends_when=None),
        example(
            "undertakings", id="R2", established_when="new event: Tea is served", ends_when=None
        ),
    ]
    found, faults = drawn(store, "undertakings", *rows)
    assert faults == []
    events = {
        values(found, f"condition/t.{row}.established-when", "sv:matter")[0] for row in ("R1", "R2")
    }
    assert len(events) == 1


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("A ceasefyre", "is no known condition", "did you mean `a ceasefire` (condition/ceas"),
        ("Zzz", "is no known condition", "make it here with `new event: Zzz`"),
        ("all of: a ceasefire", "combines fewer than two", "leave out `all of:`"),
        ("any of:", "combines fewer than two", "divide them by `;`"),
        ("2026-12", "the first or the last day", "give the day"),
        ("2026-13-01", "is no day there is", "write a day as"),
        ("new event: endorsement of the Paris framework", "already", "do not make it"),
        ("any of: a ceasefire; Zzz; Yyy", "`Zzz` is no known", "new event: Zzz"),
        ("new event:", "has no name", "after the colon"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(
    store: Store, text: str, message: str, hint: str
) -> None:
    _, faults = gate(store, text)
    assert faults[0].place is not None
    assert (faults[0].place.row, faults[0].place.column) == (2, "activated when")
    assert message in faults[0].message
    assert hint in (faults[0].hint or "")
