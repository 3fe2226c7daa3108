"""The table of evidence: what pages say of events and situations."""

from __future__ import annotations

from typing import Final

from graph.tables.columns import Column, Part, Table, Type
from graph.tables.shared_columns import COMMENT, ID, source_columns

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
        *source_columns(Part.ROW),
        COMMENT,
    ),
    label="{matter}: {so or not}, by {source address}",
    mentions=False,
)
