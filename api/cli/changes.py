"""Shows where undertakings stand otherwise: before, after, and because of what."""

from __future__ import annotations

from collections.abc import Iterable

from api.cli.situation import Json, Situation
from api.cli.standings import because, causes_json, standing_json
from api.cli.terminal import cell, show_table, table
from graph.difference import Difference


def show_changes(situation: Situation, changes: Iterable[Difference]) -> None:
    """Write changes to stdout as a table."""
    shown = table("undertaking", "debtor", "before", "after", "because")
    for change in changes:
        cells = (
            situation.name(change.undertaking),
            situation.name(change.debtor),
            situation.sentences.explanation(change.before),
            situation.sentences.explanation(change.after),
            because(situation, change.because, change.debtor),
        )
        shown.add_row(*map(cell, cells))
    show_table(shown)


def change_json(situation: Situation, change: Difference) -> Json:
    """Give a change as JSON; `of_state` is false where only what is waited for differs."""
    return {
        "undertaking": change.undertaking,
        "label": situation.name(change.undertaking),
        "debtor": change.debtor,
        "debtor_label": situation.name(change.debtor),
        "of_state": change.of_state,
        "before": standing_json(situation, change.before),
        "after": standing_json(situation, change.after),
        "because": causes_json(situation, change.because, change.debtor),
    }
