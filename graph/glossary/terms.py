"""A term as its page shows it: what it is called, means and is joined to, and what holds of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from graph.glossary.words import Named, Words


class Kind(StrEnum):
    """What sort of term something is; the order is that of the reference."""

    CLASS = "class"
    LINK = "property that leads to a thing"
    VALUE = "property that has a value"
    INDIVIDUAL = "individual"


PROPERTIES: Final = (Kind.LINK, Kind.VALUE)


@dataclass(frozen=True)
class Property:
    """A property that members of a class have: where it leads, and how many values there may be.

    `of` is the class that the property belongs to: the class itself, or one above it.
    """

    name: Named
    range: Words
    count: str
    of: Named


@dataclass(frozen=True)
class Mapping:
    """Where a term stands in another vocabulary, in words; `note` says why where somebody asks."""

    relation: str
    other: Words
    vocabulary: Named
    note: str


@dataclass(frozen=True)
class Text:
    """A text in a language; `language` is its tag."""

    language: str
    text: str


@dataclass(frozen=True)
class Term:
    """What is documented of a term; `name` is its local name and tells it from all others.

    `facts` say what holds of it, of each member of a class or of each use of a property.
    `properties` are those of a class, `leading_here` those that lead to it, and `members` the
    individuals that the ontology itself puts into it; `distinct` are what nothing is beside it.
    """

    name: str
    iri: str
    kind: Kind
    labels: tuple[Text, ...]
    definition: str
    examples: tuple[str, ...]
    notes: tuple[str, ...]
    module: str
    kinds: tuple[Named, ...]
    above: tuple[Named, ...]
    below: tuple[Named, ...]
    members: tuple[Named, ...]
    domain: Words
    range: Words
    facts: tuple[Words, ...]
    distinct: tuple[Named, ...]
    properties: tuple[Property, ...]
    leading_here: tuple[Named, ...]
    mappings: tuple[Mapping, ...]
    is_deprecated: bool
    replacement: Named | None

    @property
    def label(self) -> str:
        """Give the English label, else the local name."""
        return next((each.text for each in self.labels if each.language == "en"), self.name)

    @property
    def named(self) -> Named:
        """Name it as others do."""
        return Named(self.label, self.iri)

    @property
    def is_property(self) -> bool:
        """Tell whether it is said of things rather than being one."""
        return self.kind in PROPERTIES
