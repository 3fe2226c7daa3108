"""Writes a page of a list as CSV or XLSX: each row names what the answer depends on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any, Final

from api.negotiation import Offer
from api.situation import Json
from graph.errors import AnswerTooLarge
from graph.tables.sheets import FORMULA

JSON: Final = Offer("json", "application/json")
CSV: Final = Offer("csv", "text/csv")
XLSX: Final = Offer("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
OFFERS: Final = (JSON, CSV, XLSX)

# What OpenAPI says of a list, beside its JSON.
DOCUMENTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {CSV.media_type: {}, XLSX.media_type: {"schema": {"format": "binary"}}}}
}
_SAID: Final = ("matter", "about", "speakers", "saidIn")
_LINKS: Final = ("creditors", "instruments", "domains", "binding")
_NO_TIME: Final = datetime(1980, 1, 1, tzinfo=UTC)
Row = dict[str, object]


def rows_of(answer: Json, rows: Callable[[Json], Iterator[Row]]) -> list[list[object]]:
    """Give the heading and the rows of each item; `rows` gives at least one for an item."""
    depends_on = {
        "asOf": answer["asOf"],
        "knownAt": answer["knownAt"],
        "policy": answer["policy"],
        "sources": None if answer["sources"] is None else " ".join(answer["sources"]),
        "scenario": " ".join(map(_assumed, answer["scenario"])),
        "version": answer["version"],
    }
    table = [{**row, **depends_on} for item in answer["items"] for row in rows(item)]
    heading: list[object] = list(table[0] if table else depends_on)
    return [heading, *([_written(cell) for cell in row.values()] for row in table)]


def _written(cell: object) -> object:
    return str(cell).lower() if isinstance(cell, bool) else cell


def as_csv(table: list[list[object]], *, raw: bool) -> bytes:
    """Write CSV (RFC 4180); a cell that a program might run has an apostrophe, unless `raw`."""
    out = StringIO()
    csv.writer(out).writerows(table if raw else (map(_harmless, row) for row in table))
    return out.getvalue().encode()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def as_xlsx(table: list[list[object]]) -> bytes:
    """Write a workbook of one sheet; a text is always a text there, never a formula or a link.

    Raises AnswerTooLarge for what no sheet or cell can hold: the rest would be cut off unseen.
    """
    from xlsxwriter import Workbook

    out = BytesIO()
    # A worker opens no file.
    with Workbook(out, {"in_memory": True}) as book:
        # The same question has the same bytes again, and so the same ETag.
        book.set_properties({"created": _NO_TIME})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                if cell is not None and write(row, column, cell) < 0:
                    raise AnswerTooLarge(
                        f"row {row + 1} does not fit into a worksheet",
                        hint="ask for `csv`, or for fewer rows with `limit`",
                    )
    return out.getvalue()


def _assumed(assumption: Json) -> str:
    return f"{assumption['about']}={assumption['truth']}@{assumption['since']}"


def of_undertaking(item: Json) -> Iterator[Row]:
    """Give a row for each debtor, or one without a debtor where none is named."""
    nobody = dict.fromkeys(("id", "label", "state", "since", "matches"))
    for debtor in item["debtors"] or [nobody]:
        yield {
            "id": item["id"],
            "label": item["label"],
            "kind": item["kind"],
            "debtor": debtor["id"],
            "debtorLabel": debtor["label"],
            "state": debtor["state"],
            "since": debtor["since"],
            "matches": debtor["matches"],
            "unnamed": item["unnamed"],
            **_linked(item, _LINKS),
        }


def of_thing(item: Json) -> Iterator[Row]:
    """Give the one row of a thing."""
    yield {**item, "types": " ".join(item["types"])}


def of_claim(item: Json) -> Iterator[Row]:
    """Give the one row of a claim or a statement; its quotations, each on a line."""
    links = {name: [each] if name == "matter" else each for name, each in item.items()}
    said = _linked(links, [name for name in _SAID if name in item])
    rest = {name: value for name, value in item.items() if name not in _SAID}
    yield {
        **rest,
        "types": " ".join(item["types"]),
        **said,
        "quotations": "\n".join(item["quotations"]),
    }


def of_found(item: Json) -> Iterator[Row]:
    """Give the one row of a thing that was found."""
    row = {name: item[name] for name in ("id", "label", "kind", "href")}
    match = item["match"]
    found = {"found": match["label"], "language": match["language"]}
    yield {**row, "types": " ".join(item["types"]), **found}


def _linked(item: Json, names: Iterable[str]) -> Row:
    """Give the identifiers that stand under some names, each column with its labels beside it."""
    row: Row = {}
    for name in names:
        row[name] = " ".join(each["id"] for each in item[name])
        row[f"{name.removesuffix('s')}Labels"] = "; ".join(each["label"] for each in item[name])
    return row
