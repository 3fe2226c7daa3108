"""Draws what was measured; a column holds figures unless it names what was measured."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from rich.table import Table


def drawn(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    named: Container[str] = (),
    caption: str | None = None,
) -> Table:
    """Draw a table; the columns `named` are read from the left, all others are figures."""
    table = Table(title=title, caption=caption)
    for heading in headings:
        table.add_column(heading, justify="left" if heading in named else "right")
    for row in rows:
        table.add_row(*row)
    return table
