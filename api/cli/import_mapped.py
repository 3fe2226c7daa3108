"""`servanda import --mapping`: tables of any shape into the graph, by a mapping file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.database import opened_for_reading
from api.cli.options import settings
from api.cli.terminal import stderr
from api.cli.writing import author_of, or_by_a_server

if TYPE_CHECKING:
    from api.imports.report import Report
    from graph.mapping.columns import Mapping


def planned(
    mapping: str,
    files: Sequence[Path],
    author: str | None,
    reason: str,
    data_dir: Path | None,
    dry_run: bool,
) -> tuple[Report, Callable[[], None]]:
    """Give the report on such an import, and what does the import and fills the report in."""
    from api.imports.report import Report
    from graph.mapping.follow import find_mapping
    from graph.namespaces import DATA

    # A wrong name is told whoever holds the directory, and before one is made.
    found = find_mapping(mapping)
    report = Report(
        file=" ".join(file.name for file in files),
        name=found.graph.removeprefix(DATA),
        dryRun=dry_run,
    )
    if dry_run:
        return report, partial(_judge, report, found, files, data_dir)
    return report, partial(_take_in, report, found, files, author_of(author), reason, data_dir)


def _judge(report: Report, mapping: Mapping, files: Sequence[Path], data_dir: Path | None) -> None:
    from graph.mapping.intake import judge_mapped

    with (
        opened_for_reading(data_dir) as database,
        stderr().status("following the mapping, then judging"),
    ):
        report.added, report.removed, warnings = judge_mapped(database.store, mapping, files)
        report.finish(database.version, warnings)


def _take_in(
    report: Report,
    mapping: Mapping,
    files: Sequence[Path],
    author: str,
    reason: str,
    data_dir: Path | None,
) -> None:
    """Take in what a mapping says; a graph that is not there yet is made."""
    from graph.database import Database
    from graph.mapping.intake import import_mapped

    directory = settings(data_dir=data_dir).data_dir
    opened = or_by_a_server(partial(Database.open, directory, writable=True))
    with opened as database, stderr().status("following the mapping, then judging"):
        loaded, warnings = import_mapped(database, mapping, files, author=author, reason=reason)
    dataset = loaded.datasets[-1]
    report.added, report.removed = dataset.added, dataset.removed
    report.finish(loaded.version, warnings)
