"""The ontology, the shapes and the twins, read once; each rule has a twin that breaks it alone.

All twins are judged in one run: they share nothing but the ontology, so none sees another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from graph.dataset import Dataset, read_datasets
from graph.namespaces import SV
from graph.resources import resource
from graph.validate import Finding, validate

TESTS = Path(__file__).resolve().parent.parent
COMPLETE = TESTS / "valid" / "complete.ttl"
RULE_ID = rdflib.URIRef(SV + "ruleId")


@cache
def shapes_graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in sorted(resource("shapes").glob("*.ttl")):
        graph.parse(file)
    return graph


@cache
def rules() -> dict[str, rdflib.URIRef]:
    """Give the shape of each rule id."""
    found = shapes_graph().subject_objects(RULE_ID)
    return {str(rule): shape for shape, rule in found if isinstance(shape, rdflib.URIRef)}


@cache
def ontology() -> tuple[ox.Quad, ...]:
    return tuple(quad for module in read_datasets([resource("ontology")]) for quad in module.quads)


@cache
def twins() -> Mapping[str, Dataset]:
    """Give the twins by the rule id their file is named by."""
    return {twin.path.stem: twin for twin in read_datasets([TESTS / "invalid"])}


@cache
def complete() -> Dataset:
    (dataset,) = read_datasets([COMPLETE])
    return dataset


def as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    triples = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples, format="nt")


@cache
def ontology_graph() -> rdflib.Graph:
    return as_rdflib(ontology())


@pytest.fixture(scope="session")
def findings_by_graph() -> dict[str, set[Finding]]:
    """Give what is found in each twin, and under "" what concerns nothing in any of them."""
    quads = [quad for twin in twins().values() for quad in twin.quads]
    found: dict[str, set[Finding]] = {}
    for finding in validate([*ontology(), *quads]):
        found.setdefault(finding.graph or "", set()).add(finding)
    return found
