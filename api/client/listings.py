"""Lists as values and tables; their pages are fetched while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from api.client.tables import Row, Table
from api.situation import Json

Item = TypeVar("Item", bound=BaseModel)
Fetch = Callable[[str | None], Json]
Spread = Callable[[Json], Iterator[Row]]


@dataclass(frozen=True)
class Listing(Table, Generic[Item]):
    """A list, fetched page by page while it is read; each reading asks anew.

    `fetch` gives the page to which a cursor points, `spread` the rows of an item.
    """

    fetch: Fetch
    item: type[Item]
    spread: Spread

    def __iter__(self) -> Iterator[Item]:
        """Give the items in their order.

        Raises InvalidRequest where the graph changes between two pages.
        """
        for each in self._items():
            yield self.item.model_validate(each, extra="ignore")

    def rows(self) -> list[Row]:
        """Give the rows of each item."""
        return [row for each in self._items() for row in self.spread(each)]

    def _items(self) -> Iterator[Json]:
        cursor = None
        while True:
            found = self.fetch(cursor)
            yield from found["items"]
            cursor = found["next"]
            if cursor is None:
                return


def of_undertaking(item: Json) -> Iterator[Row]:
    """Give a row for each debtor, or one without a debtor where none is named."""
    for debtor in item["debtors"] or [{"label": None, "state": None, "matches": None}]:
        yield {
            "id": item["id"],
            "commitment": item["label"],
            "kind": item["kind"],
            "debtor": debtor["label"],
            "state": debtor["state"],
            "matches": debtor["matches"],
        }


def of_found(item: Json) -> Iterator[Row]:
    """Give a row for a thing, with the label in which the words were found."""
    match = item["match"]["label"]
    yield {"id": item["id"], "label": item["label"], "kind": item["kind"], "match": match}


def of_one(item: Json) -> Iterator[Row]:
    """Give an item as it is for its one row."""
    yield item
