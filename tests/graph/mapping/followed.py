"""Follows mappings over tables, and asks what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.dataset import read_datasets
from graph.journal import Change
from graph.mapping.follow import Followed, find_mapping, follow_mapping
from graph.memory_store import MemoryStore
from graph.resources import resource
from tests.graph.slices.writes import store_of

HERE: Final = Path(__file__).parent
EXAMPLE: Final = HERE / "example"
TABLES: Final = HERE / "tables"
ACTORS: Final = HERE.parent.parent.parent / "data" / "actors"
PREFIXES: Final = """
PREFIX sv: <https://w3id.org/servanda/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX id: <https://w3id.org/servanda/id/>
PREFIX actor: <https://w3id.org/servanda/id/actor/>
"""


def shipped_quads() -> list[ox.Quad]:
    """Give the ontology and the shipped actors."""
    datasets = read_datasets([resource("ontology"), ACTORS])
    return [quad for dataset in datasets for quad in dataset.quads]


def known() -> MemoryStore:
    """Give a store with the ontology and the shipped actors."""
    return store_of(shipped_quads())


def followed(mapping: str, files: Sequence[Path], store: MemoryStore | None = None) -> Followed:
    return follow_mapping(find_mapping(mapping), files, store or known())


def everything(result: Followed) -> list[ox.Quad]:
    """Give what a mapping says, with the ontology and the shipped actors."""
    change = Change(tuple({*shipped_quads(), *result.dataset.quads}))
    return list(change.adds)


def asked(quads: Sequence[ox.Quad], query: str) -> list[tuple[str, ...]]:
    """Ask in SPARQL and give the rows as text; a graph stands for nothing here."""
    store = ox.Store()
    store.extend(ox.Quad(*quad.triple) for quad in quads)
    found = store.query(PREFIXES + query)
    assert isinstance(found, ox.QuerySolutions)
    names = [name.value for name in found.variables]
    return [tuple(_text(row[name]) for name in names) for row in found]


def _text(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix("https://w3id.org/servanda/id/")
