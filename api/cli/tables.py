"""Shows answers as tables for people, and writes obligations and fractions."""

from __future__ import annotations

from typing import Final

from api.cli.answering import Json
from api.cli.terminal import cell, show_table, table
from api.jobs.rows import Table


def show(found: Table) -> None:
    """Write a table to stdout, with its heads where it has no rows."""
    shown = table(*found.columns)
    for row in found.rows:
        shown.add_row(*map(cell, row))
    show_table(shown)


def show_any(found: Table) -> None:
    """Write a table to stdout if it has rows."""
    if found.rows:
        show(found)


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


def rounded(fraction: Json) -> str:
    """Write an exact fraction with four digits that count."""
    return f"{fraction['value']:.4g}"
