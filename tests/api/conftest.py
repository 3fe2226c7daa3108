"""A small graph of two datasets, one of them hostile, and the application that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import run
from graph import rdf
from graph.database import Database
from graph.journal import Change
from graph.namespaces import DATA
from tests.api.editing import World
from tests.settings import patient

ROOT = Path(__file__).resolve().parents[2]
PACT = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix id: <https://w3id.org/servanda/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/servanda/data/pact> a owl:Ontology ; dcterms:title "The pact"@en .
<https://w3id.org/servanda/id/actor/ruritania> a sv:State ;
    rdfs:label "Ruritania"@en , "Ruritanien"@de .
<https://w3id.org/servanda/id/commitment/aid> a sv:Commitment ;
    rdfs:label "Aid for Ruritania"@en ;
    sv:beneficiary <https://w3id.org/servanda/id/actor/ruritania> ;
    sv:validFrom "2026-01-06T00:00:00Z"^^xsd:dateTime .
<https://w3id.org/servanda/id/text/art.1> rdfs:label "Article 1"@en .
"""
HOSTILE_LABEL = "<script>alert(1)</script>\"'&\u202e"
HOSTILE = r"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sv: <https://w3id.org/servanda/ns#> .

<https://w3id.org/servanda/data/hostile> a owl:Ontology ;
    rdfs:label "<script>alert(1)</script>\"'&\u202E" .
<https://w3id.org/servanda/id/actor/mallory> a sv:State ;
    rdfs:label "<script>alert(1)</script>\"'&\u202E" , "bell\u0007" ;
    rdfs:seeAlso <javascript:alert(1)> , <https://example.org/?a=1&b='2'> .
"""


def fill(database: Database, name: str, turtle: str) -> None:
    """Record a dataset as it is: what a shape says of it is no matter here."""
    graph = ox.NamedNode(DATA + name)
    quads = rdf.read(turtle.encode(), format=rdf.TURTLE, graph=graph, source=name)
    database.commit(
        Change(adds=tuple(quads)), author="test", role="editor", reason="test", source=name
    )


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory at version 2, in nobody's use."""
    directory = tmp_path_factory.mktemp("data")
    with Database.open(directory) as database:
        fill(database, "pact", PACT)
        fill(database, "hostile", HOSTILE)
    return directory


@pytest.fixture(scope="session")
def client(data_dir: Path) -> Iterator[TestClient]:
    """Give a client of the application that serves that directory."""
    with (
        Database.open(data_dir, writable=False) as database,
        TestClient(create_app(database, patient(data_dir=data_dir))) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory into which the shipped dataset of the first source was loaded."""
    directory = tmp_path_factory.mktemp("shipped")
    datasets = [str(ROOT / "data" / name) for name in ("actors", "paris-2026")]
    assert run(["load", *datasets, "--data-dir", str(directory)]) == 0
    return directory


@pytest.fixture(scope="session")
def all_shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data directory into which every shipped dataset was loaded."""
    directory = tmp_path_factory.mktemp("all")
    assert run(["load", str(ROOT / "data"), "--data-dir", str(directory)]) == 0
    return directory


@pytest.fixture(scope="session")
def paris(shipped: Path) -> Iterator[TestClient]:
    """Give a client of the application that serves the shipped dataset of the first source."""
    with (
        Database.open(shipped, writable=False) as database,
        TestClient(create_app(database, patient(data_dir=shipped))) as client,
    ):
        yield client


@pytest.fixture
def empty_client(tmp_path: Path) -> Iterator[TestClient]:
    """Give a client of an application whose graph is empty."""
    with (
        Database.open(tmp_path / "empty") as database,
        TestClient(create_app(database, patient())) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def world(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give a server on a copy of the shipped data that may be changed."""
    directory = tmp_path_factory.mktemp("world") / "data"
    copytree(shipped, directory)
    with (
        Database.open(directory) as database,
        TestClient(create_app(database, patient(data_dir=directory))) as client,
    ):
        yield World(client, database)
