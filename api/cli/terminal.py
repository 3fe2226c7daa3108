"""Where output goes: data on stdout, everything said about it on stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

# A table in a file is read by people too: wide enough that few cells need folding.
_FILE_WIDTH = 160
# `rdfs:label:` is the name of a property, and `:label:` in it no picture.
_EMOJI = False


def stderr() -> Console:
    """Give the console for messages; rich honours NO_COLOR."""
    from rich.console import Console

    return Console(stderr=True, emoji=_EMOJI)


def say(message: str) -> None:
    """Tell a person something that is no data."""
    stderr().print(visible(message), markup=False, highlight=False, soft_wrap=True)


def show_table(table: Table) -> None:
    """Write a table to stdout."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Output(emoji=_EMOJI)
    if not console.is_terminal:
        console.width = _FILE_WIDTH
    with _while_read():
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

    return Text("" if value is None else visible(str(value)))


def visible(text: str) -> str:
    """Write control characters out: a terminal would obey those in a text of the graph."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", lambda sign: f"\\x{ord(sign[0]):02x}", text)


def write(data: bytes) -> None:
    """Write data to stdout, ending in a line break."""
    with _while_read():
        sys.stdout.flush()
        sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")


def write_all(pieces: Iterable[bytes]) -> int:
    """Write pieces of data to stdout as they come and count them."""
    count = 0
    with _while_read():
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
            count += 1
    return count


@contextmanager
def _while_read() -> Iterator[None]:
    """End quietly, and with success, when whoever reads stdout has had enough of it."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered is flushed once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
