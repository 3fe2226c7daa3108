"""The shapes of answers, for the OpenAPI document; the questions themselves make the JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from api.asked import Columns
from api.findings import Found
from api.v1.parameters import PolicyRule
from graph.circularity import Sort, Way
from graph.difference import Turn
from graph.gaps import Particular
from graph.lifecycle import Flag
from graph.model import Gate, State, UndertakingKind
from graph.truth import Truth, Verdict


class Shape(BaseModel):
    """An object with these members and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)


class Thing(Shape):
    """Something that has an identifier."""

    id: str = Field(description="An IRI")
    label: str


class Assumption(Shape):
    """What a scenario takes for granted of a matter or a condition, from a day on."""

    about: str
    label: str
    truth: Truth
    since: str


class Answer(Shape):
    """What every answer depends on."""

    as_of: str = Field(description="The day asked about")
    known_at: str = Field(description="Only what was public by this day counts")
    policy: PolicyRule
    sources: list[str] | None = Field(description="The sources that alone count; null is all")
    scenario: list[Assumption]
    version: int = Field(description="The version of the graph")


# Where an undertaking stands


class PlainStanding(Shape):
    """A state with its remarks."""

    state: State
    remarks: list[Flag]


class Standing(PlainStanding):
    """A state, and what a person is told of it."""

    sentence: str


class OfDebtor(Shape):
    """Something about a debtor."""

    debtor: str
    label: str


class Days(Shape):
    """The days that one day may be; null is before every day, or never."""

    earliest: str | None
    latest: str | None


class Stretch(Shape):
    """Days through which a standing lasts; null is without beginning or end."""

    start: str | None = Field(alias="from")
    end: str | None = Field(alias="to")
    state: State
    remarks: list[Flag]


class Obligation(Shape):
    """What a debtor owes since a trigger came, and where that stands on the day asked about."""

    trigger: Thing | None = Field(description="The event that made it, if a single one did")
    since: Days
    due: Days | None
    state: State
    remarks: list[Flag]
    unforeseeable: bool = Field(description="It was missed, and nobody could know of it in time")
    share: float | None
    phases: list[Stretch]


class DebtorStanding(OfDebtor, Standing):
    """Where an undertaking stands for one debtor."""

    since: str | None
    share: float | None = Field(description="What part of a quantity was provided, 0 to 1")
    obligations: list[Obligation]


class Undertaking(Answer):
    """Where an undertaking stands for each named debtor."""

    undertaking: str
    label: str
    kind: UndertakingKind
    distribution: str
    unnamed: int | None
    debtors: list[DebtorStanding]


# Why


class Claim(Shape):
    """Evidence for or against a matter, with who said it and where."""

    evidence: str
    label: str
    holds: bool
    speakers: list[Thing]
    sources: list[Thing]
    paragraphs: list[str]
    quotations: list[str]


class Node(Shape):
    """A condition with its value on the day, and all below it."""

    condition: str
    kind: str = Field(description="Its class in the ontology")
    label: str
    operator: str | None
    verdict: Verdict
    open: bool = Field(description="Whether the value can still change")
    contributes: bool = Field(description="Whether the value of the gate rests on this one")
    applies: bool = Field(description="Whether the debtor needs it; it counts as met if not")
    applies_to: Thing | None = Field(description="Who needs the approval, if not every debtor")
    supporting: list[Claim] = Field(alias="for")
    against: list[Claim]
    assumed: list[Assumption] = Field(
        description="What the scenario lays over the claims, or over the condition, on the day"
    )
    operands: list[Node]


class ExplainedDebtor(DebtorStanding):
    """Where an undertaking stands for one debtor, with the trees of its gates."""

    decided_by: Gate | None
    gates: dict[Gate, Node]


class Explanation(Answer):
    """Why an undertaking stands where it stands."""

    undertaking: str
    debtors: list[ExplainedDebtor]


class JudgedDebtor(OfDebtor):
    """What a condition comes to for one debtor."""

    tree: Node


class Judgement(Answer):
    """What a condition comes to for debtors of an undertaking."""

    condition: str
    undertaking: str
    debtors: list[JudgedDebtor]


class Cause(Shape):
    """What made a difference."""

    kind: Turn
    about: str
    before: Verdict | None
    after: Verdict | None
    text: str


class Phase(Stretch):
    """Days through which a standing lasts, and what began it."""

    asked_about: bool
    because: list[Cause]


class DebtorPhases(OfDebtor):
    """The phases for one debtor."""

    phases: list[Phase]
    obligations: list[Obligation]


class Timeline(Answer):
    """The phases an undertaking goes through."""

    undertaking: str
    debtors: list[DebtorPhases]


# The whole graph


class Cell(Shape):
    """How many undertakings of an actor are in which state; column null is without a column."""

    actor: str
    label: str
    column: str | None
    column_label: str
    states: dict[State, int]
    declined: dict[State, int] = Field(
        description="Those of them that say no: declared plans not to do something, and "
        "commitments that the actor excluded by a reservation"
    )


class Matrix(Answer):
    """The cells that are not empty, and how many undertakings are in which state for a debtor."""

    columns: Columns
    states: dict[State, int]
    cells: list[Cell]


class CommitmentGaps(Shape):
    """What a commitment lacks, and which particulars its texts are known to leave open."""

    commitment: str
    label: str
    distribution: str
    absent: list[Particular]
    particulars: dict[str, str]


class Gaps(Answer):
    """What each commitment lacks."""

    commitments: list[CommitmentGaps]


class Atom(Thing):
    """Something that can come about, and who holds it."""

    sort: Sort
    holder: str | None
    held_by: str


class Link(Atom):
    """A link of a circle, and how it can come about."""

    way: Way


class Circle(Shape):
    """Conditions that wait for each other."""

    hard: bool
    waits: list[Link]


class Deadlocks(Answer):
    """The circles, under the readings that were chosen."""

    readings: list[Thing]
    circles: list[Circle]


# What may not be written


class Findings(Shape):
    """What was found of RDF that was sent."""

    version: int = Field(description="The version of the graph it was judged with")
    findings: list[Found]
