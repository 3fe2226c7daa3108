"""`servanda show`: where an undertaking stands for each of its debtors."""

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
    from api.cli.situation import Situation
    from graph.explain import Explanation


def show(
    id: Annotated[  # noqa: A002
        str, typer.Argument(metavar="ID", help="Such as commitment/multinational-force.")
    ],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show in which state an undertaking is for each debtor, since when, and what it waits for."""
    from api.cli.situation import asked, short
    from api.cli.standings import debtor_json
    from graph.difference import explained

    situation = asked(data_dir, as_of, known_at, policy)
    undertaking = situation.undertaking(id)
    found = [explained(situation.view, undertaking.id, debtor) for debtor in undertaking.debtors]
    states = [each.phase.standing.state for each in found]
    distribution = situation.sentences.distribution(states, undertaking.unnamed)
    if format is AnswerFormat.json:
        answer = {
            "undertaking": undertaking.id,
            "label": situation.name(undertaking.id),
            "kind": undertaking.kind.value,
            "distribution": distribution,
            "unnamed": undertaking.unnamed,
            "debtors": [debtor_json(situation, each) for each in found],
        }
        situation.write_json(answer)
        return
    _show(situation, found, f"{situation.name(undertaking.id)}: {distribution}")
    say(f"{short(undertaking.id)}; {situation.caption()}")


def _show(situation: Situation, found: list[Explanation], heading: str) -> None:
    from api.cli.situation import shown_day

    shown = table("debtor", "since", heading)
    for each in found:
        cells = (
            situation.name(each.debtor),
            shown_day(each.phase.start),
            situation.sentences.explanation(each),
        )
        shown.add_row(*map(cell, cells))
    show_table(shown)
