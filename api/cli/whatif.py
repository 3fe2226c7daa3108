"""`servanda whatif`: what would stand otherwise if something were so; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.answering import Json, answered, readings_caption, write_json
from api.cli.odds import (
    Otherwise,
    Probabilities,
    ProbabilityFile,
    Waivers,
    likely,
    show_odds,
)
from api.cli.options import (
    AnswerFormat,
    AsOf,
    Assumed,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    Readings,
    asked,
)
from api.cli.tables import show_any
from api.cli.terminal import say
from api.jobs import rows
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from api.asked import Asked
    from api.jobs.job import Job
    from api.likely import Likely


def whatif(
    assumed: Assumed = None,
    each_matter: Annotated[
        bool,
        typer.Option(
            "--each-matter", help="Assume each open matter, alone, and rank them by what changes."
        ),
    ] = False,
    each_claim: Annotated[
        bool,
        typer.Option(
            "--each-claim", help="Leave out each claim, alone, and rank them by what changes."
        ),
    ] = False,
    no_approvals: Annotated[
        bool,
        typer.Option("--no-approvals", help="Show what binds even if no approval is given."),
    ] = False,
    probability: Probabilities = None,
    probabilities: ProbabilityFile = None,
    waiver: Waivers = None,
    otherwise: Otherwise = None,
    readings: Readings = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show what would change if something were so, from the day asked about on unless dated."""
    odds = likely(probability, probabilities, waiver, otherwise)
    if each_matter + each_claim + no_approvals + (odds is not None) > 1:
        raise InvalidRequest(
            "each matter, each claim, no approvals and probabilities are questions of their own",
            hint="ask one at a time; each goes together with --set",
        )
    question = asked(as_of, known_at, policy, scenario=assumed, readings=readings)
    job, show = _question(question, each_matter, each_claim, no_approvals, odds)
    answer = answered(data_dir, job)
    if format is AnswerFormat.json:
        write_json(answer)
    else:
        show(answer)


def _question(
    asked: Asked, each_matter: bool, each_claim: bool, no_approvals: bool, odds: Likely | None
) -> tuple[Job, Callable[[Json], None]]:
    """Give what is asked, and what shows the answer."""
    from api.jobs.changes import WhatIf
    from api.jobs.odds import HowLikely, WithoutApprovals
    from api.jobs.sensitivity import EachClaim, EachMatter

    if each_matter:
        return EachMatter(asked), partial(_show, rows.matters)
    if each_claim:
        return EachClaim(asked), partial(_show, rows.claims)
    if no_approvals:
        return WithoutApprovals(asked), partial(_show, rows.without_approvals)
    if odds is not None:
        return HowLikely(asked, odds), show_odds
    if not asked.scenario:
        raise InvalidRequest(
            "nothing is assumed",
            hint="give --set, --each-matter, --each-claim, --no-approvals or --probability",
        )
    return WhatIf(asked), partial(_show, rows.outcomes)


def _show(tabulate: Callable[[Json], rows.Table], answer: Json) -> None:
    found = tabulate(answer)
    show_any(found)
    say(f"{found.told}; {readings_caption(answer)}")
