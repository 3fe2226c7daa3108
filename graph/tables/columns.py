"""The tables that can be imported, column by column, as data; nothing is read or written here.

The choices of a column are no part of it: they are what the ontology has.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Type(Enum):
    """What a cell may hold, in the words of the help sheet."""

    ROW_ID = "an id of letters, digits, - and _"
    TEXT = "text"
    LABEL = "text in English"
    DATE = "a day, month or year: 2026-01-06, 2026-01 or 2026"
    LAST_DATE = "the last day, month or year: 2026-12-31, 2026-12 or 2026"
    NUMBER = "a number without separators: 1500000.5"
    WHOLE = "a whole number"
    YES_NO = "yes or no"
    ADDRESS = "the address of a page: https://…"
    CHOICE = "one of a list"
    KIND = "a kind, one of a list"
    THING = "a name, code or id in the graph"
    CONDITION = "a condition"


class Part(Enum):
    """Which of the things that a row describes a column is about."""

    ROW = "row"
    ACTION = "action"
    MENTION = "mention"
    SOURCE = "source"


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its cells hold and which statement each of them makes.

    `property` is the local name of a term of Servanda, or a prefixed name of another vocabulary;
    without one the column decides something about the row. `of` is the class that the values
    belong to. `precision` is the property that says how finely a date is known. `made_by` is the
    column whose filled cell makes what is named here anew. Several values are divided by `;`.
    `inverse` turns the statement round: it is the deed of the undertaking named that has the row.
    """

    name: str
    help: str
    type: Type
    property: str | None = None
    part: Part = Part.ROW
    of: str | None = None
    required: bool = False
    many: bool = False
    precision: str | None = None
    made_by: str | None = None
    inverse: bool = False
    example: str = ""


@dataclass(frozen=True)
class Table:
    """A table: each row describes one thing, of class `kind` or of the one its `kind` cell names.

    `label` makes the English label of that thing from its cells; `noun` is the kind in the IRI.
    `mentions` says that a page is recorded as speaking of the thing, which is no record itself.
    """

    name: str
    help: str
    kind: str
    noun: str
    columns: tuple[Column, ...]
    label: str | None = None
    mentions: bool = True

    def column(self, name: str) -> Column:
        """Give a column by its heading."""
        return next(each for each in self.columns if each.name == name)


ID: Final = Column(
    "id",
    "Your own name for the row, which stays the same when the row is changed: it tells what a "
    "second import of the file changes.",
    Type.ROW_ID,
    required=True,
    example="R1",
)
COMMENT: Final = Column(
    "comment", "Anything a reader should know.", Type.LABEL, "rdfs:comment", example="Made up."
)


def _source(quoted: Part) -> tuple[Column, ...]:
    """Give the columns that say which page the row was noted from; `quoted` has its words."""
    return (
        Column(
            "source address",
            "The page that says so, where a reader can open it.",
            Type.ADDRESS,
            "address",
            Part.SOURCE,
            required=True,
            example="https://example.org/ruritania-pact",
        ),
        Column(
            "source title",
            "The heading of the page. Needed once for each page that the graph does not know.",
            Type.TEXT,
            "title",
            Part.SOURCE,
            example="Sweden and Ukraine sign an example",
        ),
        Column(
            "publisher",
            "Who published the page.",
            Type.TEXT,
            "publisher",
            Part.SOURCE,
            example="Example News",
        ),
        Column(
            "published on",
            "When the page was published. Without it, the claim counts as known since it was read.",
            Type.DATE,
            "publishedOn",
            Part.SOURCE,
            precision="publicationPrecision",
            example="2026-01-07",
        ),
        Column(
            "read on",
            "When you read the page.",
            Type.DATE,
            "retrievedOn",
            Part.SOURCE,
            example="2026-11-20",
        ),
        Column(
            "quotation",
            "The words of the page, letter for letter.",
            Type.TEXT,
            "quotation",
            quoted,
            example="“We shall help”, the minister said.",
        ),
        Column(
            "certainty",
            "How sure the claim is.",
            Type.CHOICE,
            "certainty",
            quoted,
            of="Certainty",
            example="stated",
        ),
    )


def _gate(name: str, property: str, help: str, example: str = "") -> Column:  # noqa: A002
    """Describe one gate."""
    return Column(name, help, Type.CONDITION, property, of="Condition", example=example)


def _instrument(property: str, help: str, *, many: bool = False) -> tuple[Column, ...]:  # noqa: A002
    return (
        Column(
            "instrument",
            help,
            Type.THING,
            property,
            of="Instrument",
            required=not many,
            many=many,
            made_by="instrument kind",
            example="Example agreement",
        ),
        Column(
            "instrument kind",
            "Only for a text that the graph does not have: which kind it is. It is then made.",
            Type.KIND,
            of="Instrument",
            example="agreement",
        ),
    )


UNDERTAKINGS: Final = Table(
    "undertakings",
    "What actors promise, plan or hold possible: one row for each.",
    "Undertaking",
    "",
    (
        ID,
        Column(
            "label",
            "What it is called, in a few words.",
            Type.LABEL,
            "rdfs:label",
            required=True,
            example="Example aid for Ukraine",
        ),
        Column(
            "kind",
            "A promise, a declared plan, or something only held possible.",
            Type.KIND,
            of="Undertaking",
            required=True,
            example="commitment",
        ),
        Column(
            "debtor",
            "Who owes it, plans it or may do it. Several: divided by ;",
            Type.THING,
            "debtor",
            of="Actor",
            required=True,
            many=True,
            example="Sweden; NO",
        ),
        Column(
            "debtor structure",
            "How several debtors share it.",
            Type.CHOICE,
            "debtorStructure",
            of="DebtorStructure",
            example="several debtors",
        ),
        Column(
            "stated debtor count",
            "How many debtors the source says there are, if it does not name them all.",
            Type.WHOLE,
            "statedDebtorCount",
            example="2",
        ),
        Column(
            "creditor",
            "Who can claim it; a promise needs one.",
            Type.THING,
            "creditor",
            of="Actor",
            many=True,
            example="UKR",
        ),
        Column(
            "beneficiary",
            "Who gains from it.",
            Type.THING,
            "beneficiary",
            of="Actor",
            many=True,
            example="Україна",
        ),
        Column("lead", "Who directs the work of several.", Type.THING, "lead", of="Actor"),
        *_instrument("recordedIn", "The text that records it; a promise needs one.", many=True),
        Column(
            "made on",
            "When it was given.",
            Type.DATE,
            "madeOn",
            precision="precision",
            example="2026-01-06",
        ),
        Column(
            "action type",
            "What kind of deed it is about.",
            Type.CHOICE,
            "actionType",
            Part.ACTION,
            of="ActionType",
            many=True,
            example="military assistance",
        ),
        Column(
            "domain",
            "Where it takes place.",
            Type.CHOICE,
            "domain",
            Part.ACTION,
            of="Domain",
            many=True,
            example="land; air",
        ),
        Column(
            "location",
            "The place, such as a territory.",
            Type.THING,
            "location",
            Part.ACTION,
            of="Place",
            many=True,
        ),
        Column(
            "purpose",
            "What it is meant to serve, in the words of the text.",
            Type.TEXT,
            "purpose",
            Part.ACTION,
        ),
        _gate(
            "established when",
            "establishedWhen",
            "What makes it binding.",
            "Example agreement enters into force",
        ),
        _gate("activated when", "activatedWhen", "What makes it owed now."),
        _gate("discharged when", "dischargedWhen", "What counts as having kept it."),
        _gate("suspended when", "suspendedWhen", "What puts it on hold."),
        _gate(
            "ends when",
            "endsWhen",
            "What ends it.",
            "any of: 2036-01-06; new event: Example agreement is denounced",
        ),
        _gate("due by", "dueBy", "By when it must be kept, such as a day.", "2027-12-31"),
        Column(
            "repeatable",
            "Whether each new trigger makes a new obligation.",
            Type.YES_NO,
            "repeatable",
        ),
        Column(
            "element of",
            "The wider undertaking that it is a part of: a row of this file, or one in the graph.",
            Type.THING,
            "elementOf",
            of="Undertaking",
            many=True,
        ),
        *_source(Part.MENTION),
        COMMENT,
    ),
)
EVIDENCE: Final = Table(
    "evidence",
    "What a page says about an event or a situation: one row for each claim.",
    "Evidence",
    "evidence",
    (
        ID,
        Column(
            "matter",
            "The event or situation that the page speaks of.",
            Type.THING,
            "evidenceFor",
            of="Matter",
            required=True,
            made_by="matter kind",
            example="Example agreement enters into force",
        ),
        Column(
            "matter kind",
            "Only for one that the graph does not have: an event happens, a state of affairs "
            "lasts. It is then made, and conditions can name it.",
            Type.KIND,
            of="Matter",
            example="event",
        ),
        Column(
            "so or not",
            "yes if the page says that it is so, no if it says that it is not.",
            Type.YES_NO,
            "polarity",
            required=True,
            example="yes",
        ),
        Column(
            "from",
            "Since when it is so, or the day of an event.",
            Type.DATE,
            "validFrom",
            required=True,
            precision="precision",
            example="2026-03",
        ),
        Column(
            "until",
            "Until when it was so, known as finely as “from”.",
            Type.DATE,
            "validUntil",
            precision="precision",
        ),
        *_source(Part.ROW),
        COMMENT,
    ),
    label="{matter}: {so or not}, by {source address}",
    mentions=False,
)
ADHERENCES: Final = Table(
    "adherences",
    "How far a party has gone towards being bound by a text: one row for each party.",
    "Adherence",
    "adherence",
    (
        ID,
        Column(
            "party",
            "Who signed, endorsed or ratified it.",
            Type.THING,
            "party",
            of="Actor",
            required=True,
            example="Suède",
        ),
        *_instrument("adheresTo", "The text."),
        Column(
            "binding force",
            "What kind of duty the text lays on this party.",
            Type.CHOICE,
            "bindingForce",
            of="BindingForce",
            example="political",
        ),
        Column(
            "stage",
            "How far the party has gone.",
            Type.CHOICE,
            "stage",
            of="AdherenceStage",
            required=True,
            example="signed",
        ),
        Column(
            "stage date",
            "When it did so.",
            Type.DATE,
            "stageDate",
            precision="precision",
            example="2026",
        ),
        Column(
            "reservation",
            "What the party keeps out of, in the words of the text.",
            Type.TEXT,
            "reservation",
        ),
        *_source(Part.MENTION),
        COMMENT,
    ),
    label="{party} and {instrument}",
)
AMOUNTS: Final = Table(
    "amounts",
    "How much of it: one row for each figure.",
    "Amount",
    "amount",
    (
        ID,
        Column(
            "undertaking",
            "What the figure belongs to: the id or label of a row of this file, or one in the "
            "graph.",
            Type.THING,
            "amount",
            of="Undertaking",
            required=True,
            inverse=True,
            example="Example aid for Ukraine",
        ),
        Column(
            "bound",
            "How the figure is meant. A fixed sum: exactly. Up to a sum: no more than. At least a "
            "sum: no less than. A share of GDP has the unit % of GDP; things are counted in a "
            "unit such as aircraft.",
            Type.CHOICE,
            "amountBound",
            of="AmountBound",
            required=True,
            example="no more than",
        ),
        Column(
            "quantity",
            "The figure itself: 2.5 billion is 2500000000; of a share, 0.25 is a quarter of a "
            "per cent.",
            Type.NUMBER,
            "quantity",
            required=True,
            example="2500000000",
        ),
        Column(
            "unit",
            "What the figure counts: a currency code such as EUR, % of GDP, or a thing such as "
            "aircraft.",
            Type.TEXT,
            "unit",
            required=True,
            example="EUR",
        ),
        Column("each year", "Whether it is meant anew each year.", Type.YES_NO, "yearly"),
        Column(
            "covers from",
            "Since when the figure is meant.",
            Type.DATE,
            "coversFrom",
            example="2026",
        ),
        Column(
            "covers until",
            "Up to when: that day, month or year is the last that is meant.",
            Type.LAST_DATE,
            "coversUntil",
            example="2027",
        ),
        Column(
            "price basis",
            "Whose prices a sum of money is in.",
            Type.TEXT,
            "priceBasis",
            example="2025 prices",
        ),
        *_source(Part.MENTION),
        COMMENT,
    ),
    label="{quantity} {unit}",
)
TABLES: Final = (UNDERTAKINGS, EVIDENCE, ADHERENCES, AMOUNTS)
