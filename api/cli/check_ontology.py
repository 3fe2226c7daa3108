"""`servanda check-ontology`: the ontology's quality tests and the reasoner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failures import FINDINGS
from api.cli.terminal import cell, say, show_table, table

if TYPE_CHECKING:
    from graph.owl.checks import Check


def check_ontology(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder with ontology/ and data/; without one, what is shipped."),
    ] = None,
    normalise: Annotated[
        bool,
        typer.Option("--normalise", help="First rewrite the files as the OWL API writes them."),
    ] = False,
    record_release: Annotated[
        bool,
        typer.Option(
            "--record-release", help="If nothing failed, record the ontology as released."
        ),
    ] = False,
) -> None:
    """Check the ontology and the data files: style, form, profile and what a reasoner finds."""
    from graph.owl import quality

    if normalise:
        for path in quality.normalise(_files(folder)):
            say(f"rewrote {path}")
    checks = quality.report(folder)
    _show(checks)
    if any(check.outcome == "failed" for check in checks):
        raise typer.Exit(FINDINGS)
    if record_release:
        from graph.owl import releases

        say(f"recorded {releases.record(quality.ontology_folder(folder))}")


def _files(folder: Path | None) -> list[Path] | None:
    if folder is None:
        return None
    return [
        path for name in ("ontology", "data") for path in sorted((folder / name).rglob("*.ttl"))
    ]


def _show(checks: list[Check]) -> None:
    shown = table("check", "outcome", "where", "how to mend")
    for check in checks:
        mend = "" if check.passed else check.mend
        places = "\n".join(check.places)
        shown.add_row(cell(check.name), cell(check.outcome), cell(places), cell(mend))
    show_table(shown)
    failed = sum(check.outcome == "failed" for check in checks)
    skipped = sum(check.outcome == "skipped" for check in checks)
    say(f"{len(checks)} checks, {failed} failed, {skipped} skipped")
