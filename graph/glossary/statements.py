"""What files of RDF state, looked up by subject and property; nameless things are followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from graph.namespaces import PREFIXES
from graph.triples import Term

RDF: Final = PREFIXES["rdf"]
RDFS: Final = PREFIXES["rdfs"]
OWL: Final = PREFIXES["owl"]
SKOS: Final = PREFIXES["skos"]
DCTERMS: Final = PREFIXES["dcterms"]
TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"


class Statements:
    """Triples by subject and property, and by property and value."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        """Index triples."""
        self._about: dict[Term, dict[str, list[Term]]] = {}
        self._subjects: dict[tuple[str, Term], list[Term]] = {}
        for triple in triples:
            predicate = triple.predicate.value
            about = self._about.setdefault(triple.subject, {})
            about.setdefault(predicate, []).append(triple.object)
            self._subjects.setdefault((predicate, triple.object), []).append(triple.subject)

    def predicates(self, subject: Term) -> list[str]:
        """Give the properties that something has, sorted."""
        return sorted(self._about.get(subject, ()))

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """Give the values of a property."""
        return self._about.get(subject, {}).get(predicate, [])

    def subjects(self, predicate: str, value: Term) -> list[Term]:
        """Give what has a value of a property."""
        return self._subjects.get((predicate, value), [])

    def iris(self, subject: Term, predicate: str) -> list[str]:
        """Give the named things among the values of a property, sorted."""
        return _iris(self.values(subject, predicate))

    def having(self, predicate: str, value: str) -> list[str]:
        """Give the named things that have a named value of a property, sorted."""
        return _iris(self.subjects(predicate, ox.NamedNode(value)))

    def texts(self, subject: Term, predicate: str) -> list[ox.Literal]:
        """Give the literals among the values of a property, sorted by language and text."""
        found = self.values(subject, predicate)
        literals = (each for each in found if isinstance(each, ox.Literal))
        return sorted(literals, key=lambda text: (text.language or "", text.value))

    def text(self, subject: Term, predicate: str) -> str:
        """Give the English text of a property, else the first there is, else nothing."""
        found = sorted(self.texts(subject, predicate), key=lambda text: text.language != "en")
        return found[0].value if found else ""

    def items(self, cell: Term) -> list[Term]:
        """Give what a list holds."""
        found: list[Term] = []
        while rest := self.values(cell, RDF + "rest"):
            found += self.values(cell, RDF + "first")
            cell = rest[0]
        return found


def _iris(terms: Iterable[Term]) -> list[str]:
    return sorted({each.value for each in terms if isinstance(each, ox.NamedNode)})
