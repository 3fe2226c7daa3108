"""`servanda gaps`: what each commitment lacks, and what its texts are known to leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.database import opened_for_reading
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
    from graph.model import Undertaking
    from graph.store import Store

_QUERY = "gap-matrix"
# What the query names beside its particulars.
_NO_PARTICULARS = ("commitment", "commitmentLabel")


def gaps(
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Show what each commitment lacks, what is recorded as left open, and where it stands."""
    from api.cli.situation import situation
    from graph.model import UndertakingKind

    with opened_for_reading(data_dir) as database:
        asked = situation(database, as_of, known_at, policy)
        recorded = _recorded(database.store)
    commitments = [
        _gaps(asked, each, recorded.get(each.id, {}))
        for each in asked.model.undertakings.values()
        if each.kind is UndertakingKind.COMMITMENT
    ]
    if format is AnswerFormat.json:
        asked.write_json({"commitments": commitments})
        return
    _show(commitments)
    say(asked.caption())


def _recorded(store: Store) -> dict[str, dict[str, str]]:
    """Ask for the particulars of each commitment that are stated, open or not recorded."""
    from graph.query import find, run

    results = run(store, find(_QUERY), {})
    names = [name for name in results.variables if name not in _NO_PARTICULARS]
    return {
        row["commitment"].value: {name: row[name].value for name in names} for row in results.rows()
    }


def _gaps(situation: Situation, commitment: Undertaking, recorded: dict[str, str]) -> Json:
    from graph.gaps import absent

    states = [
        situation.lifecycle.phase(commitment.id, debtor, situation.as_of).standing.state
        for debtor in commitment.debtors
    ]
    return {
        "commitment": commitment.id,
        "label": situation.name(commitment.id),
        "distribution": situation.sentences.distribution(states, commitment.unnamed),
        "absent": [particular.value for particular in absent(commitment)],
        "particulars": recorded,
    }


def _show(commitments: list[Json]) -> None:
    names = list(dict.fromkeys(name for each in commitments for name in each["particulars"]))
    shown = table("commitment", "states", *names, "absent from the record")
    for each in commitments:
        particulars = [each["particulars"].get(name) for name in names]
        cells = (each["label"], each["distribution"], *particulars, ", ".join(each["absent"]))
        shown.add_row(*map(cell, cells))
    show_table(shown)
