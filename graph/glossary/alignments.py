"""Where terms stand in other vocabularies, as the files of ontology/alignments/ say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from graph.glossary.statements import DCTERMS, LABEL, OWL, RDFS, SKOS, TYPE, Statements
from graph.glossary.terms import Mapping
from graph.glossary.words import Axioms, Named
from graph.namespaces import SV

_RELATIONS: Final = {
    OWL + "equivalentClass": "is the same as",
    OWL + "equivalentProperty": "is the same as",
    SKOS + "exactMatch": "means the same as",
    RDFS + "subClassOf": "is a kind of",
    RDFS + "subPropertyOf": "is a way of",
    SKOS + "closeMatch": "is close to",
    SKOS + "narrowMatch": "is broader than",
    SKOS + "broadMatch": "is narrower than",
    SKOS + "relatedMatch": "is related to",
}


def mappings(files: Sequence[Sequence[ox.Triple]]) -> dict[str, tuple[Mapping, ...]]:
    """Give the mappings of each term, file by file, the closest relations first."""
    found = defaultdict[str, list[Mapping]](list)
    for triples in files:
        statements = Statements(triples)
        (vocabulary,) = statements.having(TYPE, OWL + "Ontology")
        title = statements.text(ox.NamedNode(vocabulary), DCTERMS + "title")
        subjects = {each.subject for each in triples if isinstance(each.subject, ox.NamedNode)}
        for term in sorted(each.value for each in subjects if each.value.startswith(SV)):
            found[term] += _mapped(statements, term, Named(title, vocabulary))
    return {term: tuple(many) for term, many in found.items()}


def _mapped(statements: Statements, term: str, vocabulary: Named) -> Iterator[Mapping]:
    def named(iri: str) -> Named:
        return Named(statements.text(ox.NamedNode(iri), LABEL) or iri, iri)

    axioms = Axioms(statements, named)
    for predicate, relation in _RELATIONS.items():
        for value in statements.values(ox.NamedNode(term), predicate):
            note = statements.text(value, RDFS + "comment")
            yield Mapping(relation, axioms.kind(value), vocabulary, note)
