"""`servanda timeline`: the phases an undertaking goes through, and what began each."""

from __future__ import annotations

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
)
from api.cli.terminal import cell, say, show_table, table

if TYPE_CHECKING:
    from api.cli.situation import Json, Situation
    from graph.difference import Cause
    from graph.lifecycle import Phase
    from graph.model import Id, Undertaking


def timeline(
    id: Annotated[  # noqa: A002
        str, typer.Argument(metavar="ID", help="Such as commitment/multinational-force.")
    ],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show the phases of an undertaking for each debtor; the one asked about is marked with *."""
    from api.cli.situation import asked, short

    situation = asked(data_dir, as_of, known_at, policy)
    undertaking = situation.undertaking(id)
    if format is AnswerFormat.json:
        debtors = [
            {
                "debtor": debtor,
                "label": situation.name(debtor),
                "phases": _phases_json(situation, undertaking, debtor),
            }
            for debtor in undertaking.debtors
        ]
        situation.write_json({"undertaking": undertaking.id, "debtors": debtors})
        return
    _show(situation, undertaking)
    say(f"{short(undertaking.id)}; {situation.caption()}")


def _show(situation: Situation, undertaking: Undertaking) -> None:
    from api.cli.situation import shown_day
    from api.cli.standings import because

    shown = table("", "debtor", "from", "to", "state", "because")
    for debtor in undertaking.debtors:
        for phase in situation.lifecycle.phases(undertaking.id, debtor):
            causes = _causes(situation, undertaking, debtor, phase)
            cells = (
                "*" if phase.start <= situation.as_of < phase.end else "",
                situation.name(debtor),
                shown_day(phase.start),
                shown_day(_last_day(phase)),
                situation.sentences.standing(phase.standing),
                because(situation, causes, debtor),
            )
            shown.add_row(*map(cell, cells))
    show_table(shown)


def _phases_json(situation: Situation, undertaking: Undertaking, debtor: Id) -> list[Json]:
    from api.cli.situation import shown_day
    from api.cli.standings import causes_json
    from graph.sentences import remarks

    return [
        {
            "from": shown_day(phase.start),
            "to": shown_day(_last_day(phase)),
            "state": phase.standing.state.value,
            "remarks": remarks(phase.standing),
            "asked_about": phase.start <= situation.as_of < phase.end,
            "because": causes_json(
                situation, _causes(situation, undertaking, debtor, phase), debtor
            ),
        }
        for phase in situation.lifecycle.phases(undertaking.id, debtor)
    ]


def _causes(
    situation: Situation, undertaking: Undertaking, debtor: Id, phase: Phase
) -> tuple[Cause, ...]:
    from graph.difference import View, causes
    from graph.timeline import BEGINNING

    if phase.start == BEGINNING:
        return ()
    before, after = (View(situation.lifecycle, day) for day in (phase.start - 1, phase.start))
    return causes(undertaking, debtor, before, after)


def _last_day(phase: Phase) -> int:
    from graph.timeline import NEVER

    return NEVER if phase.end >= NEVER else phase.end - 1
