"""Shows answers as tables for people: changes, causes and counts of states."""

from __future__ import annotations

from collections.abc import Iterable

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


def standing(found: Json) -> str:
    """Write a state with its remarks."""
    return "; ".join([found["state"], *found["remarks"]])


def rounded(fraction: Json) -> str:
    """Write an exact fraction with four digits that count."""
    return f"{fraction['value']:.4g}"
