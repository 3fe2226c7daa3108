"""Shows what the ontology documents: the reference of all terms, and a page for each of them.

It writes the same pages for a server and for a folder of files; `Site` is where their links lead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pyoxigraph as ox

from api.labels import labels, readable
from api.pages.core_pattern import core_pattern
from api.rendering import Shown
from graph.glossary.examples import Example, example
from graph.glossary.glossary import Glossary
from graph.glossary.terms import Kind, Term
from graph.glossary.words import Named
from graph.namespaces import PREFIXES
from graph.store import Store

_MOST_SHOWN: Final = 12
_HEADINGS: Final = (
    (Kind.CLASS, "Classes"),
    (Kind.LINK, "Properties that lead to a thing"),
    (Kind.VALUE, "Properties that have a value"),
    (Kind.INDIVIDUAL, "Individuals"),
)


@dataclass(frozen=True)
class Site:
    """Where the links of a page lead: `to` gives the address of what has an IRI.

    `page` gives that of a term's page, `query` that of a named query and `question` that of a
    competency question, where there is one, by their names and numbers. `layout` is the template
    that the page stands in, `root` stands before the style's address, and `beside` are the pages
    that lead further, each with its words.
    """

    layout: str
    root: str
    reference: str
    to: Callable[[str], str | None]
    page: Callable[[str], str]
    query: Callable[[str], str]
    question: Callable[[str], str | None]
    beside: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Branch:
    """A term in the index, and what stands below it."""

    name: Named
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Group:
    """The terms of a kind under their heading, and their part of the index."""

    title: str
    terms: Sequence[Term]
    index: Sequence[Branch]


def reference(glossary: Glossary, site: Site) -> Mapping[str, Any]:
    """Give what the template of the reference asks for; terms lead to each other within it."""
    anchors = {term.iri: f"#{term.name}" for term in glossary.terms.values()}
    within = replace(site, to=lambda iri: anchors.get(iri) or site.to(iri))
    return {
        "site": within,
        "glossary": glossary,
        "core": core_pattern(link=within.to),
        "groups": [_group(glossary, kind, title) for kind, title in _HEADINGS],
    }


def _group(glossary: Glossary, kind: Kind, title: str) -> Group:
    terms = [term for term in glossary.terms.values() if term.kind is kind]
    if kind is Kind.CLASS:
        index = [_branch(glossary, term) for term in terms if not term.above]
    elif kind is Kind.INDIVIDUAL:
        holders = (term for term in glossary.terms.values() if term.members)
        index = [Branch(each.named, tuple(map(Branch, each.members))) for each in holders]
    else:
        index = [Branch(term.named) for term in terms]
    return Group(title, terms, index)


def _branch(glossary: Glossary, term: Term) -> Branch:
    below = (_branch(glossary, glossary.of(each)) for each in term.below)
    return Branch(term.named, tuple(below))


def term_page(glossary: Glossary, site: Site, term: Term, store: Store | None) -> Mapping[str, Any]:
    """Give what the template of a term asks for; the example is from the store."""
    found = example(store, glossary, term) if store else None
    module = next(each for each in glossary.modules if each.name == term.module)
    return {
        "site": site,
        "term": term,
        "module": module,
        "rules": glossary.rules.get(term.iri, ()),
        "questions": glossary.questions.get(term.iri, ()),
        "example": _shown(found, store, site) if found and store else None,
    }


def _shown(found: Example, store: Store, site: Site) -> Mapping[str, Any]:
    telling = [quad for quad in found.statements if not _is_of_owl(quad.object)]
    statements = telling[:_MOST_SHOWN]
    terms = [found.thing, *(part for quad in statements for part in (quad.predicate, quad.object))]
    names = labels(store, terms)

    def show(part: Any) -> Shown:
        address = site.to(part.value) if isinstance(part, ox.NamedNode) else None
        language = part.language if isinstance(part, ox.Literal) else None
        return Shown(readable(part, names), address, language)

    return {
        "thing": show(found.thing),
        "rows": [(show(quad.predicate), show(quad.object)) for quad in statements],
        "more": len(telling) - len(statements),
    }


def _is_of_owl(value: object) -> bool:
    """Tell a type that every thing has, so that editors can open the file."""
    return isinstance(value, ox.NamedNode) and value.value.startswith(PREFIXES["owl"])
