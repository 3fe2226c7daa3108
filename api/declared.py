"""Reads what the shipped modules of the ontology declare, whatever the graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph import rdf
from graph.namespaces import PREFIXES, SV
from graph.resources import resource

_ONTOLOGY: Final = ox.NamedNode(PREFIXES["owl"] + "Ontology")


@cache
def declarations() -> tuple[ox.Quad, ...]:
    """Give what all modules declare, read once: where it is asked later, no file can be opened."""
    return tuple(quad for path in _modules() for quad in _declared_in(path))


@cache
def declared_terms() -> frozenset[str]:
    """Give the IRIs of the terms that modules declare."""
    subjects = (quad.subject for quad in declarations())
    return frozenset(
        each.value
        for each in subjects
        if isinstance(each, ox.NamedNode) and each.value.startswith(SV)
    )


def _modules() -> Sequence[Path]:
    """List the modules that declare terms; those under alignments/ only relate them."""
    return sorted(resource("ontology").glob("*.ttl"))


def _declared_in(path: Path) -> Iterable[ox.Quad]:
    """Leave out what a module says about itself: it is no term."""
    quads = rdf.parse(path.read_bytes(), format=rdf.TURTLE, source=path.name)
    ontologies = {quad.subject for quad in quads if quad.object == _ONTOLOGY}
    return (quad for quad in quads if quad.subject not in ontologies)
