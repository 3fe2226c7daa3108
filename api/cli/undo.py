"""`servanda undo`: one transaction reversed by a new one."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.options import DataDir, read_number
from api.cli.terminal import say
from api.cli.writing import Author, Reason, author_of, judging, opened_for_changing


def undo(
    seq: Annotated[
        int,
        typer.Argument(parser=read_number, metavar="SEQ", help="Its number in `servanda history`."),
    ],
    author: Author = None,
    reason: Reason = "undo",
    data_dir: DataDir = None,
) -> None:
    """Reverse one transaction by a new one; undo that one to have it back."""
    from graph import revert

    with opened_for_changing(data_dir) as database, judging():
        made = revert.undo(database, seq, author=author_of(author), reason=reason)
    say(
        f"transaction {made.seq} undoes {seq}: "
        f"{len(made.adds)} quads added, {len(made.removes)} removed"
    )
