"""The shapes of answers about one thing that is no undertaking, for the OpenAPI document."""

from __future__ import annotations

from pydantic import Field

from api.v1.schemas import Answer, Thing
from api.v1.schemas_of_lists import (
    ListedEvent,
    ListedEvidence,
    ListedSource,
    ListedStatement,
    ListedThing,
)
from graph.model import State, UndertakingKind
from graph.truth import Verdict


class LinkedUndertaking(Thing):
    """An undertaking to which a thing is linked."""

    kind: UndertakingKind
    href: str = Field(description="Where it stands for each debtor")
    distribution: str


class OwedUndertaking(LinkedUndertaking):
    """An undertaking of an actor."""

    state: State | None = Field(description="Its state for this actor; null for a coalition")


class JudgedMatter(Thing):
    """A matter with whether it is so on the day asked about."""

    verdict: Verdict


class Actor(Answer, ListedThing):
    """An actor with what it owes, is owed and decides."""

    member_of: list[Thing]
    members: list[Thing]
    owes: list[OwedUndertaking] = Field(description="Also what a coalition owes for its members")
    owed: list[LinkedUndertaking]
    decides: list[JudgedMatter]


class Adherence(Thing):
    """The relation of parties to a text."""

    parties: list[Thing]
    stage: str | None = Field(description="An individual of the ontology, such as `Endorsed`")
    binding_force: str | None = Field(description="An individual of the ontology")
    by: str | None = Field(description="The day by which the stage was reached")


class Instrument(Answer, ListedThing):
    """A text with what it records and who adheres to it."""

    records: list[LinkedUndertaking]
    adherences: list[Adherence]


class LinkedClaim(Thing):
    """A claim about a matter."""

    holds: bool = Field(description="Whether it says that the matter is so, or is not")
    counts: bool = Field(description="Whether it was public, and a source of it counts")


class Event(Answer, ListedEvent):
    """An event with the claims about it and what hangs on it."""

    claims: list[LinkedClaim]
    awaited_by: list[LinkedUndertaking] = Field(
        description="Undertakings of which a condition looks at it, whether they still wait or not"
    )


class Domain(Answer, ListedThing):
    """A domain with what is undertaken in it."""

    undertakings: list[LinkedUndertaking]


class SingleClaim(Answer, ListedEvidence):
    """A claim that a matter is so, or is not."""

    counts: bool = Field(description="Whether it was public, and a source of it counts")


class Statement(Answer, ListedStatement):
    """What a speaker said."""


class Source(Answer, ListedSource):
    """A source with what stands in it."""

    claims: list[Thing]
    statements: list[Thing]
