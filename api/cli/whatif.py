"""`servanda whatif`: what would stand otherwise if something were so; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
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
    show_without_approvals,
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
from api.cli.sensitivity import show_claims, show_matters
from api.cli.tables import show_changes
from api.cli.terminal import say
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
        return EachMatter(asked), show_matters
    if each_claim:
        return EachClaim(asked), show_claims
    if no_approvals:
        return WithoutApprovals(asked), show_without_approvals
    if odds is not None:
        return HowLikely(asked, odds), show_odds
    if not asked.scenario:
        raise InvalidRequest(
            "nothing is assumed",
            hint="give --set, --each-matter, --each-claim, --no-approvals or --probability",
        )
    return WhatIf(asked), _show


def _show(answer: Json) -> None:
    changes = answer["changes"]
    if changes:
        show_changes(changes)
    states = sum(change["ofState"] for change in changes)
    say(
        f"hypothetical, nothing is recorded: {states} states would change, and "
        f"{len(changes) - states} would wait for something else; {readings_caption(answer)}"
    )
