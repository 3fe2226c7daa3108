"""The table of amounts: how much of an undertaking."""

from __future__ import annotations

from typing import Final

from graph.tables.columns import Column, Part, Table, Type
from graph.tables.shared_columns import COMMENT, ID, source_columns

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
        *source_columns(Part.MENTION),
        COMMENT,
    ),
    label="{quantity} {unit}",
)
