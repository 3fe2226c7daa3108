"""What is selected is enough to judge it: the model has the same of it as in the whole graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.dataset import read_datasets
from graph.lifecycle import Lifecycle
from graph.model import Model
from graph.namespaces import DATA, ID, PREFIXES
from graph.read import read
from graph.selection import of_graphs, of_things
from graph.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    return [quad for each in read_datasets([ROOT / "data"]) for quad in each.quads]


def phases(model: Model, undertaking: str) -> list[object]:
    lifecycle = Lifecycle(World(model, known_at=date(2026, 11, 1).toordinal()))
    debtors = model.undertakings[undertaking].debtors
    return [lifecycle.phases(undertaking, debtor) for debtor in debtors]


def test_every_undertaking_stands_alone_where_it_stands_in_the_whole(quads: list[ox.Quad]) -> None:
    whole = read(quads)
    for undertaking in whole.undertakings:
        alone = read(of_things(quads, [undertaking]))
        assert alone.undertakings[undertaking] == whole.undertakings[undertaking]
        assert phases(alone, undertaking) == phases(whole, undertaking)


def test_a_selection_is_a_part_in_which_nothing_is_named_that_is_absent(
    quads: list[ox.Quad],
) -> None:
    selected = of_things(quads, [f"{ID}commitment/us-security-guarantee"])
    assert set(selected) < set(quads)
    subjects = {quad.subject for quad in quads}
    kept = {quad.subject for quad in selected}
    things = {q.object for q in selected if isinstance(q.object, ox.NamedNode)}
    assert {each for each in things & subjects if each.value.startswith(ID)} <= kept


def test_an_actor_stands_for_what_it_owes_and_an_instrument_for_what_it_records(
    quads: list[ox.Quad],
) -> None:
    us = f"{ID}commitment/us-security-guarantee"
    for name in ("actor/united-states", "instrument/us-ukraine-guarantee"):
        assert us in read(of_things(quads, [ID + name])).undertakings


def test_imports_of_what_was_left_out_are_left_out(quads: list[ox.Quad]) -> None:
    selected = of_things(quads, [f"{ID}source/novini-bg-us-2026"])
    imports = ox.NamedNode(PREFIXES["owl"] + "imports")
    graphs = {quad.graph_name for quad in selected}
    named = {q.object for q in selected if q.predicate == imports and DATA in str(q.object)}
    assert graphs
    assert named <= graphs


def test_a_graph_is_selected_whole(quads: list[ox.Quad]) -> None:
    graph = ox.NamedNode(f"{DATA}us-guarantee")
    assert set(of_graphs(quads, {graph.value})) == {q for q in quads if q.graph_name == graph}
