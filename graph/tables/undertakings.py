"""The table of undertakings: promises, plans and possibilities, with their deeds and gates."""

from __future__ import annotations

from typing import Final

from graph.tables.columns import Column, Part, Table, Type
from graph.tables.shared_columns import COMMENT, ID, instrument_columns, source_columns


def _gate(name: str, property: str, help: str, example: str = "") -> Column:  # noqa: A002
    """Describe one gate."""
    return Column(name, help, Type.CONDITION, property, of="Condition", example=example)


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
        *instrument_columns(
            "recordedIn", "The text that records it; a promise needs one.", many=True
        ),
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
        *source_columns(Part.MENTION),
        COMMENT,
    ),
)
