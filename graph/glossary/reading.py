"""Puts together what is documented of each term of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from graph.glossary import terms
from graph.glossary.classes import DOMAIN, RANGE, SUBCLASS, Classes
from graph.glossary.facts import facts
from graph.glossary.statements import DCTERMS, LABEL, OWL, RDFS, SKOS, TYPE
from graph.glossary.terms import Kind, Term, Text
from graph.glossary.vocabulary import Vocabulary
from graph.glossary.words import Named
from graph.namespaces import SV

_ABOVE: Final = {
    Kind.CLASS: SUBCLASS,
    Kind.LINK: RDFS + "subPropertyOf",
    Kind.VALUE: RDFS + "subPropertyOf",
    Kind.INDIVIDUAL: "",
}


def read(
    vocabulary: Vocabulary,
    modules: Mapping[str, str],
    mapped: Mapping[str, Sequence[terms.Mapping]],
) -> list[Term]:
    """Give every term, kind by kind, in the order of the labels.

    `modules` has the name of the module that declares each term, `mapped` the mappings of some.
    """
    classes, order = Classes(vocabulary), list(Kind)
    found = (
        _term(vocabulary, classes, iri, modules[iri], mapped.get(iri, ()))
        for iri in vocabulary.kinds
    )
    return sorted(
        found, key=lambda term: (order.index(term.kind), term.label.casefold(), term.name)
    )


def _term(
    vocabulary: Vocabulary,
    classes: Classes,
    iri: str,
    module: str,
    mapped: Sequence[terms.Mapping],
) -> Term:
    of, node, kind = vocabulary.statements, ox.NamedNode(iri), vocabulary.kinds[iri]
    return Term(
        name=iri.removeprefix(SV),
        iri=iri,
        kind=kind,
        labels=tuple(Text(text.language or "", text.value) for text in of.texts(node, LABEL)),
        definition=of.text(node, SKOS + "definition"),
        examples=_texts(vocabulary, node, SKOS + "example"),
        notes=_texts(vocabulary, node, SKOS + "scopeNote"),
        module=module,
        kinds=vocabulary.all_named(of.iris(node, TYPE)),
        above=vocabulary.all_named(of.iris(node, _ABOVE[kind])),
        below=vocabulary.all_named(of.having(_ABOVE[kind], iri)),
        members=vocabulary.all_named(of.having(TYPE, iri)),
        domain=vocabulary.classes(iri, DOMAIN),
        range=vocabulary.classes(iri, RANGE),
        facts=tuple(facts(vocabulary, iri)),
        distinct=classes.distinct(iri),
        properties=tuple(classes.properties(iri)) if kind is Kind.CLASS else (),
        leading_here=classes.leading_to(iri),
        mappings=tuple(mapped),
        is_deprecated=_is_deprecated(vocabulary, node),
        replacement=next(_replacements(vocabulary, node), None),
    )


def _texts(vocabulary: Vocabulary, node: ox.NamedNode, predicate: str) -> tuple[str, ...]:
    return tuple(text.value for text in vocabulary.statements.texts(node, predicate))


def _is_deprecated(vocabulary: Vocabulary, node: ox.NamedNode) -> bool:
    stated = vocabulary.statements.texts(node, OWL + "deprecated")
    return any(each.value in ("true", "1") for each in stated)


def _replacements(vocabulary: Vocabulary, node: ox.NamedNode) -> Iterator[Named]:
    for iri in vocabulary.statements.iris(node, DCTERMS + "isReplacedBy"):
        yield vocabulary.named(iri)
