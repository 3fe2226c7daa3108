"""Shows answers as tables for people: changes, causes, obligations and counts of states."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.cli.answering import Json
from api.cli.terminal import cell, show_table, table


def show_changes(changes: Iterable[Json]) -> None:
    """Write changes to stdout: before, after, and because of what."""
    shown = table("undertaking", "debtor", "before", "after", "because")
    for change in changes:
        cells = (
            change["label"],
            change["debtorLabel"],
            change["before"]["sentence"],
            change["after"]["sentence"],
            because(change),
        )
        shown.add_row(*map(cell, cells))
    show_table(shown)


def because(change: Json) -> str:
    """Write causes, one to a line."""
    return "\n".join(cause["text"] for cause in change["because"])


OBLIGATION: Final = ("obligation by", "since", "due", "state", "provided")


def obligation_cells(obligation: Json) -> tuple[str, ...]:
    """Give the cells of one obligation, for the columns OBLIGATION."""
    trigger, share = obligation["trigger"], obligation["share"]
    late = ["could not be known in time"] if obligation["unforeseeable"] else []
    return (
        trigger["label"] if trigger else "",
        _days(obligation["since"]),
        _days(obligation["due"]) if obligation["due"] else "",
        "; ".join([obligation["state"], *obligation["remarks"], *late]),
        "" if share is None else f"{share:.0%}",
    )


def _days(days: Json) -> str:
    """Write a day, or the days it may be."""
    first, last = days["earliest"] or "the beginning", days["latest"]
    if first == last:
        return str(first)
    return f"{first} to {last}" if last else f"{first} or never"


def standing(found: Json) -> str:
    """Write a state with its remarks."""
    return "; ".join([found["state"], *found["remarks"]])


def rounded(fraction: Json) -> str:
    """Write an exact fraction with four digits that count."""
    return f"{fraction['value']:.4g}"
