"""`servanda unlock`: the smallest sets of acts that would bring a commitment in force."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.answering import Json, answered, readings_caption, write_json
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
from api.cli.tables import rounded, show_any
from api.cli.terminal import cell, say, show_table, table
from api.jobs import rows


def unlock(
    commitment: Annotated[
        str,
        typer.Argument(metavar="ID", help="Such as commitment/multinational-force, or its label."),
    ],
    debtor: Annotated[
        str | None,
        typer.Option(metavar="ID", help="For one of its debtors, such as actor/france."),
    ] = None,
    at_least: Annotated[
        int | None,
        typer.Option(metavar="N", help="For at least so many of its debtors (for all)."),
    ] = None,
    power: Annotated[
        bool,
        typer.Option(
            "--power",
            help="Show in place of the sets how much power each act and each actor has over it.",
        ),
    ] = False,
    readings: Readings = None,
    assumed: Assumed = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show who must do what, at the least, for a commitment to come in force, and what clashes."""
    from api.jobs.circles import PowerOver, Unlock

    question = asked(as_of, known_at, policy, scenario=assumed, readings=readings)
    job = (PowerOver if power else Unlock)(question, commitment, debtor, at_least)
    answer = answered(data_dir, job)
    if format is AnswerFormat.json:
        write_json(answer)
    elif power:
        _show_power(answer)
    else:
        _show_sets(answer)


def _show_sets(answer: Json) -> None:
    found = rows.unlocking(answer)
    show_any(found)
    say(f"{found.told}; {readings_caption(answer)}")


def _show_power(answer: Json) -> None:
    acts, actors = answer["acts"], answer["actors"]
    for players, named in ((acts, ("act", "held by")), (actors, ("actor",))):
        shown = table(*named, "swings", "Banzhaf", "Shapley-Shubik")
        for player in players:
            names = (player["label"], player.get("heldBy"))[: len(named)]
            indices = (rounded(player[index]) for index in ("banzhaf", "shapleyShubik"))
            shown.add_row(*map(cell, (*names, player["swings"], *indices)))
        if players:
            show_table(shown)
    say(f"power of {len(acts)} acts and {len(actors)} actors; {readings_caption(answer)}")
