"""Finds things of the graph by what people call them: names in any language, codes and ids.

It never guesses: what has no name or several meanings is left to whoever asked.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

import pyoxigraph as ox

from graph.namespaces import ID, PREFIXES, SV
from graph.store import Store, Term

TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
LABEL: Final = ox.NamedNode(PREFIXES["rdfs"] + "label")
_SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_ADDRESS: Final = ox.NamedNode(SV + "address")
_NAMING: Final = (
    LABEL,
    *(ox.NamedNode(PREFIXES["skos"] + name) for name in ("prefLabel", "altLabel")),
    *(ox.NamedNode(SV + name) for name in ("abbreviation", "iso3166Alpha2", "iso3166Alpha3")),
)
# What spreadsheet and text programs put in the place of what was typed.
_QUOTES: Final = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
_DOUBLE: Final = dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
_DASHES: Final = dict.fromkeys("\u2010\u2011\u2013\u2014", "-")
_TYPED: Final = str.maketrans({**_QUOTES, **_DOUBLE, **_DASHES})
_NEAR: Final = 3
_MOST_SEARCHED: Final = 200


@dataclass(frozen=True, order=True)
class Named:
    """A thing with the label it is shown by."""

    label: str
    iri: str

    def __str__(self) -> str:
        """Show it as a hint does."""
        return f"`{self.label}` ({self.iri.removeprefix(ID).removeprefix(SV)})"


@dataclass
class _Index:
    """The things of one class by their names."""

    things: dict[str, set[Named]] = field(default_factory=dict)
    near: dict[str, list[Named]] = field(default_factory=dict)

    def add(self, name: str, thing: Named) -> None:
        self.things.setdefault(plain(name), set()).add(thing)


class Names:
    """The names of things, a class at a time, with those that a file adds."""

    def __init__(self, store: Store) -> None:
        """Look in a store, which holds the ontology too."""
        self._store = store
        self._indexes: dict[str, _Index] = {}
        self._kinds: dict[str, dict[Named, frozenset[str]]] = {}

    def add(self, of: str, name: str, thing: Named) -> None:
        """Let a thing of a class be found by a name as well."""
        self._index(of).add(name, thing)

    def find(self, text: str, of: str) -> list[Named]:
        """Give the things of a class, its subclasses included, that are called just so."""
        found = self._index(of).things.get(plain(text), ())
        return sorted({thing.iri: thing for thing in found}.values())

    def near(self, text: str, of: str) -> list[Named]:
        """Give a few things with names like this, the nearest first."""
        index, key = self._index(of), plain(text)
        if key not in index.near:
            # Of a table in which hardly a name is known, the first ones show what is wrong.
            searched = index.things if len(index.near) < _MOST_SEARCHED else ()
            index.near[key] = self._nearest(index, key, searched)
        return index.near[key]

    def _nearest(self, index: _Index, key: str, searched: Collection[str]) -> list[Named]:
        begun = [name for name in index.things if len(key) > 2 and name.startswith(key)]
        close = get_close_matches(key, searched, n=_NEAR, cutoff=0.7)
        found = [thing for name in (*close, *begun) for thing in sorted(index.things[name])]
        return list(dict.fromkeys(found))[:_NEAR]

    def all(self, of: str) -> list[Named]:
        """Give every thing of a class by its label."""
        found = {thing for things in self._index(of).things.values() for thing in things}
        return sorted(found)

    def kinds(self, of: str) -> list[Named]:
        """Give the kinds of a class, which is none itself."""
        return list(self._names_of_kinds(of))

    def kind(self, text: str, of: str) -> list[Named]:
        """Give the kinds that are called just so, in any language."""
        key = plain(text)
        return [kind for kind, names in self._names_of_kinds(of).items() if key in names]

    def _names_of_kinds(self, of: str) -> dict[Named, frozenset[str]]:
        """Give the kinds of a class, by their labels, with all that each is called."""
        if of not in self._kinds:
            kinds = (iri for iri in self._classes(of) if iri.value != SV + of)
            named = sorted((Named(self._label(iri), iri.value), iri) for iri in kinds)
            self._kinds[of] = {
                kind: frozenset(map(plain, (*self._names(iri), *_ids(kind.iri))))
                for kind, iri in named
            }
        return self._kinds[of]

    def instances(self, of: str) -> set[ox.NamedNode]:
        """Give the things of a class, its subclasses included."""
        return {
            quad.subject
            for kind in self._classes(of)
            for quad in self._store.match(None, TYPE, kind)
            if isinstance(quad.subject, ox.NamedNode)
        }

    def is_a(self, thing: ox.NamedNode, of: str) -> bool:
        """Tell whether a thing of the store is of a class, or of one below it."""
        kinds = self._classes(of)
        return any(quad.object in kinds for quad in self._store.match(thing, TYPE))

    def noun(self, of: str) -> str:
        """Give what the ontology calls a class."""
        return self._label(ox.NamedNode(SV + of))

    def source(self, address: str) -> ox.NamedNode | None:
        """Give the source that can be read at an address."""
        there = ox.Literal(address, datatype=ox.NamedNode(PREFIXES["xsd"] + "anyURI"))
        found = (quad.subject for quad in self._store.match(None, _ADDRESS, there))
        return min(
            (each for each in found if isinstance(each, ox.NamedNode)), key=str, default=None
        )

    def _index(self, of: str) -> _Index:
        if of not in self._indexes:
            self._indexes[of] = index = _Index()
            for iri in self.instances(of):
                thing = Named(self._label(iri), iri.value)
                for name in (*self._names(iri), *_ids(iri.value)):
                    index.add(name, thing)
        return self._indexes[of]

    def _classes(self, of: str) -> dict[ox.NamedNode, None]:
        """Give a class and all below it."""
        found = {ox.NamedNode(SV + of): None}
        waiting = list(found)
        while waiting:
            below = self._below(waiting.pop())
            waiting += [each for each in below if each not in found]
            found |= dict.fromkeys(below)
        return found

    def _below(self, kind: ox.NamedNode) -> list[ox.NamedNode]:
        found = (quad.subject for quad in self._store.match(None, _SUBCLASS, kind))
        return [each for each in found if isinstance(each, ox.NamedNode)]

    def _names(self, iri: ox.NamedNode) -> Iterator[str]:
        for naming in _NAMING:
            yield from _texts(self._store.match(iri, naming))

    def _label(self, iri: ox.NamedNode) -> str:
        labels = [quad.object for quad in self._store.match(iri, LABEL)]
        return english(labels) or iri.value.removeprefix(ID).removeprefix(SV)


def _texts(quads: Iterable[ox.Quad]) -> Iterator[str]:
    return (quad.object.value for quad in quads if isinstance(quad.object, ox.Literal))


def english(terms: Iterable[Term]) -> str | None:
    """Choose the English label, else the first there is."""
    labels = [term for term in terms if isinstance(term, ox.Literal)]
    ranked = sorted(labels, key=lambda label: (label.language != "en", label.value))
    return ranked[0].value if ranked else None


def plain(text: str) -> str:
    """Write a name without what programs change: quotes, dashes, blanks, case and accents' form."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_TYPED).casefold().split())


def slug(text: str) -> str:
    """Make the end of an IRI from a name; two names that differ as `plain` has them differ here."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-")
    digest = hashlib.sha256(plain(text).encode()).hexdigest()[:6]
    return f"{words}-{digest}" if words else digest


def _ids(iri: str) -> tuple[str, ...]:
    if iri.startswith(SV):
        return iri, "sv:" + iri.removeprefix(SV), iri.removeprefix(SV)
    short = iri.removeprefix(ID)
    return iri, short, "id:" + short, short.rpartition("/")[2]


def listed(things: Iterable[Named | str], last: str = "or") -> str:
    """Write candidates as a hint does."""
    *names, end = [f"`{each}`" if isinstance(each, str) else str(each) for each in things]
    return f"{', '.join(names)} {last} {end}" if names else end
