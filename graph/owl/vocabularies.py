"""Holds what the alignments say of outside vocabularies to lists of the terms these really have.

The lists stand in `ontology/alignments/vocabularies/`, one CSV file for each alignment; nothing is
fetched.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph import catalog
from graph.errors import UnreadableInput
from graph.namespaces import BASE, ONTOLOGY, PREFIXES

ALIGNMENTS: Final = ONTOLOGY + "alignments/"
_OWL: Final = PREFIXES["owl"]
_TYPE: Final = PREFIXES["rdf"] + "type"
_LABEL: Final = PREFIXES["rdfs"] + "label"
_KINDS: Final = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "object property",
    f"{_OWL}DatatypeProperty": "datatype property",
    f"{_OWL}AnnotationProperty": "annotation property",
    f"{_OWL}NamedIndividual": "individual",
}
# Mapping relations and metadata, which an alignment declares to speak with, not to speak about.
_OWN_LANGUAGE: Final = (BASE, *(PREFIXES[name] for name in ("skos", "dcterms", "owl", "rdfs")))


@dataclass(frozen=True)
class Term:
    """A term as its own vocabulary declares it; `property` is a kind that OWL does not tell apart.

    `label` is empty where the vocabulary gives none in English.
    """

    kind: str
    label: str


def mistaken(path: Path) -> list[str]:
    """Say which declared terms of an alignment are not, or not so, in the vocabulary it is about.

    A file that is no alignment has none.
    """
    (ontology,) = catalog.ontologies(path)
    if not ontology.startswith(ALIGNMENTS):
        return []
    known = terms(path.parent / "vocabularies" / f"{path.stem}.csv")
    return [
        f"`{iri}` {what}"
        for iri, declared in sorted(_declared(path).items())
        for what in _differences(known.get(iri), declared)
    ]


@cache
def terms(path: Path) -> dict[str, Term]:
    """Read the list of a vocabulary's terms by their IRIs; deprecated ones are not in it."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            return {row["iri"]: Term(row["kind"], row["label"]) for row in rows}
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"`{path}` is no list of a vocabulary's terms",
            hint="write it as the others beside it: iri,kind,label",
        ) from error


def _declared(path: Path) -> dict[str, Term]:
    kinds: dict[str, str] = {}
    labels: dict[str, str] = defaultdict(str)
    for triple in catalog.triples(path):
        if not isinstance(triple.subject, ox.NamedNode):
            continue
        subject = triple.subject.value
        if subject.startswith(_OWN_LANGUAGE):
            continue
        if triple.predicate.value == _TYPE and str(triple.object)[1:-1] in _KINDS:
            kinds[subject] = _KINDS[str(triple.object)[1:-1]]
        elif triple.predicate.value == _LABEL:
            labels[subject] = getattr(triple.object, "value", "")
    return {iri: Term(kind, labels[iri]) for iri, kind in kinds.items()}


def _differences(known: Term | None, declared: Term) -> list[str]:
    if known is None:
        return ["is no term of that vocabulary"]
    found = []
    if known.kind not in (declared.kind, "property") or (
        known.kind == "property" and not declared.kind.endswith("property")
    ):
        found.append(f"is declared as {declared.kind}, and is there {known.kind}")
    if known.label and _letters(known.label) != _letters(declared.label):
        found.append(f"is labelled `{declared.label}`, and there `{known.label}`")
    return found


def _letters(label: str) -> str:
    # PROV-O labels its terms by their names, which nobody wants to read: `wasDerivedFrom`.
    return "".join(label.casefold().split())
