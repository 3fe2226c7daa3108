"""Diagrams: they say of every set of acts what the rules say, and give up where they must."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import pytest
from hypothesis import given

from graph import diagrams
from graph.circularity import AtLeastOf, Atom, Formula, Rules, Sort, either, every
from graph.diagrams import ALWAYS, NEVER, Diagram, Diagrams
from graph.errors import InvalidRequest
from tests.graph.systems import ATOMS, A, B, C, D, formulas, holds, sets_of, systems


def drawn(formula: Formula, rules: Rules | None = None) -> Diagram[Atom]:
    return Diagrams(rules or Rules({}), [formula], lambda act: act).of(formula)


def walked(diagram: Diagram[Atom], acts: AbstractSet[Atom]) -> bool:
    place = diagram.root
    while place not in {NEVER, ALWAYS}:
        variable, so, not_so = diagram.nodes[place - 2]
        place = so if diagram.variables[variable] in acts else not_so
    return place == ALWAYS


@given(systems(), formulas(*ATOMS))
def test_a_diagram_says_of_every_set_of_acts_what_follows_from_it(
    rules: Rules, target: Formula
) -> None:
    diagram = drawn(target, rules)
    for acts in sets_of([atom for atom in ATOMS if atom not in rules.needs]):
        assert walked(diagram, acts) == holds(target, rules.following(acts))


@given(systems(), formulas(*ATOMS))
def test_each_node_comes_after_those_it_leads_to_and_tests_an_earlier_variable(
    rules: Rules, target: Formula
) -> None:
    nodes = drawn(target, rules).nodes
    for place, node in enumerate(nodes, 2):
        for ahead in (node.so, node.not_so):
            assert ahead < place
            assert ahead <= ALWAYS or nodes[ahead - 2].variable > node.variable


def test_only_what_makes_a_difference_supports_it() -> None:
    diagram = drawn(either((A, every((A, B)))))
    assert diagram.variables == (A, B)
    assert diagram.support == {A}


def test_acts_are_ordered_as_the_formula_comes_upon_them() -> None:
    assert drawn(every((C, A)), Rules({C: either((D, B))})).variables == (D, B, A)


def test_what_cannot_be_drawn_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagrams, "MOST_NODES", 64)
    acts = tuple(Atom(f"act-{number}", Sort.ACT) for number in range(60))
    with pytest.raises(InvalidRequest, match="too entangled: more than 64 cases to tell apart"):
        drawn(AtLeastOf(30, acts))
