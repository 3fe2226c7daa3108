"""Finds terms of the ontology and things of the graph by the beginning or a part of their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import pyoxigraph as ox

from api.declared import declarations
from api.labels import best, naming
from api.snapshot import Snapshot
from graph.namespaces import PREFIXES, prefixed

_ENGLISH: Final = "en"
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_DEFINITION: Final = ox.NamedNode(PREFIXES["skos"] + "definition")
# A part of SPARQL 1.1, PNAME_LN, that needs no escape.
_PLAIN: Final = re.compile(r"[a-z]+:[A-Za-z_][\w-]*", re.ASCII)


class Kind(StrEnum):
    """What a term is for; the order is that in which they are offered."""

    class_ = "class"
    property = "property"
    individual = "individual"
    thing = "thing"


_KINDS: Final[Mapping[str, Kind]] = {
    PREFIXES["owl"] + name: kind
    for name, kind in (
        ("Class", Kind.class_),
        ("ObjectProperty", Kind.property),
        ("DatatypeProperty", Kind.property),
        ("AnnotationProperty", Kind.property),
        ("NamedIndividual", Kind.individual),
    )
}


@dataclass(frozen=True)
class Term:
    """A term or a thing; `name` is how a query writes it, where the project's prefixes do."""

    id: str
    kind: Kind
    label: str

    @property
    def name(self) -> str:
        """Write it as a query does: with a prefix where that needs no escape, else as an IRI."""
        short = prefixed(self.id)
        return short if _PLAIN.fullmatch(short) else f"<{self.id}>"


def found(q: str, terms: Iterable[Term]) -> list[Term]:
    """Give the terms that have `q` in their name or label, best first; case aside.

    A name that begins with it comes before a label that does, then a word of a label, then any
    part; of those alike the shortest, of which the most has been typed.
    """
    wanted = q.strip().casefold()
    ranked = ((_rank(wanted, term), term) for term in terms)
    fitting = [(rank, term) for rank, term in ranked if rank is not None]
    order = list(Kind)
    fitting.sort(
        key=lambda pair: (
            pair[0],
            min(len(pair[1].label), len(pair[1].name)),
            order.index(pair[1].kind),
            pair[1].label,
            pair[1].id,
        )
    )
    return [term for _, term in fitting]


def _rank(wanted: str, term: Term) -> int | None:
    name, label = term.name.casefold(), term.label.casefold()
    local = re.split("[:/#]", term.id.casefold())[-1]
    ways = (
        name.startswith(wanted) or local.startswith(wanted),
        label.startswith(wanted),
        f" {wanted}" in label,
        wanted in label or wanted in name,
    )
    return ways.index(True) if any(ways) else None


def terms(snapshot: Snapshot, kinds: Collection[Kind], language: str) -> Iterator[Term]:
    """Give what the ontology declares and the things of the graph, of some kinds."""
    declared = vocabulary(language)
    yield from (term for term in declared.values() if term.kind in kinds)
    if Kind.thing in kinds:
        names = snapshot.names(language)
        for iri in snapshot.triples.types.keys() - declared.keys():
            yield Term(iri, Kind.thing, names.get(iri, prefixed(iri)))


def vocabulary(language: str) -> Mapping[str, Term]:
    """Give the terms that the ontology declares, and those of others that it is written with.

    Their labels are in English where none is in the language.
    """
    return _vocabulary(language if language in _languages() else _ENGLISH)


@cache
def _languages() -> frozenset[str]:
    # As `best` compares them: a label of a region is one of its language.
    return frozenset(
        (label.language or "").partition("-")[0] for _, _, label in naming(declarations())
    )


@cache
def _vocabulary(language: str) -> Mapping[str, Term]:
    quads = declarations()
    labels = best(naming(quads), language)
    used = {quad.predicate.value: Kind.property for quad in quads}
    kinds = used | {
        quad.subject.value: _KINDS[quad.object.value]
        for quad in quads
        if quad.predicate == _TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in _KINDS
    }
    return {iri: Term(iri, kind, labels.get(iri, prefixed(iri))) for iri, kind in kinds.items()}


@cache
def definitions() -> Mapping[str, str]:
    """Give what the terms that the ontology declares mean, in English as it is written."""
    return {
        quad.subject.value: quad.object.value
        for quad in declarations()
        if quad.predicate == _DEFINITION
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
