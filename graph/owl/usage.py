"""Finds the classes and properties that no dataset, no shape and no question uses.

A term is used where it is named, and a class also where it is what a property that is used leads
from or to: answers name their terms by the kind they are of.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph import catalog
from graph.namespaces import PREFIXES, SV, terms_named_in
from graph.resources import resource

_OWL, _RDFS = PREFIXES["owl"], PREFIXES["rdfs"]
_TYPE: Final = PREFIXES["rdf"] + "type"
_KINDS: Final = (f"{_OWL}Class", f"{_OWL}ObjectProperty", f"{_OWL}DatatypeProperty")
_SIDES: Final = (f"{_RDFS}domain", f"{_RDFS}range")


def unused(base: Path, ontology: Iterable[Path], data: Iterable[Path]) -> list[str]:
    """Say which terms of the ontology nothing uses, each with its file.

    Shapes and questions are those in `shapes/` and `queries/` of the folder `base`, or the shipped
    ones where it has none.
    """
    named = {
        term
        for file in (*data, *_rules(base))
        for term in terms_named_in(file.read_text(encoding="utf-8"))
    }
    declared: dict[str, Path] = {}
    sides: set[str] = set()
    for file in ontology:
        for triple in catalog.triples(file):
            subject, predicate = str(triple.subject)[1:-1], triple.predicate.value
            value = triple.object.value if isinstance(triple.object, ox.NamedNode) else ""
            if predicate == _TYPE and value in _KINDS and subject.startswith(SV):
                declared[subject] = file
            elif predicate in _SIDES and subject in named:
                sides.add(value)
    return [
        f"`{file.relative_to(base).as_posix()}`: `sv:{iri.removeprefix(SV)}` is used by nothing"
        for iri, file in sorted(declared.items())
        if iri not in named | sides
    ]


def _rules(base: Path) -> list[Path]:
    shapes, queries = base / "shapes", base / "queries"
    return [
        *(shapes if shapes.is_dir() else resource("shapes")).glob("*.ttl"),
        *(queries if queries.is_dir() else resource("queries")).glob("*.rq"),
    ]
