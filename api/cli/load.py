"""`servanda load`: files and dataset folders into the graph, all of them or none."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failures import RulesBroken
from api.cli.findings import counted, short, show_findings
from api.cli.options import DataDir, settings
from api.cli.terminal import cell, say, show_table, stderr, table

if TYPE_CHECKING:
    from graph.load import LoadReport
    from graph.validate import Finding


def load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="RDF files or folders.")],
    author: Annotated[
        str | None, typer.Option(help="Who answers for the change; without it, who is logged in.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, for the journal.")] = "load",
    data_dir: DataDir = None,
) -> None:
    """Load RDF files or dataset folders; refused with a report if they break a shape."""
    from graph import load as loading
    from graph.database import Database
    from graph.dataset import find_files
    from graph.validate import Refused

    chosen = settings(data_dir=data_dir)
    # A wrong path is told whoever holds the directory, and before one is made.
    for path in paths:
        find_files(path)
    with Database.open(chosen.data_dir, writable=True) as database, stderr().status("judging"):
        try:
            report = loading.load(database, paths, author=author or _login(), reason=reason)
        except Refused as refused:
            show_findings(_to_mend(refused.findings))
            raise RulesBroken(refused.message, hint=refused.hint) from None
    _show(report)


def _show(report: LoadReport) -> None:
    shown = table("dataset", "added", "removed")
    for each in report.datasets:
        shown.add_row(cell(short(each.graph)), cell(each.added), cell(each.removed))
    show_table(shown)
    show_findings(_to_mend(report.findings))
    if report.unchanged:
        say(f"nothing changed; the graph is at version {report.version}")
    else:
        say(f"the graph is at version {report.version}; {counted(report.findings)}")
        say("`servanda validate` lists every finding")


def _to_mend(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what may be filled in one day: it is no news at each load."""
    return [finding for finding in findings if finding.severity != "info"]


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number that nobody has.
        return "unknown"
