"""A transaction of the journal as JSON, for the command line and over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.journal import Transaction


def transaction_json(transaction: Transaction) -> dict[str, Any]:
    """Give who changed the graph, when, why and from what; what was changed is only counted."""
    return {
        "seq": transaction.seq,
        "at": moment(transaction.at),
        "author": transaction.author,
        "role": transaction.role,
        "reason": transaction.reason,
        "source": transaction.source,
        "added": len(transaction.adds),
        "removed": len(transaction.removes),
        "undoes": transaction.undoes,
        "hash": transaction.hash,
    }


def moment(at: datetime) -> str:
    """Write a moment (UTC) as XML Schema does."""
    return at.isoformat().replace("+00:00", "Z")
