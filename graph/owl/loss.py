"""What a save by an OWL tool would take from a Turtle file, told by comparing the triples.

Axioms may be written another way (lists sorted, symmetric ones turned round): nothing is lost then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES

Key = tuple[str, str, str]

_OWL: Final = PREFIXES["owl"]
_TYPE: Final = PREFIXES["rdf"] + "type"
_FIRST: Final = PREFIXES["rdf"] + "first"
_REST: Final = PREFIXES["rdf"] + "rest"
_DECLARATIONS: Final = {
    f"<{_OWL}Class>": "a class",
    f"<{_OWL}ObjectProperty>": "an object property",
    f"<{_OWL}DatatypeProperty>": "a datatype property",
    f"<{_OWL}AnnotationProperty>": "an annotation property",
    f"<{PREFIXES['rdfs']}Datatype>": "a datatype",
}
_ANONYMOUS: Final = "[]"


def lost(before: Iterable[ox.Triple], after: Iterable[ox.Triple]) -> list[str]:
    """Give, as sentences, what of `before` is not in `after` and what `after` makes up.

    Left to the count of axioms are the blank nodes of OWL's own axioms and class expressions.
    Adding owl:NamedIndividual to a thing is no loss; making a class or property of an undeclared
    term is, because it hides that the term was mistyped or never declared.
    """
    old, new = _keys(before), _keys(after)
    missing = [f"`{' '.join(key)}` would be lost" for key in sorted(old - new)]
    guessed = [
        f"`{subject}` would become {_DECLARATIONS[kind]}: it is declared nowhere"
        for subject, predicate, kind in sorted(new - old)
        if predicate == f"<{_TYPE}>" and kind in _DECLARATIONS and subject != _ANONYMOUS
    ]
    return missing + guessed


def list_cells_in_axioms(triples: Iterable[ox.Triple]) -> set[ox.BlankNode]:
    """Give the cells of those rdf:Lists that an owl: property points at."""
    triples = list(triples)
    rest = {t.subject: t.object for t in triples if t.predicate.value == _REST}
    cells: set[ox.BlankNode] = set()
    for triple in triples:
        cell = triple.object if triple.predicate.value.startswith(_OWL) else None
        while isinstance(cell, ox.BlankNode) and cell in rest and cell not in cells:
            cells.add(cell)
            cell = rest[cell]
    return cells


def _keys(triples: Iterable[ox.Triple]) -> set[Key]:
    triples = list(triples)
    cells = list_cells_in_axioms(triples)
    return {_key(triple) for triple in triples if not _is_axiom_structure(triple, cells)}


def _is_axiom_structure(triple: ox.Triple, cells: set[ox.BlankNode]) -> bool:
    if triple.predicate.value in (_FIRST, _REST):
        return triple.subject in cells
    anonymous = isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
    if not anonymous:
        return False
    return triple.predicate.value.startswith(_OWL) or (
        isinstance(triple.object, ox.NamedNode)
        and triple.predicate.value == _TYPE
        and (triple.object.value.startswith(_OWL) or str(triple.object) in _DECLARATIONS)
    )


def _key(triple: ox.Triple) -> Key:
    subject, predicate, value = (_text(term) for term in triple)
    # disjointWith, inverseOf and their like may be written from either side.
    if triple.predicate.value.startswith(_OWL):
        subject, value = sorted((subject, value))
    return subject, predicate, value


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return _ANONYMOUS if isinstance(term, ox.BlankNode) else str(term)
