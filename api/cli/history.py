"""`servanda history`: every transaction, who made it, when and why; and erasure from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.database import opened_for_reading
from api.cli.findings import short
from api.cli.held import show_held
from api.cli.options import AnswerFormat, DataDir, FormatOption
from api.cli.terminal import cell, say, show_table, table, write
from api.cli.writing import Author, author_of, opened_for_changing
from api.transactions import transaction_json
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from graph.journal import Transaction


def history(
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    purge: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Erase the quads of an N-Quads file from every transaction."
        ),
    ] = None,
    held: Annotated[
        str | None,
        typer.Option(
            metavar="'S P O'",
            help="Show in place of them the versions in which a statement was recorded; "
            "? stands for anything.",
        ),
    ] = None,
    author: Author = None,
    reason: Annotated[str, typer.Option(help="Why the quads are erased.")] = "",
    data_dir: DataDir = None,
) -> None:
    """List the transactions, oldest first: who, when, why, from what, and what was undone."""
    if held is not None and purge is not None:
        raise InvalidRequest("asking and erasing go one at a time", hint="leave out --purge")
    if held is not None:
        show_held(held, format, data_dir)
        return
    if purge is not None:
        _purge(purge, author_of(author), reason, data_dir)
        return
    from graph.history import reversals

    with opened_for_reading(data_dir) as database:
        undone = reversals(database.journal)
        rows = [_json(each, undone.get(each.seq)) for each in database.journal.transactions()]
    if format is AnswerFormat.json:
        write(json.dumps(rows, ensure_ascii=False, indent=2).encode())
        return
    if rows:
        _show(rows)
    say(f"{len(rows)} {'transaction' if len(rows) == 1 else 'transactions'}")


def _json(transaction: Transaction, undone_by: int | None) -> dict[str, Any]:
    return {
        **transaction_json(transaction),
        "undone_by": undone_by,
        "erased_from": sorted(transaction.rewritten),
    }


def _show(rows: list[dict[str, Any]]) -> None:
    shown = table("seq", "at", "who", "why", "source", "added", "removed", "note")
    for row in rows:
        cells = (
            row["seq"],
            row["at"][:16].replace("T", " "),
            f"{row['author']} ({row['role']})",
            row["reason"],
            "\n".join(map(short, row["source"].split(" "))),
            row["added"],
            row["removed"],
            _note(row),
        )
        shown.add_row(*map(cell, cells))
    show_table(shown)


def _note(row: dict[str, Any]) -> str:
    erased = ", ".join(map(str, row["erased_from"]))
    notes = (
        f"undoes {row['undoes']}" if row["undoes"] else "",
        f"undone by {row['undone_by']}" if row["undone_by"] else "",
        f"erased from {erased}" if erased else "",
    )
    return "; ".join(filter(None, notes))


def _purge(file: Path, author: str, reason: str, data_dir: Path | None) -> None:
    from graph import purge, rdf

    quads = rdf.parse(file.read_bytes(), format=rdf.N_QUADS, source=str(file))
    with opened_for_changing(data_dir) as database:
        tombstone, texts = purge.purge(database, quads, author=author, reason=reason)
    if tombstone is None:
        say("no transaction holds any of these quads; what was erased before is overwritten")
    else:
        erased = ", ".join(map(str, sorted(tombstone.rewritten)))
        say(f"erased from transaction {erased}; transaction {tombstone.seq} says so")
        say("copies and exports made before still hold what was erased")
    if texts:
        say(f"kept source texts erased because they held words of it: {texts}; until a dataset is")
        say("loaded again with a `source.txt` without them, its quotations are not checked")
