"""`servanda unlock`: the smallest sets of acts that would bring a commitment in force."""

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
from api.cli.waiting import Readings, Waiting, waiting
from graph.errors import InvalidRequest

if TYPE_CHECKING:
    from graph.unlocking import Unlocking


def unlock(
    commitment: Annotated[
        str, typer.Argument(metavar="ID", help="Such as commitment/multinational-force.")
    ],
    readings: Readings = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show who must do what, at the least, for a commitment to come in force, and what clashes."""
    from api.cli.situation import asked
    from graph.circularity import Atom, Sort
    from graph.model import UndertakingKind
    from graph.unlocking import unlocking

    found = waiting(asked(data_dir, as_of, known_at, policy), readings)
    subject = found.situation.undertaking(commitment)
    if subject.kind is not UndertakingKind.COMMITMENT:
        raise InvalidRequest(
            f"`{commitment}` is no commitment: it is declared and never in force",
            hint="ask about a commitment",
        )
    target = Atom(subject.id, Sort.IN_FORCE)
    sets = unlocking(found.situation.model, found.rules, target)
    if format is AnswerFormat.table:
        _show(found, sets)
        return
    found.situation.write_json(
        {
            "readings": list(found.readings),
            "commitment": subject.id,
            "way": found.rules.way(target).value,
            "sets": [
                {
                    "acts": [found.as_json(act) for act in each.acts],
                    "conflicts": [list(pair) for pair in each.conflicts],
                }
                for each in sets
            ],
        }
    )


def _show(found: Waiting, sets: list[Unlocking]) -> None:
    shown = table("set", "act", "held by", "conflict")
    for number, each in enumerate(sets, 1):
        clash = "; ".join(
            f"{found.situation.name(one)} excludes {found.situation.name(other)}"
            for one, other in each.conflicts
        )
        for place, act in enumerate(each.acts):
            cells = (number, found.named(act), found.held_by(act), "" if place else clash)
            shown.add_row(*map(cell, cells))
    if sets:
        show_table(shown)
    clashing = sum(bool(each.conflicts) for each in sets)
    say(f"{len(sets)} smallest sets of acts, {clashing} with a conflict; {found.caption()}")
