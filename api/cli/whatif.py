"""`servanda whatif`: what would stand otherwise if something were so; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    read_day,
)
from api.cli.terminal import say
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from api.cli.situation import Json, Situation
    from graph.scenario import Outcome
    from graph.world import Assumption


def whatif(
    assignments: Annotated[
        list[str],
        typer.Option(
            "--set",
            metavar="MATTER=true|false|unknown[@DATE]",
            help="What to assume of a matter or a condition, from a day on; repeatable.",
        ),
    ],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show what would change if something were so, from the day asked about on unless dated."""
    from api.cli.changes import show_changes
    from api.cli.situation import asked
    from graph.scenario import outcomes

    situation = asked(data_dir, as_of, known_at, policy)
    scenario = tuple(_assumption(situation, each) for each in dict.fromkeys(assignments))
    situation = replace(situation, scenario=scenario)
    found = list(outcomes(situation.world, scenario, situation.as_of))
    if format is AnswerFormat.json:
        changes = [_outcome_json(situation, each) for each in found]
        situation.write_json({"hypothetical": True, "changes": changes})
        return
    if found:
        show_changes(situation, [each.difference for each in found])
    states = sum(each.difference.of_state for each in found)
    say(
        f"hypothetical, nothing is recorded: {states} states would change, and "
        f"{len(found) - states} would wait for something else; {situation.caption()}"
    )


def _assumption(situation: Situation, text: str) -> Assumption:
    from api.cli.situation import identified
    from graph.scenario import assumable
    from graph.truth import Truth
    from graph.world import Assumption

    about, _, assumed = text.rpartition("=")
    truth, at, since = assumed.partition("@")
    if not about or truth not in {each.value for each in Truth}:
        raise InvalidRequest(
            f"`{text}` assumes nothing",
            hint="write it as event/ceasefire=true or event/ceasefire=false@2026-02-01",
        )
    return Assumption(
        about=identified(about, assumable(situation.model), "matter or condition"),
        truth=Truth(truth),
        since=read_day(since).toordinal() if at else situation.as_of,
    )


def _outcome_json(situation: Situation, outcome: Outcome) -> Json:
    from api.cli.changes import change_json
    from api.cli.situation import assumption_json

    needed = [assumption_json(each) for each in outcome.assumptions]
    return {**change_json(situation, outcome.difference), "assumptions": needed}
