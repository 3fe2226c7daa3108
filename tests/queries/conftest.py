"""The shipped first dataset in a store, alone, with an invented second source, and with all others.

Most answers are asked of the first alone: they change only when the first source's data do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from graph import rdf
from graph.database import Database
from graph.dataset import read_datasets
from graph.derivation import Derivation
from graph.journal import Change
from graph.namespaces import DATA
from graph.resources import resource
from graph.store import Store
from tests.cases.turtle import turtle
from tests.graph.mapping.followed import TABLES, followed, shipped_quads
from tests.queries.cases import HERE, Data

CHECKOUT = HERE.parent.parent
PARIS = (resource("ontology"), CHECKOUT / "data" / "actors", CHECKOUT / "data" / "paris-2026")

SHIPPED = (resource("ontology"), CHECKOUT / "data")
SECOND = (*PARIS, HERE / "fixtures" / "second-source.ttl")
AFTERMATH = HERE / "fixtures" / "aftermath.yaml"
TODAY = date(2026, 11, 23).toordinal()
COPY = ox.NamedNode(DATA + "copy")


def filled(directory: Path, quads: Iterable[ox.Quad]) -> Store:
    with Database.open(directory) as database:
        database.commit(
            Change(adds=tuple(quads)), author="test", role="editor", reason="test", source="test"
        )
        Derivation(database.store, TODAY)
        return database.store


def read(paths: Sequence[Path]) -> Iterable[ox.Quad]:
    return chain.from_iterable(dataset.quads for dataset in read_datasets(paths))


def aftermath() -> Iterable[ox.Quad]:
    """Give the ontology and the invented aftermath."""
    text = turtle(yaml.safe_load(AFTERMATH.read_text(encoding="utf-8")))
    graph = ox.NamedNode(DATA + "aftermath")
    return chain(
        read([resource("ontology")]),
        rdf.read(text.encode(), format=rdf.TURTLE, graph=graph, source=AFTERMATH.name),
    )


def mapped() -> Iterable[ox.Quad]:
    """Give what the shipped mappings say of small tables of alliances and of aid."""
    aid = [TABLES / "data_explorer.csv", TABLES / "release_info.csv"]
    said = (followed("atop", [TABLES / "atop-member-level.csv"]), followed("support-tracker", aid))
    return {*shipped_quads(), *chain.from_iterable(each.dataset.quads for each in said)}


@pytest.fixture(scope="session")
def paris(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("paris"), read(PARIS))


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store with every dataset of the checkout."""
    return filled(tmp_path_factory.mktemp("shipped"), read(SHIPPED))


@pytest.fixture(scope="session")
def stores(
    paris: Store, shipped: Store, tmp_path_factory: pytest.TempPathFactory
) -> dict[Data, Store]:
    return {
        "paris": paris,
        "second": filled(tmp_path_factory.mktemp("second"), read(SECOND)),
        "aftermath": filled(tmp_path_factory.mktemp("aftermath"), aftermath()),
        "shipped": shipped,
        "mapped": filled(tmp_path_factory.mktemp("mapped"), mapped()),
    }


@pytest.fixture(scope="session")
def told_twice(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Give a store in which one more graph states again what the actors and the second source do.

    Not everything: the engine multiplies what is stated twice before it tells rows apart.
    """
    told = read([CHECKOUT / "data" / "actors", SECOND[-1]])
    again = [ox.Quad(quad.subject, quad.predicate, quad.object, COPY) for quad in told]
    return filled(tmp_path_factory.mktemp("twice"), [*read(SECOND), *again])
