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


def nearest(store: Store, name: str) -> list[tuple[str, str]]:
    """Give things named like `name` (`actor/frnace`), each by its label and the path of its page.

    Those that end in the same come first. Of a very large graph not every thing is looked at.
    """
    length = len(ID + name)
    text = f"""
        SELECT DISTINCT ?thing WHERE {{
            ?thing a ?type FILTER(STRSTARTS(STR(?thing), "{ID}"))
            FILTER(ABS(STRLEN(STR(?thing)) - {length}) <= {_SLACK})
        }} LIMIT {_MOST_READ}"""
    things = {short(row["thing"].value): row["thing"] for row in store.query(text).rows()}
    found = [each for each in sorted(things) if ending(each) == ending(name)]
    found += get_close_matches(name, sorted(things), n=_MOST, cutoff=0.75)
    chosen = list(dict.fromkeys(found))[:_MOST]
    known = labels(store, [things[each] for each in chosen])
    return [(known.get(things[each].value, each), f"/doc/{quote(each)}") for each in chosen]
