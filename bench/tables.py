"""Draws what was measured; a column holds figures unless it names what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table


def drawn(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    named: str | None = None,
    caption: str | None = None,
) -> Table:
    """Draw a table; the column `named` is read from the left, all others are figures."""
    table = Table(title=title, caption=caption)
    for heading in headings:
        table.add_column(heading, justify="left" if heading == named else "right")
    for row in rows:
        table.add_row(*row)
    return table
