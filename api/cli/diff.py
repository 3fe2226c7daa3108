"""`servanda diff`: what differs between days, days of knowledge, versions or source policies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.asked import read_day
from api.cli.answering import Json, answered, caption, write_json
from api.cli.database import opened_for_reading
from api.cli.learned import show_learned
from api.cli.options import (
    AnswerFormat,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    Version,
    asked,
    read_number,
)
from api.cli.tables import show_any
from api.cli.terminal import say
from api.jobs import rows
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from api.asked import Asked
    from api.jobs.job import Job


def diff(
    start: Annotated[
        date | None,
        typer.Option("--from", parser=read_day, metavar="DATE", help="The earlier day."),
    ] = None,
    end: Annotated[
        date | None, typer.Option("--to", parser=read_day, metavar="DATE", help="The later day.")
    ] = None,
    known_from: Annotated[
        date | None,
        typer.Option(
            parser=read_day,
            metavar="DATE",
            help="Compare what was known on this day and at --known-at, on the day --to (today).",
        ),
    ] = None,
    from_version: Annotated[
        int | None,
        typer.Option(
            parser=read_number,
            metavar="SEQ",
            help="Compare this version and --version (the last), on the day --to (today).",
        ),
    ] = None,
    policies: Annotated[
        bool,
        typer.Option("--policies", help="Compare the source policies on the day --to (today)."),
    ] = False,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    version: Version = None,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show which states differ between two days, two days of knowledge or versions, and why."""
    if sum((start is not None, known_from is not None, from_version is not None, policies)) != 1:
        raise InvalidRequest(
            "one thing is compared at a time",
            hint="give --from and --to, or one of --known-from, --from-version and --policies",
        )
    question = asked(end, known_at, policy)
    show: Callable[[Json], None]
    if from_version is not None:
        show = show_learned
        answer = _between(data_dir, question, from_version, version)
    else:
        job, show = _question(question, start, end, known_from)
        answer = answered(data_dir, job, version)
    if format is AnswerFormat.json:
        write_json(answer)
    else:
        show(answer)


def _question(
    asked: Asked, start: date | None, end: date | None, known_from: date | None
) -> tuple[Job, Callable[[Json], None]]:
    """Give what is asked of one version, and what shows the answer."""
    from api.jobs.changes import Diff
    from api.jobs.learned import KnownSince
    from api.jobs.sensitivity import Policies

    if known_from is not None:
        return KnownSince(asked, known_from), show_learned
    if start is None:
        return Policies(asked), _show_policies
    if end is None:
        raise InvalidRequest("two days are compared", hint="give --to as well")
    return Diff(asked, start), _show


def _between(data_dir: Path | None, asked: Asked, start: int, end: int | None) -> Json:
    from api.jobs.learned import RecordedSince
    from api.snapshot import Snapshot

    with opened_for_reading(data_dir, end) as after:
        job = RecordedSince.of(asked, after.journal, (start, after.version))
        return job.run(Snapshot.of(after.store))


def _show(answer: Json) -> None:
    show_any(rows.changes(answer))
    say(f"{len(answer['changes'])} states differ from {answer['from']}; {caption(answer)}")


def _show_policies(answer: Json) -> None:
    found = rows.policies(answer)
    show_any(found)
    say(f"{found.told}; {caption(answer)}")
