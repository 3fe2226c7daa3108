"""The columns that several tables have: ids, comments, texts and the pages rows come from."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from graph.tables.columns import Column, Part, Type

ID: Final = Column(
    "id",
    "Your own name for the row, which stays the same when the row is changed: it tells what a "
    "second import of the file changes. A row that was exported has the id of its thing.",
    Type.ROW_ID,
    required=True,
    example="R1",
)
COMMENT: Final = Column(
    "comment", "Anything a reader should know.", Type.LABEL, "rdfs:comment", example="Made up."
)
ADDRESS: Final = "source address"
"""The column that tells which page a row was noted from."""
_PAGE: Final = (
    Column(
        ADDRESS,
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
)
_WORDS: Final = (
    Column(
        "quotation",
        "The words of the page, letter for letter.",
        Type.TEXT,
        "quotation",
        example="“We shall help”, the minister said.",
    ),
    Column(
        "certainty",
        "How sure the claim is.",
        Type.CHOICE,
        "certainty",
        of="Certainty",
        example="stated",
    ),
)


def source_columns(quoted: Part) -> tuple[Column, ...]:
    """Give the columns that say which page the row was noted from; `quoted` has its words."""
    return (*_PAGE, *(replace(each, part=quoted) for each in _WORDS))


def instrument_columns(
    property: str,  # noqa: A002
    help: str,  # noqa: A002
    *,
    many: bool = False,
) -> tuple[Column, ...]:
    """Give the columns that name a text, and say which kind of text is made anew."""
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
