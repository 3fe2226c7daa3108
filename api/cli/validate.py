"""`servanda validate`: what breaks a rule, in the graph or in files; it changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.database import opened_for_reading
from api.cli.failures import FINDINGS
from api.cli.findings import counted, show_findings, write_json
from api.cli.options import DataDir, settings
from api.cli.terminal import say, stderr, write

if TYPE_CHECKING:
    import pyoxigraph as ox


class ReportFormat(StrEnum):
    """How the findings are written."""

    table = "table"
    json = "json"
    ttl = "ttl"


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH...]", help="RDF files or folders; without any, the graph."),
    ] = None,
    format: Annotated[  # noqa: A002
        ReportFormat, typer.Option(help="How to write the findings.")
    ] = ReportFormat.table,
    data_dir: DataDir = None,
) -> None:
    """Judge the graph, or files together with the shipped ontology, by the shapes."""
    from graph import validate as judging

    with stderr().status("judging"):
        quads = _in_files(paths) if paths else _in_graph(data_dir)
        findings = judging.validate(quads)
    if format is ReportFormat.ttl:
        write(judging.report(quads))
    elif format is ReportFormat.json:
        write_json(findings)
    else:
        show_findings(findings)
    say(counted(findings))
    if any(finding.severity == "violation" for finding in findings):
        raise typer.Exit(FINDINGS)


def _in_graph(data_dir: Path | None) -> list[ox.Quad]:
    with opened_for_reading(settings(data_dir=data_dir)) as database:
        return list(database.store.quads())


def _in_files(paths: Sequence[Path]) -> list[ox.Quad]:
    from graph.dataset import read_datasets, refuse_unknown_terms, with_imports
    from graph.resources import resource

    given = with_imports(read_datasets(paths))
    shipped = read_datasets([resource("ontology")])
    refuse_unknown_terms(given, [*shipped, *given])
    replaced = {each.graph for each in given}
    beside = [each for each in shipped if each.graph not in replaced]
    return [quad for each in (*given, *beside) for quad in each.quads]
