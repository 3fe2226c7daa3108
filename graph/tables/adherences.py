"""The table of adherences: how far parties have gone towards being bound by texts."""

from __future__ import annotations

from typing import Final

from graph.tables.columns import Column, Part, Table, Type
from graph.tables.shared_columns import COMMENT, ID, instrument_columns, source_columns

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
        *instrument_columns("adheresTo", "The text."),
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
        *source_columns(Part.MENTION),
        COMMENT,
    ),
    label="{party} and {instrument}",
)
