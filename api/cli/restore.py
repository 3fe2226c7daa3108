"""`servanda restore`: the graph as it was at a version, or a history taken over from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import DataDir, Version, settings
from api.cli.terminal import say
from api.cli.writing import Author, Reason, author_of, judging, opened_for_changing
from graph.errors import InvalidRequest


def restore(
    version: Version = None,
    history: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="An RDF patch to take over, from `servanda export`."),
    ] = None,
    author: Author = None,
    reason: Reason = "restore",
    data_dir: DataDir = None,
) -> None:
    """Make the graph what it was at a version, by a new transaction; or take over a history."""
    if (version is None) == (history is None):
        raise InvalidRequest(
            "one thing is restored at a time", hint="give --version SEQ or --history FILE"
        )
    if history is not None:
        _take_over(history, author_of(author), reason, data_dir)
    elif version is not None:
        _restore(version, author_of(author), reason, data_dir)


def _restore(version: int, author: str, reason: str, data_dir: Path | None) -> None:
    from graph import revert

    with opened_for_changing(data_dir) as database, judging():
        made = revert.restore(database, version, author=author, reason=reason)
        head = database.version
    if made is None:
        say(f"nothing changed; the graph of version {head} is that of version {version}")
    else:
        say(
            f"version {head} is version {version} again: "
            f"{len(made.adds)} quads added, {len(made.removes)} removed"
        )


def _take_over(history: Path, author: str, reason: str, data_dir: Path | None) -> None:
    from graph.database import Database
    from graph.rdf_patch import Patch, apply, read_patches
    from graph.write import write

    patches = read_patches(history.read_bytes(), source=str(history))
    chosen = settings(data_dir=data_dir)
    with Database.open(chosen.data_dir, writable=True) as database, judging():

        def record(patch: Patch) -> int | None:
            return write(
                database,
                patch.change,
                author=patch.header.get("author", author),
                role=patch.header.get("role", "editor"),
                reason=patch.header.get("reason", reason),
                source=patch.header.get("source", str(history)),
                undoes=patch.undoes,
                at=patch.at,
            ).seq

        before = database.version
        try:
            apply(patches, database.journal, record)
        finally:
            made = database.version - before
            say(
                f"{made} of {len(patches)} patches changed the graph; "
                f"it is at version {database.version}"
            )
