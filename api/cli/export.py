"""`servanda export`: what is recorded, for other programs: a graph, part of it, or its history."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from api.cli.chosen import Actors, Chosen, Graphs, Instruments, Undertakings
from api.cli.database import filled_directory, opened_for_reading
from api.cli.export_tables import write_tables
from api.cli.options import DataDir, Version, listed, one_of, read_number
from api.cli.template import TableName
from api.cli.terminal import say, write, write_all
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    import pyoxigraph as ox


class ExportFormat(StrEnum):
    """How a graph is written."""

    trig = "trig"
    nq = "nq"
    jsonld = "jsonld"
    patch = "patch"
    odrl = "odrl"
    odrl_jsonld = "odrl-jsonld"
    csv = "csv"
    xlsx = "xlsx"


def _as_trig(quads: list[ox.Quad]) -> bytes:
    from graph import rdf

    return rdf.write(rdf.in_order(quads), rdf.TRIG)


def _as_nquads(quads: list[ox.Quad]) -> bytes:
    from graph import rdf

    return rdf.nquads(quads).encode()


def _as_json_ld(quads: list[ox.Quad]) -> bytes:
    from graph import rdf

    return rdf.write(rdf.in_order(quads), rdf.JSON_LD)


def _as_patch(quads: list[ox.Quad]) -> bytes:
    from graph import rdf
    from graph.journal import Change
    from graph.rdf_patch import patch_of

    return patch_of(Change(tuple(rdf.in_order(quads))))


_SERIALISED: Final = {
    ExportFormat.trig: _as_trig,
    ExportFormat.nq: _as_nquads,
    ExportFormat.jsonld: _as_json_ld,
    ExportFormat.patch: _as_patch,
}


_POLICIES: Final = {ExportFormat.odrl: "ttl", ExportFormat.odrl_jsonld: "jsonld"}
_LISTS: Final = (ExportFormat.csv, ExportFormat.xlsx)


Format = Annotated[
    ExportFormat,
    typer.Option(
        parser=one_of(ExportFormat, "format"),
        metavar=listed(ExportFormat),
        help="How to write the graph.",
    ),
]
Table = Annotated[
    TableName | None,
    typer.Option(
        parser=one_of(TableName, "table"),
        metavar=listed(TableName),
        help="Only this table, of csv or xlsx; without it, undertakings in csv, all in xlsx.",
    ),
]
History = Annotated[bool, typer.Option("--history", help="Write every transaction, as RDF Patch.")]
Since = Annotated[
    int | None,
    typer.Option(
        parser=read_number,
        metavar="SEQ",
        help="What differs from this version, as one RDF patch; with --history, each step.",
    ),
]
Backup = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Copy everything into a new data directory instead."),
]
Release = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Write a citable snapshot into a new or empty folder."),
]


def export(
    format: Format = ExportFormat.trig,  # noqa: A002
    graph: Graphs = None,
    undertaking: Undertakings = None,
    instrument: Instruments = None,
    actor: Actors = None,
    table: Table = None,
    version: Version = None,
    history: History = False,
    since: Since = None,
    backup: Backup = None,
    release: Release = None,
    data_dir: DataDir = None,
) -> None:
    """Write the recorded graph, a part, its history or a copy; a server may be running."""
    chosen = Chosen(
        tuple(graph or ()), tuple(undertaking or ()), tuple(instrument or ()), tuple(actor or ())
    )
    of_all = _of_all(data_dir, version, since, history=history, backup=backup, release=release)
    if of_all and chosen:
        raise InvalidRequest(
            "a history, a difference, a release or a backup is of everything",
            hint="leave out --graph, --undertaking, --instrument and --actor",
        )
    if table is not None and (of_all or format not in _LISTS):
        raise InvalidRequest(
            "a table is written as CSV or as a workbook", hint="add --format csv or --format xlsx"
        )
    work = of_all or partial(_write_graph, data_dir, version, format, chosen, table)
    work()


def _of_all(
    data_dir: Path | None,
    version: int | None,
    since: int | None,
    *,
    history: bool,
    backup: Path | None,
    release: Path | None,
) -> Callable[[], None] | None:
    """Give what writes everything in a way of its own; None where a graph was asked for."""
    if release is not None:
        if history or since is not None or backup is not None:
            raise InvalidRequest("a release is of one version", hint="leave out the other options")
        return partial(_write_release, data_dir, version, release)
    if backup is not None:
        if history or (version, since) != (None, None):
            raise InvalidRequest("a backup is of everything", hint="leave out the other options")
        return partial(_back_up, data_dir, backup)
    if history:
        return partial(_write_history, data_dir, since or 0, version)
    if since is not None:
        return partial(_write_difference, data_dir, since, version)
    return None


def _write_graph(
    data_dir: Path | None,
    version: int | None,
    format: ExportFormat,  # noqa: A002
    chosen: Chosen,
    table: TableName | None,
) -> None:
    with opened_for_reading(data_dir, version) as database:
        if format in _SERIALISED:
            quads = chosen.quads(database.store)
            write(_SERIALISED[format](quads))
            say(f"{len(quads)} quads of version {database.version}")
        elif format in _POLICIES:
            named = chosen.named(database.store)
            _write_policies(named, format, list(database.store.quads()))
        else:
            write_tables(database.store, chosen, table, as_csv=format is ExportFormat.csv)


def _write_policies(
    quads: list[ox.Quad],
    format: ExportFormat,  # noqa: A002
    recorded: list[ox.Quad],
) -> None:
    """Write commitments as ODRL; labels may stand in the ontology, which no selection has."""
    from graph import rdf
    from graph.odrl import left_out, policies
    from graph.triples import Triples

    things = Triples.of(quads)
    made = policies(things, Triples.of(recorded))
    write(rdf.write(made, rdf.FORMAT_OF_NAME[_POLICIES[format]]))
    say(f"policies of commitments: {len(things.a('Commitment'))}")
    if unwritten := left_out(things):
        say(f"left out: {unwritten} plans and possibilities, for which ODRL has nothing")


def _write_release(data_dir: Path | None, version: int | None, target: Path) -> None:
    from api.release import release

    with opened_for_reading(data_dir, version) as database:
        names = release(database, target)
        say(f"`{target}` holds version {database.version} in {len(names)} files")


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
