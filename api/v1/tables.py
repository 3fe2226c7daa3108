"""Writes a page of a list as CSV: each row names what the answer depends on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any, Final

from api.negotiation import Offer
from api.situation import Json

JSON: Final = Offer("json", "application/json")
CSV: Final = Offer("csv", "text/csv")
OFFERS: Final = (JSON, CSV)

# What OpenAPI says of a list, beside its JSON.
DOCUMENTED: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {CSV.media_type: {}}}}
Row = dict[str, object]


def written(answer: Json, rows: Callable[[Json], Iterator[Row]]) -> str:
    """Write the rows of each item (RFC 4180); `rows` gives at least one for an item."""
    depends_on = {
        "asOf": answer["asOf"],
        "knownAt": answer["knownAt"],
        "policy": answer["policy"],
        "sources": None if answer["sources"] is None else " ".join(answer["sources"]),
        "scenario": " ".join(map(_assumed, answer["scenario"])),
        "version": answer["version"],
    }
    table = [{**row, **depends_on} for item in answer["items"] for row in rows(item)]
    out = StringIO()
    writer = csv.DictWriter(out, list(table[0]) if table else list(depends_on))
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def _assumed(assumption: Json) -> str:
    return f"{assumption['about']}={assumption['truth']}@{assumption['since']}"


def of_undertaking(item: Json) -> Iterator[Row]:
    """Give a row for each debtor, or one without a debtor where none is named."""
    for debtor in item["debtors"] or [{"id": None, "label": None, "state": None}]:
        yield {
            "id": item["id"],
            "label": item["label"],
            "kind": item["kind"],
            "debtor": debtor["id"],
            "debtorLabel": debtor["label"],
            "state": debtor["state"],
            "unnamed": item["unnamed"],
            **{name: _joined(item[name]) for name in ("creditors", "instruments", "domains")},
        }


def of_thing(item: Json) -> Iterator[Row]:
    """Give the one row of a thing."""
    yield {**item, "types": " ".join(item["types"])}


def _joined(things: list[Json]) -> str:
    return " ".join(each["id"] for each in things)
