"""`servanda validate`: what breaks a rule, in the graph or in files; it changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.database import opened_for_reading
from api.cli.failures import FINDINGS
from api.cli.findings import Severity, at_least, counted, show_findings, write_json
from api.cli.options import DataDir, listed, one_of
from api.cli.terminal import say, stderr, write
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    import pyoxigraph as ox

    from graph.dataset import Dataset


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
        ReportFormat,
        typer.Option(
            parser=one_of(ReportFormat, "format"),
            metavar=listed(ReportFormat),
            help="How to write the findings.",
        ),
    ] = ReportFormat.table,
    severity: Annotated[
        Severity,
        typer.Option(
            parser=one_of(Severity, "severity"),
            metavar=listed(Severity),
            help="The least grave findings to show.",
        ),
    ] = Severity.info,
    data_dir: DataDir = None,
) -> None:
    """Judge the graph, or files together with the shipped ontology, by the shapes."""
    from graph.deprecated import check_deprecated
    from graph.quotations import check_quotations, source_texts
    from graph.validate import judge

    if format is ReportFormat.ttl and severity is not Severity.info:
        raise InvalidRequest(
            f"a SHACL report cannot be cut down to `{severity}`: it holds every result",
            hint="leave out --severity, or write the findings as table or json",
        )
    with stderr().status("judging"):
        datasets = _in_files(paths) if paths else []
        quads = [quad for each in datasets for quad in each.quads] or _in_graph(data_dir)
        judgement = judge(quads)
        beside = check_quotations(datasets, source_texts(datasets)) + check_deprecated(quads, quads)
        findings = beside + judgement.findings
    shown = at_least(severity, findings)
    if format is ReportFormat.ttl:
        write(judgement.turtle())
    elif format is ReportFormat.json:
        write_json(shown)
    else:
        show_findings(shown)
    say(counted(shown, hidden=len(findings) - len(shown)))
    if any(finding.severity == "violation" for finding in findings):
        raise typer.Exit(FINDINGS)


def _in_graph(data_dir: Path | None) -> list[ox.Quad]:
    with opened_for_reading(data_dir) as database:
        return list(database.store.quads())


def _in_files(paths: Sequence[Path]) -> list[Dataset]:
    from graph.dataset import read_datasets, refuse_unknown_terms, with_imports
    from graph.resources import resource

    given = with_imports(read_datasets(paths))
    shipped = read_datasets([resource("ontology")])
    refuse_unknown_terms(given, [*shipped, *given])
    replaced = {each.graph for each in given}
    beside = [each for each in shipped if each.graph not in replaced]
    return [*given, *beside]
