"""Erases quads from the whole history, for data that must not be kept; a tombstone says so.

It reaches one data directory: copies made before, and readers opened before, still hold them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pyoxigraph as ox

from graph.database import Database
from graph.errors import InvalidRequest, Irreversible
from graph.journal import Transaction
from graph.namespaces import PREFIXES

_OF_WORDS: Final = {
    ox.NamedNode(PREFIXES["xsd"] + "string"),
    ox.NamedNode(PREFIXES["rdf"] + "langString"),
}


class Purged(NamedTuple):
    """What an erasure did: its tombstone, None when no transaction held any of the quads.

    `texts` is how many source texts were erased because they held words of the quads.
    """

    tombstone: Transaction | None
    texts: int


def purge(
    database: Database,
    quads: Sequence[ox.Quad],
    *,
    author: str,
    reason: str,
    role: str = "editor",
) -> Purged:
    """Take quads out of every transaction, and erase the kept source texts that hold their words.

    Past versions are then as if the quads had never been. The graph of today must not hold them:
    what leaves it is judged like any change. Raises Irreversible when it does, InvalidRequest for a
    reader or without a reason, and what `Journal.erase` raises.
    """
    database.require_writable()
    if not reason.strip():
        raise InvalidRequest("an erasure needs a reason", hint="give it with --reason")
    present = [quad for quad in quads if quad in database.store]
    if present:
        raise Irreversible(
            f"{len(present)} of the {len(quads)} quads are still in the graph, first {present[0]}",
            hint="take them out with a load that lacks them, then purge",
        )
    texts = database.judged_by.erase_texts(_wordings(quads))
    tombstone = database.journal.erase(quads, author=author, role=role, reason=reason)
    return Purged(tombstone, texts)


def _wordings(quads: Sequence[ox.Quad]) -> set[str]:
    """Give what the quads say in words: a number or a date is in many texts and tells nothing."""
    return {
        quad.object.value
        for quad in quads
        if isinstance(quad.object, ox.Literal)
        and quad.object.datatype in _OF_WORDS
        and quad.object.value.strip()
    }
