"""The journal page by page; what stands in it is asked of the journal and not of a snapshot."""

from __future__ import annotations

from datetime import UTC, datetime

from api.asked import InvalidValue
from api.numbers import whole_number
from api.situation import Json
from api.transactions import transaction_json
from graph.journal import Journal


def changes(journal: Journal, since: str | None, limit: int, cursor: str | None) -> Json:
    """Give at most `limit` changes, oldest first, from where the cursor of a page points.

    Raises InvalidValue for a cursor that leads nowhere and for what is no time.
    """
    last = journal.head
    begins = 0 if since is None else journal.version_before(_moment(since))
    after = max(_place(cursor, last), begins)
    until = min(after + limit, last)
    return {
        "items": [transaction_json(each) for each in journal.transactions(after, until)],
        "total": last,
        "limit": limit,
        "next": str(until) if until < last else None,
    }


def _place(cursor: str | None, last: int) -> int:
    place = 0 if cursor is None else whole_number(cursor)
    if place is None or place > last:
        raise InvalidValue(
            f"the cursor `{cursor}` leads nowhere",
            hint="ask without a cursor, and then go on with what `next` gives",
            parameter="cursor",
        )
    return place


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValue(
            f"`{text}` is no time", hint="write it as 2026-01-06T09:30:00Z", parameter="since"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
