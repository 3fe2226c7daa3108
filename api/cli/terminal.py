"""Where output goes: data on stdout, everything said about it on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# A table in a file is read by people too: wide enough that few cells need folding.
_FILE_WIDTH = 160


def stderr() -> Console:
    """Give the console for messages; rich honours NO_COLOR."""
    from rich.console import Console

    return Console(stderr=True)


def say(message: str) -> None:
    """Tell a person something that is no data."""
    stderr().print(message, markup=False, highlight=False, soft_wrap=True)


def show_table(table: Table) -> None:
    """Write a table to stdout."""
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        console.width = _FILE_WIDTH
    console.print(table)


def table(*columns: str) -> Table:
    """Start a table in which long values fold and none is cut."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def cell(value: object) -> Any:
    """Show a value as it is: text of the graph is never markup."""
    from rich.text import Text

    return Text("" if value is None else str(value))


def write(data: bytes) -> None:
    """Write data to stdout, ending in a line break."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
    sys.stdout.flush()
