"""`servanda import`: a filled-in table into the graph, all of it or, with a reason, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import import_mapped
from api.cli.database import opened_for_reading
from api.cli.failures import RulesBroken
from api.cli.options import AnswerFormat, DataDir, FormatOption
from api.cli.terminal import cell, say, show_table, stderr, table, write
from api.cli.writing import Author, Reason, author_of, opened_for_changing
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from api.imports.report import Report
    from graph.database import Database
    from graph.tables.intake import Intake


def import_table(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="A CSV file or an XLSX workbook.")
    ],
    mapping: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="The mapping of tables of another shape, which may be several CSV files.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Judge it, and write nothing.")
    ] = False,
    sheet: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this sheet of a workbook; repeatable."),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Remove what rows said that the file no longer has."),
    ] = False,
    name: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name of its graph; without it, that of the file."),
    ] = None,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    author: Author = None,
    reason: Reason = "import",
    data_dir: DataDir = None,
) -> None:
    """Import a table filled in from a template, or others by a mapping; mistakes by row and column.

    `servanda template` writes an empty table; docs/mappings.md says how to write a mapping.
    """
    from api.imports.report import Report
    from graph.tables.faults import TableRefused
    from graph.tables.intake import Intake, name_of
    from graph.tables.submission import Origin

    if mapping is not None and (sheet or replace or name):
        raise InvalidRequest(
            "a mapping names its tables and its graph itself, and replaces what was there",
            hint="leave out --sheet, --replace and --name",
        )
    if mapping is None and len(files) > 1:
        raise InvalidRequest(
            f"these are {len(files)} files", hint="import one at a time, or give a --mapping"
        )
    if mapping is not None:
        report, work = import_mapped.planned(mapping, files, author, reason, data_dir, dry_run)
    else:
        content = files[0].read_bytes()
        origin = Origin.of(files[0].name, content, author_of(author))
        intake = Intake(
            name or name_of(files[0].name), content, origin, tuple(sheet or ()), replace
        )
        report = Report(file=files[0].name, name=intake.name, dryRun=dry_run)
        work = (
            partial(_judge, intake, report, data_dir)
            if dry_run
            else partial(_import, intake, report, reason, data_dir)
        )
    try:
        work()
    except TableRefused as refused:
        report.refuse(refused.faults)
        _show(report, format)
        raise RulesBroken(refused.message, hint=refused.hint) from None
    _show(report, format)


def _judge(intake: Intake, report: Report, data_dir: Path | None) -> None:
    from graph.rules import read_rules
    from graph.tables.faults import TableRefused, errors

    with opened_for_reading(data_dir) as database, _bar() as progress:
        plan = intake.plan(database.store, progress)
        report.take(plan)
        found = plan.judged(database.store, read_rules())
        if errors(found):
            raise TableRefused(found)
        report.finish(database.version, found)


def _import(intake: Intake, report: Report, reason: str, data_dir: Path | None) -> None:
    with _opened(data_dir) as database, database.writing, _bar() as progress:
        plan = intake.plan(database.store, progress)
        report.take(plan)
        written, warnings = plan.carry_out(
            database, role="editor", reason=reason, source=intake.origin.file
        )
        report.finish(written.version, warnings)


def _opened(data_dir: Path | None) -> Database:
    """Open the graph for its one writer; where that is a server, it takes tables too."""
    from graph.errors import DirectoryInUse

    try:
        return opened_for_changing(data_dir)
    except DirectoryInUse as error:
        raise DirectoryInUse(
            error.message,
            hint=f"{error.hint}; or send it to the server: POST /api/v1/imports with a token",
        ) from None


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar for the rows that are read, where somebody looks at stderr."""
    from rich.progress import Progress

    console = stderr()
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        reading = progress.add_task("reading the rows", total=None)

        def show(done: int, rows: int) -> None:
            progress.update(reading, completed=done, total=rows)
            if done == rows:
                progress.add_task("judging", total=None)

        yield show


def _show(report: Report, format: AnswerFormat) -> None:  # noqa: A002
    if format is AnswerFormat.json:
        write(report.model_dump_json(indent=2).encode())
    else:
        _show_mistakes(report)
    if report.rows_gone:
        stay = "would stay" if report.dry_run else "stay"
        say(
            f"the file no longer has {', '.join(report.rows_gone)}, which {stay} in the graph "
            "without --replace"
        )
    if report.mistakes:
        return
    did = "would add" if report.dry_run else "added"
    counted = "" if report.rows is None else f"{report.rows} rows: "
    say(
        f"{counted}{did} {report.added} statements and {report.removed} removed; "
        f"the graph is at version {report.version}"
    )


def _show_mistakes(report: Report) -> None:
    if not report.errors and not report.warnings:
        return
    shown = table("", "table", "row", "column", "what is wrong", "what to do")
    for word, mistakes in (("error", report.errors), ("warning", report.warnings)):
        for each in mistakes:
            cells = (word, each.table, each.row, each.column, each.message, each.hint)
            shown.add_row(*map(cell, cells))
    show_table(shown)
