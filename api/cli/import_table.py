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
from api.cli.writing import Author, Reason, author_of, opened_for_changing, or_by_a_server
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from api.imports.report import Report
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
    _refuse_misfits(files, mapping, only_templates=bool(sheet or replace or name))
    if mapping is not None:
        report, work = import_mapped.planned(mapping, files, author, reason, data_dir, dry_run)
    else:
        intake = _intake(files[0], name, sheet, author, replace=replace)
        report, work = _planned(intake, reason, data_dir, dry_run)
    _carry_out(work, report, format)


def _refuse_misfits(files: list[Path], mapping: str | None, *, only_templates: bool) -> None:
    if mapping is not None and only_templates:
        raise InvalidRequest(
            "a mapping names its tables and its graph itself, and replaces what was there",
            hint="leave out --sheet, --replace and --name",
        )
    if mapping is None and len(files) > 1:
        raise InvalidRequest(
            f"these are {len(files)} files", hint="import one at a time, or give a --mapping"
        )


def _intake(
    file: Path, name: str | None, sheet: list[str] | None, author: str | None, *, replace: bool
) -> Intake:
    from graph.tables.intake import Intake, name_of
    from graph.tables.submission import Origin

    content = file.read_bytes()
    origin = Origin.of(file.name, content, author_of(author))
    return Intake(name or name_of(file.name), content, origin, tuple(sheet or ()), replace)


def _planned(
    intake: Intake, reason: str, data_dir: Path | None, dry_run: bool
) -> tuple[Report, Callable[[], None]]:
    """Give the report on the import of a table, and what does it and fills the report in."""
    from api.imports.report import Report

    report = Report(file=intake.origin.file, name=intake.name, dryRun=dry_run)
    if dry_run:
        return report, partial(_judge, intake, report, data_dir)
    return report, partial(_import, intake, report, reason, data_dir)


def _carry_out(
    work: Callable[[], None],
    report: Report,
    format: AnswerFormat,  # noqa: A002
) -> None:
    """Do it and show the report; mistakes are shown first and then end the command."""
    from graph.tables.faults import TableRefused

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
    with (
        or_by_a_server(partial(opened_for_changing, data_dir)) as database,
        database.writing,
        _bar() as progress,
    ):
        plan = intake.plan(database.store, progress)
        report.take(plan)
        written, warnings = plan.carry_out(
            database, role="editor", reason=reason, source=intake.origin.file
        )
        report.finish(written.version, warnings)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show a bar for the rows that are read, where somebody looks at stderr."""
    from rich.progress import Progress, TimeElapsedColumn

    console = stderr()
    # Judging can take longer than reading, and nobody knows how long: the time shows that it goes.
    columns = (*Progress.get_default_columns()[:-1], TimeElapsedColumn())
    with Progress(
        *columns, console=console, disable=not console.is_terminal, transient=True
    ) as progress:
        reading = progress.add_task("reading the rows", total=None)

        def show(done: int, rows: int) -> None:
            progress.update(reading, completed=done, total=rows)
            if done == rows:
                progress.add_task("judging by the rules", total=None)

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
            "without --replace; if it is another table than the one that was imported under this "
            "name, give it another --name"
        )
    if report.mistakes:
        return
    adds, removes = ("would add", "remove") if report.dry_run else ("added", "removed")
    counted = "" if report.rows is None else f"{report.rows} row{'s' * (report.rows != 1)}: "
    say(
        f"{counted}{adds} {report.added} statements and {removes} {report.removed}; "
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
