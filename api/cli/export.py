"""`servanda export`: what is recorded, for other programs: a graph, a history, or a copy."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.database import filled_directory, opened_for_reading
from api.cli.options import DataDir, Version, listed, one_of, read_number
from api.cli.terminal import say, write, write_all
from graph.errors import InvalidRequest


class ExportFormat(StrEnum):
    """How a graph is written."""

    trig = "trig"
    nq = "nq"


def export(
    format: Annotated[  # noqa: A002
        ExportFormat,
        typer.Option(
            parser=one_of(ExportFormat, "format"),
            metavar=listed(ExportFormat),
            help="How to write the graph.",
        ),
    ] = ExportFormat.trig,
    version: Version = None,
    history: Annotated[
        bool, typer.Option("--history", help="Write every transaction, as RDF Patch.")
    ] = False,
    since: Annotated[
        int | None,
        typer.Option(
            parser=read_number,
            metavar="SEQ",
            help="What differs from this version, as one RDF patch; with --history, each step.",
        ),
    ] = None,
    backup: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Copy everything into a new data directory instead."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Write the recorded graph, its history, a difference or a copy; a server may be running."""
    if backup is not None:
        if history or (version, since) != (None, None):
            raise InvalidRequest("a backup is of everything", hint="leave out the other options")
        _back_up(data_dir, backup)
    elif history:
        _write_history(data_dir, since or 0, version)
    elif since is not None:
        _write_difference(data_dir, since, version)
    else:
        _write_graph(data_dir, version, format)


def _write_graph(data_dir: Path | None, version: int | None, format: ExportFormat) -> None:  # noqa: A002
    from graph import rdf

    with opened_for_reading(data_dir, version) as database:
        quads = list(database.store.quads())
        if format is ExportFormat.nq:
            write(rdf.nquads(quads).encode())
        else:
            write(rdf.write(sorted(quads, key=lambda quad: str(quad.graph_name)), rdf.TRIG))
        say(f"{len(quads)} quads of version {database.version}")


def _write_history(data_dir: Path | None, since: int, until: int | None) -> None:
    from graph.rdf_patch import patches

    with opened_for_reading(data_dir) as database:
        count = write_all(patches(database.journal, since, until))
    say(f"{count} transactions")


def _write_difference(data_dir: Path | None, before: int, after: int | None) -> None:
    from graph.history import difference
    from graph.rdf_patch import patch_of

    with opened_for_reading(data_dir) as database:
        after = database.version if after is None else after
        change = difference(database.journal, before, after)
    write(patch_of(change))
    say(
        f"from version {before} to {after}: "
        f"{len(change.adds)} quads added, {len(change.removes)} removed"
    )


def _back_up(data_dir: Path | None, target: Path) -> None:
    from graph import backup

    version = backup.backup(filled_directory(data_dir), target)
    say(f"`{target}` holds version {version}")
