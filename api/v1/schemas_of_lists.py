"""The shapes of lists and of what stands in them, for the OpenAPI document."""

from __future__ import annotations

from pydantic import Field

from api.jobs.facets import Facet
from api.terms import Kind
from api.v1.schemas import Answer, Shape, Thing
from graph.model import State, UndertakingKind
from graph.truth import Verdict


class Listing(Answer):
    """A page of a list; `total` counts all of it."""

    total: int
    limit: int
    next: str | None = Field(description="The cursor of the next page; null on the last")


class Count(Shape):
    """How many items of the whole list have a value."""

    value: str
    label: str
    count: int


# Undertakings


class DebtorState(Thing):
    """A debtor and the state for it."""

    state: State
    since: str | None = Field(description="The first day of it; null without a beginning")
    matches: bool = Field(
        description="Whether the filters by debtor and by state fit this debtor; true without them"
    )


class ListedUndertaking(Thing):
    """An undertaking in a list."""

    kind: UndertakingKind
    href: str
    distribution: str
    unnamed: int | None
    debtors: list[DebtorState]
    creditors: list[Thing]
    instruments: list[Thing]
    domains: list[Thing]
    binding: list[Thing] = Field(description="The kinds of duty its texts lay on its debtors")


class Undertakings(Listing):
    """A list of undertakings."""

    items: list[ListedUndertaking]
    facets: dict[Facet, list[Count]] = Field(description="The counts that were asked for")


# Things


class ListedThing(Thing):
    """A thing in a list."""

    types: list[str] = Field(description="Its classes in the ontology")
    href: str | None = Field(description="The document about it")


class Things(Listing):
    """A list of things."""

    items: list[ListedThing]


class ListedEvent(ListedThing):
    """An event in a list."""

    verdict: Verdict


class Events(Listing):
    """A list of events and acts."""

    items: list[ListedEvent]


class Said(ListedThing):
    """What someone said somewhere."""

    speakers: list[Thing]
    said_in: list[Thing] = Field(description="The sources")
    quotations: list[str]


class ListedEvidence(Said):
    """A claim in a list."""

    matter: Thing
    holds: bool = Field(description="Whether it says that the matter is so, or is not")
    since: str | None = Field(description="The first day of which it speaks")
    published: str | None = Field(description="The day by which it surely was public")


class Evidence(Listing):
    """A list of claims."""

    items: list[ListedEvidence]


class ListedStatement(Said):
    """A statement in a list."""

    about: list[Thing]
    modality: str | None = Field(description="How it was said: an individual of the ontology")


class Statements(Listing):
    """A list of statements."""

    items: list[ListedStatement]


class ListedSource(ListedThing):
    """A source in a list."""

    title: str | None
    published: str | None = Field(description="The day by which it surely was public")
    address: str | None = Field(description="Where it can be read")


class Sources(Listing):
    """A list of sources."""

    items: list[ListedSource]


# What was found


class Part(Shape):
    """A part of a label, and whether it is one of the words that were looked for."""

    text: str
    found: bool


class Match(Shape):
    """The label in which the words were found, and its language; `parts` make it up."""

    label: str
    language: str | None
    parts: list[Part]


class FoundThing(ListedThing):
    """A thing that was found."""

    kind: str = Field(description="What stands before its name in its identifier")
    match: Match
    score: float = Field(description="How well the words fit (BM25): the more, the better")


class FoundFacets(Shape):
    """How many things were found, by kind and by the language of the label."""

    kind: list[Count]
    language: list[Count]


class Results(Listing):
    """The things that were found, the best first."""

    q: str
    items: list[FoundThing]
    facets: FoundFacets
    near: list[str] = Field(
        description="Where nothing was found: other words, which find something"
    )


class FoundTerm(Thing):
    """A term of the ontology, or a thing of the graph, that a query can name."""

    name: str = Field(description="As a query writes it: a prefixed name, else the IRI in <>")
    kind: Kind
    types: list[str] = Field(description="Its classes of the ontology, for a thing")
    definition: str | None = Field(description="What it means, in English, for a term")


class FoundTerms(Shape):
    """The terms and things that were looked for, best first; `total` counts all of them."""

    items: list[FoundTerm]
    total: int
    version: int = Field(description="The version of the graph")


# The journal


class Recorded(Shape):
    """A change to the graph as it stands in the journal."""

    seq: int = Field(description="Its number; the version of the graph after it")
    at: str = Field(description="When it was made, in UTC")
    author: str
    role: str
    reason: str
    source: str
    added: int = Field(description="Statements added, counted once for each graph")
    removed: int
    undoes: int | None = Field(description="The number of the change that it reverses")
    hash: str = Field(description="SHA-256 of all this, its statements and the hash before it")


class Changes(Shape):
    """A page of the journal."""

    items: list[Recorded]
    total: int
    limit: int
    next: str | None = Field(description="The cursor of the next page; null for the last")
