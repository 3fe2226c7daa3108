"""The command line `servanda`: one module per verb; each failure is one line and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from api.cli import (
    check_ontology,
    deadlocks,
    diff,
    docs,
    explain,
    export,
    gaps,
    history,
    import_table,
    load,
    matrix,
    query,
    restore,
    serve,
    show,
    template,
    timeline,
    token,
    undo,
    unlock,
    validate,
    whatif,
)
from api.cli.failures import report_failure

application = typer.Typer(
    name="servanda",
    help="A knowledge graph of international actors, their commitments and their obligations.",
    epilog="Exit codes: 0 ok, 1 findings, 2 usage, 3 unreadable input, 4 server unreachable.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("servanda"))
        raise typer.Exit


@application.callback()
def _servanda(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Answer from a knowledge graph of actors, commitments and obligations, with sources."""


application.command()(load.load)
application.command()(template.template)
application.command("import")(import_table.import_table)
application.command()(validate.validate)
application.command()(serve.serve)
application.command()(query.query)
application.command()(show.show)
application.command()(explain.explain)
application.command()(whatif.whatif)
application.command()(timeline.timeline)
application.command()(matrix.matrix)
application.command()(diff.diff)
application.command()(gaps.gaps)
application.command()(deadlocks.deadlocks)
application.command()(unlock.unlock)
application.add_typer(token.token)
application.command()(history.history)
application.command()(undo.undo)
application.command()(restore.restore)
application.command()(export.export)
application.command()(check_ontology.check_ontology)
application.command()(docs.docs)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command and give its exit code; every failure is reported on stderr."""
    try:
        return application(list(arguments), prog_name="servanda", standalone_mode=False) or 0
    except (Exception, KeyboardInterrupt) as error:
        return report_failure(error)


def main() -> NoReturn:
    """Run the command of this process's arguments and end the process."""
    sys.exit(run(sys.argv[1:]))
