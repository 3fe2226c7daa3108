"""Finds what is named like a thing that is not there: by the end of its identifier, or nearly."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final
from urllib.parse import quote

from api.identifiers import ending, short
from api.labels import labels
from graph.namespaces import ID
from graph.store import Store

_MOST_READ: Final = 20_000
_MOST: Final = 5
# A name that is written wrongly is not much longer or shorter for it.
_SLACK: Final = 6
_CLOSE: Final = 0.7


def nearest(store: Store, name: str) -> list[tuple[str, str]]:
    """Give things named like `name` (`actor/frnace`), each by its label and the path of its page.

    Of those that end alike, the ones of its kind come first. Of a very large graph not every thing
    is looked at.
    """
    length = len(ID + name)
    text = f"""
        SELECT DISTINCT ?thing WHERE {{
            ?thing a ?type FILTER(STRSTARTS(STR(?thing), "{ID}"))
            FILTER(ABS(STRLEN(STR(?thing)) - {length}) <= {_SLACK})
        }} LIMIT {_MOST_READ}"""
    things = {short(row["thing"].value): row["thing"] for row in store.query(text).rows()}
    ends: dict[str, list[str]] = {}
    for each in sorted(things, key=lambda one: (_kind(one) != _kind(name), one)):
        ends.setdefault(ending(each), []).append(each)
    close = get_close_matches(ending(name), ends, n=_MOST, cutoff=_CLOSE)
    chosen = [each for end in close for each in ends[end]][:_MOST]
    known = labels(store, [things[each] for each in chosen])
    return [(known.get(things[each].value, each), f"/doc/{quote(each)}") for each in chosen]


def _kind(name: str) -> str:
    return name.partition("/")[0]
