"""What the verbs that write share: who answers for a change, and how a refusal is shown."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.database import filled_directory
from api.cli.failures import RulesBroken
from api.cli.findings import show_findings
from api.cli.terminal import stderr

if TYPE_CHECKING:
    from graph.database import Database
    from graph.validate import Finding

Author = Annotated[
    str | None, typer.Option(help="Who answers for the change; without it, who is logged in.")
]
Reason = Annotated[str, typer.Option(help="Why, for the journal.")]


def author_of(given: str | None) -> str:
    """Give the author an option named, or else the login."""
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # A container may run under a number that nobody has.
        return "unknown"


def opened_for_changing(data_dir: Path | None) -> Database:
    """Open, for its one writer, a directory that holds a graph; none is made.

    Raises UnreadableInput when there is none.
    """
    from graph.database import Database

    return Database.open(filled_directory(data_dir), writable=True)


def or_by_a_server(opened: Callable[[], Database]) -> Database:
    """Open a graph; where a server is its one writer, say that it takes tables, too."""
    from graph.errors import DirectoryInUse

    try:
        return opened()
    except DirectoryInUse as error:
        raise DirectoryInUse(
            error.message,
            hint=f"{error.hint}; or send it to the server: POST /api/v1/imports with a token",
        ) from None


@contextmanager
def judging() -> Iterator[None]:
    """Say that a change is judged, and show what refuses it; raises RulesBroken then."""
    from graph.validate import Refused

    with stderr().status("judging"):
        try:
            yield
        except Refused as refused:
            show_findings(to_mend(refused.findings))
            raise RulesBroken(refused.message, hint=refused.hint) from None


def to_mend(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what may be filled in one day: it is no news at each change."""
    return [finding for finding in findings if finding.severity != "info"]
