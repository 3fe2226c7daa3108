"""Following changes one by one leaves what deriving everything anew would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import model as m
from graph import rdf
from graph.claims import Policy, Rule
from graph.dataset import read_datasets
from graph.derivation import Derivation
from graph.derived import VIEWS, View
from graph.errors import UnreadableInput
from graph.explain import Explainer, leaves
from graph.journal import Transaction
from graph.lifecycle import Lifecycle
from graph.memory_store import MemoryStore
from graph.namespaces import SV
from graph.read import read
from graph.resources import resource
from graph.timeline import NEVER
from graph.trees import STATES
from graph.world import World
from tests.graph import models
from tests.graph.blocks import GRAPH, Block, blocks
from tests.graph.models import EVENTS, Trees

Draw = Callable[[st.SearchStrategy[Any]], Any]
Answer = tuple[m.State, set[str]]
DATA_FOLDER = Path(__file__).parent.parent.parent / "data"
TODAY = 12
KEPT = (*VIEWS, View(Rule.SCEPTICAL, known_at=10))


@st.composite
def drawn(draw: Draw) -> m.Model:
    """Make a model in which matters need something too, and terms have readings."""
    model = draw(models.models(depth=1))
    trees = Trees(draw)
    matters = dict(model.matters)
    for event in EVENTS:
        if draw(st.booleans()):
            matters[event] = replace(matters[event], enabled_when=(trees.tree(1),))
    readings = {
        name: m.Reading(
            name,
            matter=draw(st.sampled_from([None, *EVENTS])),
            taken_as=draw(st.sampled_from([None, *EVENTS])),
            presupposes=(trees.tree(0),) if draw(st.booleans()) else (),
        )
        for name in ("reading-1", "reading-2")
        if draw(st.integers(0, 3)) == 0
    }
    undertakings = {
        name: replace(one, debtors=draw(st.sampled_from([one.debtors, ("debtor-group",)])))
        for name, one in model.undertakings.items()
    }
    groups = draw(st.sampled_from([{"group"}, {"group", "debtor-group"}]))
    members = {"debtor-a": frozenset(groups), "debtor-b": frozenset({"debtor-group"})}
    return m.Model(
        undertakings=undertakings,
        matters=matters,
        readings=readings,
        members=members,
        evidence=model.evidence,
        ranks=model.ranks,
        powers=model.powers,
        acts=model.acts,
        provisions=model.provisions,
        consents=model.consents,
    )


class History(list[Block]):
    """Versions of a graph; what a failure prints of them is how each differs from the one before.

    Printing them in full would take a minute and several screens.
    """

    def __repr__(self) -> str:
        changes = [
            sorted(str(quad.triple) for quad in version ^ before)
            for before, version in pairwise(self)
        ]
        return f"{len(self[0])} triples, then {changes}"


@st.composite
def histories(draw: Draw) -> History:
    """Make versions of a graph, each with some things of the one before put otherwise."""
    first, second = (blocks(draw(drawn())) for _ in range(2))
    chosen: dict[str, Block] = dict(first)
    versions = History([_joined(chosen)])
    names = st.sampled_from(sorted(first | second))
    for _ in range(draw(st.integers(1, 3))):
        for name in draw(st.lists(names, min_size=1, max_size=3)):
            chosen[name] = draw(st.sampled_from(_ways(name, first, second)))
        versions.append(_joined(chosen))
    return versions


def _ways(name: str, *drawn: Mapping[str, Block]) -> list[Block]:
    """Give the ways a thing can be; one that others may look at by name is seldom taken away."""
    ways = [each[name] for each in drawn if name in each]
    return ways * (3 if name.startswith("promise") else 1) + [frozenset()]


def _joined(chosen: Mapping[str, Block]) -> Block:
    return frozenset().union(*chosen.values())


def transactions(versions: Iterable[Block]) -> list[Transaction]:
    before: Block = frozenset()
    found = []
    for seq, version in enumerate(versions, 1):
        adds, removes = tuple(version - before), tuple(before - version)
        found.append(Transaction(seq, datetime.now(UTC), "", "", "", "", adds, removes, "", "", ""))
        before = version
    return found


def answers(store: MemoryStore, view: View) -> Callable[[str, str, int], Answer]:
    """Give what the phases of a view say of an undertaking and a debtor on a day."""
    found: dict[tuple[str, str], list[tuple[int, int, Answer]]] = {}
    text = f"""SELECT ?u ?d ?state ?from ?until
        (GROUP_CONCAT(COALESCE(STR(?leaf), ""); SEPARATOR=" ") AS ?leaves) {{
        GRAPH <{view.graph.value}> {{
            ?phase a <{SV}Phase> ; <{SV}ofCommitment> ?u ; <{SV}ofDebtor> ?d ; <{SV}state> ?state .
            OPTIONAL {{ ?phase <{SV}from> ?from }} OPTIONAL {{ ?phase <{SV}until> ?until }}
            OPTIONAL {{ ?phase <{SV}waitsFor> ?leaf }} }} }}
        GROUP BY ?phase ?u ?d ?state ?from ?until"""
    for row in store.query(text).rows():
        since = _day(row["from"].value) if row["from"] else 0
        until = _day(row["until"].value) if row["until"] else NEVER
        answer = (STATES[row["state"].value.removeprefix(SV)], set(row["leaves"].value.split()))
        found.setdefault((row["u"].value, row["d"].value), []).append((since, until, answer))

    def on(undertaking: str, debtor: str, day: int) -> Answer:
        (answer,) = [a for s, u, a in found[undertaking, debtor] if s <= day < u]
        return answer

    return on


def _day(moment: str) -> int:
    return date.fromisoformat(moment[:10]).toordinal()


def faults(store: MemoryStore) -> set[str]:
    rows = store.query(f"SELECT ?fault {{ GRAPH ?g {{ ?g <{SV}fault> ?fault }} }}").rows()
    return {row["fault"].value for row in rows}


def derived(store: MemoryStore) -> set[ox.Quad]:
    return {quad for graph in store.derived_graphs() for quad in store.quads(graph)}


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(versions=histories())
def test_following_changes_equals_deriving_anew(versions: History) -> None:
    first, *later = transactions(versions)
    followed = MemoryStore()
    followed.apply(first)
    derivation = Derivation(followed, TODAY, KEPT)
    anew = MemoryStore()
    anew.apply(first)
    for transaction in later:
        followed.apply(transaction)
        derivation.follow(transaction)
        anew.apply(transaction)
    Derivation(anew, TODAY, KEPT)
    assert derived(followed) == derived(anew)
    assert set(followed.quads()) == versions[-1]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(versions=histories(), view=st.sampled_from(KEPT))
def test_derived_phases_are_what_is_answered_directly(versions: History, view: View) -> None:
    store = MemoryStore()
    for transaction in transactions(versions):
        store.apply(transaction)
    Derivation(store, TODAY, [view])
    if told := faults(store):
        with pytest.raises(UnreadableInput) as refused:
            read(store.quads())
        assert str(refused.value) in told
        return
    model = read(store.quads())
    known_at = NEVER if view.known_at is None else view.known_at
    lifecycle = Lifecycle(World(model, known_at, Policy(view.rule)))
    answer = answers(store, view)
    for undertaking in model.undertakings.values():
        for debtor in undertaking.debtors:
            for day in range(1, 60):
                found = Explainer(lifecycle, undertaking.id, debtor, day).explanation()
                left = () if found.waits_for is None else leaves(found.waits_for)
                expected = (found.phase.standing.state, {node.id for node in left})
                assert answer(undertaking.id, debtor, day) == expected


CEASEFIRE = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/servanda/id/evidence/news> a sv:Evidence ; sv:polarity true ;
    sv:evidenceFor <https://w3id.org/servanda/id/event/ceasefire> ;
    sv:source <https://w3id.org/servanda/id/source/news> ;
    sv:validFrom "2026-03-01T00:00:00Z"^^xsd:dateTime .
"""


def test_news_and_a_reading_less_are_followed_on_the_shipped_data() -> None:
    paths = [resource("ontology"), DATA_FOLDER / "actors", DATA_FOLDER / "paris-2026"]
    start = frozenset(quad for dataset in read_datasets(paths) for quad in dataset.quads)
    news = frozenset(rdf.read(CEASEFIRE.encode(), format=rdf.TURTLE, graph=GRAPH, source="news"))
    less = frozenset(quad for quad in start if "binding-is-enough" not in str(quad.subject))
    changes = transactions([start, start | news, less | news, less])
    followed, day = MemoryStore(), date(2026, 6, 1).toordinal()
    derivation, seen = None, []
    for place, transaction in enumerate(changes, 1):
        followed.apply(transaction)
        if derivation is None:
            derivation = Derivation(followed, day)
        else:
            derivation.follow(transaction)
        anew = MemoryStore()
        for each in changes[:place]:
            anew.apply(each)
        Derivation(anew, day)
        assert derived(followed) == derived(anew)
        seen.append(len(derived(followed)))
    assert len(set(seen)) == len(changes)


def test_another_day_changes_what_holds_on_the_day_and_nothing_else() -> None:
    paths = [resource("ontology"), DATA_FOLDER / "actors", DATA_FOLDER / "paris-2026"]
    (start,) = transactions([frozenset(q for d in read_datasets(paths) for q in d.quads)])
    moved, straight = MemoryStore(), MemoryStore()
    moved.apply(start)
    straight.apply(start)
    derivation = Derivation(moved, date(2025, 1, 1).toordinal())
    before = derived(moved)
    derivation.at_day(date(2026, 6, 1).toordinal())
    Derivation(straight, date(2026, 6, 1).toordinal())
    assert derived(moved) == derived(straight)
    changed = {str(quad.graph_name) for quad in derived(moved) ^ before}
    assert changed == {str(view.on_the_day) for view in VIEWS}
