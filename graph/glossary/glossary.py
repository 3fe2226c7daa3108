"""Everything that the documentation of the ontology says, read from the shipped files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph import catalog
from graph.glossary.alignments import mappings
from graph.glossary.reading import read
from graph.glossary.statements import DCTERMS, OWL, TYPE, Statements
from graph.glossary.terms import Term
from graph.glossary.uses import Rule, asking, checking
from graph.glossary.vocabulary import Vocabulary
from graph.glossary.words import Named
from graph.namespaces import ONTOLOGY, SV
from graph.query import NamedQuery, queries
from graph.resources import resource
from graph.rules import read_rules

Triples: TypeAlias = Sequence[ox.Triple]
_CORE: Final = "core"


@dataclass(frozen=True)
class Module:
    """A file of the ontology; `name` is its path below ontology/ without the suffix."""

    name: str
    iri: str
    version: str
    title: str
    description: str
    licence: str


@dataclass(frozen=True)
class Glossary:
    """The terms, and the files, rules and questions that speak of them.

    Terms go by their local names, rules and questions by the IRIs of the terms that they name.
    Modules declare terms, alignments relate them to those of others.
    """

    terms: Mapping[str, Term]
    modules: tuple[Module, ...]
    alignments: tuple[Module, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    questions: Mapping[str, tuple[NamedQuery, ...]]

    def of(self, name: Named) -> Term:
        """Give the term that is named."""
        return self.terms[name.iri.removeprefix(SV)]

    @property
    def core(self) -> Module:
        """Give the module that imports all others and whose version is that of the whole."""
        return next(module for module in self.modules if module.name == _CORE)


@cache
def shipped() -> Glossary:
    """Read the glossary of what came with the code, once."""
    folder = resource("ontology")
    files = {
        path.relative_to(folder).with_suffix("").as_posix(): catalog.triples(path)
        for path in sorted(folder.rglob("*.ttl"))
    }
    declaring = {name: triples for name, triples in files.items() if "/" not in name}
    relating = {name: triples for name, triples in files.items() if "/" in name}
    rules, questions = checking(read_rules()), asking(queries())
    return glossary(declaring, relating, rules=rules, questions=questions)


def glossary(
    declaring: Mapping[str, Triples],
    relating: Mapping[str, Triples],
    *,
    rules: Mapping[str, tuple[Rule, ...]],
    questions: Mapping[str, tuple[NamedQuery, ...]],
) -> Glossary:
    """Put together what modules declare and alignments relate, each by its name."""
    vocabulary = Vocabulary(Statements(each for triples in declaring.values() for each in triples))
    modules = {
        each.subject.value: name
        for name, triples in declaring.items()
        for each in triples
        if each.predicate.value == TYPE
        and isinstance(each.subject, ox.NamedNode)
        and each.subject.value.startswith(SV)
    }
    terms = read(vocabulary, modules, mappings(list(relating.values())))
    return Glossary(
        {term.name: term for term in terms},
        _modules(declaring.items()),
        _modules(relating.items()),
        rules,
        questions,
    )


def _modules(files: Iterable[tuple[str, Triples]]) -> tuple[Module, ...]:
    return tuple(_module(name, Statements(triples)) for name, triples in files)


def _module(name: str, statements: Statements) -> Module:
    (iri,) = statements.having(TYPE, OWL + "Ontology")
    node = ox.NamedNode(iri)
    (version,) = statements.iris(node, OWL + "versionIRI")
    (licence,) = statements.iris(node, DCTERMS + "license")
    return Module(
        name,
        iri,
        version.removeprefix(ONTOLOGY).partition("/")[0],
        statements.text(node, DCTERMS + "title"),
        statements.text(node, DCTERMS + "description"),
        licence,
    )
