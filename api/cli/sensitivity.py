"""Shows what the states of a day hang on: single matters, single claims."""

from __future__ import annotations

from collections.abc import Iterable

from api.cli.answering import Json, readings_caption
from api.cli.tables import standing
from api.cli.terminal import cell, say, show_table, table


def show_matters(answer: Json) -> None:
    """Write what each matter would change to stdout, most changes first."""
    shown = table("if", "it is", "states changed", "which")
    changing = [each for each in answer["matters"] if each["changes"]]
    for each in changing:
        changes = each["changes"]
        cells = (each["label"], each["truth"], len(changes), _lines(changes))
        shown.add_row(*map(cell, cells))
    if changing:
        show_table(shown)
    nothing = len(answer["matters"]) - len(changing)
    say(
        f"hypothetical, each alone: {len(changing)} change states, {nothing} change none; "
        f"{readings_caption(answer)}"
    )


def show_claims(answer: Json) -> None:
    """Write what hangs on each claim to stdout, most changes first."""
    shown = table("without the claim", "source", "disputed", "states changed", "which")
    carrying = [each for each in answer["claims"] if each["changes"]]
    for each in carrying:
        says = each["matterLabel"] if each["holds"] else f"not: {each['matterLabel']}"
        disputed, changes = "yes" if each["disputed"] else "no", each["changes"]
        sources = ", ".join(source["label"] for source in each["sources"])
        cells = (says, sources, disputed, len(changes), _lines(changes))
        shown.add_row(*map(cell, cells))
    if carrying:
        show_table(shown)
    disputed_ones = sum(each["disputed"] for each in carrying)
    say(
        f"hypothetical, each alone: states hang on {len(carrying)} of {len(answer['claims'])} "
        f"claims, {disputed_ones} of them disputed; {readings_caption(answer)}"
    )


def _lines(changes: Iterable[Json]) -> str:
    return "\n".join(
        f"{each['label']}, {each['debtorLabel']}: "
        f"{standing(each['before'])} -> {standing(each['after'])}"
        for each in changes
    )
