"""`servanda load`: files and dataset folders into the graph, all of them or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.findings import counted, short, show_findings
from api.cli.options import DataDir, settings
from api.cli.terminal import cell, say, show_table, table
from api.cli.writing import Author, Reason, author_of, judging, to_mend

if TYPE_CHECKING:
    from graph.load import LoadReport


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="RDF files or folders.")],
    author: Author = None,
    reason: Reason = "load",
    data_dir: DataDir = None,
    judge_seconds: Annotated[
        float | None,
        typer.Option(min=0.001, help="Give up after judging for so long; else it takes its time."),
    ] = None,
) -> None:
    """Load RDF files or dataset folders; refused with a report if they break a shape."""
    from graph import load as loading
    from graph.database import Database
    from graph.dataset import find_files
    from graph.slices.deadline import judge_within
    from graph.slices.verdict import judge_change

    chosen = settings(data_dir=data_dir)
    # A wrong path is told whoever holds the directory, and before one is made.
    for path in paths:
        find_files(path)
    with Database.open(chosen.data_dir, writable=True) as database, judging():
        judge = judge_change if judge_seconds is None else judge_within(judge_seconds)
        report = loading.load(database, paths, author=author_of(author), reason=reason, judge=judge)
    _show(report)


def _show(report: LoadReport) -> None:
    shown = table("dataset", "added", "removed")
    for each in report.datasets:
        shown.add_row(cell(short(each.graph)), cell(each.added), cell(each.removed))
    show_table(shown)
    show_findings(to_mend(report.findings))
    if report.unchanged:
        say(f"nothing changed; the graph is at version {report.version}")
    elif report.written.seq is None:
        graphs = ", ".join(short(graph.value) for graph in report.written.texts)
        say(f"the source text of {graphs} changed and nothing else; what quotes it still fits")
    else:
        judged = "" if report.written.judged_all_because else " in what changed"
        say(f"the graph is at version {report.version}; {counted(report.findings)}{judged}")
        say("`servanda validate` lists every finding")
