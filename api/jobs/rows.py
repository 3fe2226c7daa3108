"""Answers as tables of words, as a terminal and a page show them; it asks and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

Json = dict[str, Any]
Cell = str | int | None


class Table(NamedTuple):
    """A table; `told` says in a sentence what it comes to."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    told: str = ""


def standings(answer: Json) -> Table:
    """Show where an undertaking stands for each debtor."""
    heading = f"{answer['label']}: {answer['distribution']}"
    rows = [
        (each["label"], each["since"], len(each["obligations"]), each["sentence"])
        for each in answer["debtors"]
    ]
    return Table(("debtor", "since", "obligations", heading), rows)


def gaps(answer: Json) -> Table:
    """Show what commitments lack."""
    found = answer["commitments"]
    names = list(dict.fromkeys(name for each in found for name in each["particulars"]))
    rows = [
        (
            each["label"],
            each["distribution"],
            *(each["particulars"].get(name) for name in names),
            ", ".join(each["absent"]),
        )
        for each in found
    ]
    return Table(("commitment", "states", *names, "absent from the record"), rows)


def unlocking(answer: Json) -> Table:
    """Show sets of acts, one act to a row."""
    sets = answer["sets"]
    rows = []
    for number, each in enumerate(sets, 1):
        clash = "; ".join(
            f"{one['label']} excludes {other['label']}" for one, other in each["conflicts"]
        )
        for place, act in enumerate(each["acts"]):
            rows.append((number, act["label"], act["heldBy"], "" if place else clash))
    clashing = sum(bool(each["conflicts"]) for each in sets)
    told = f"{len(sets)} smallest sets of acts, {clashing} with a conflict"
    return Table(("set", "act", "held by", "conflict"), rows, told)


def changes(answer: Json) -> Table:
    """Show what differs: before, after, and because of what, one cause to a line."""
    rows = [
        (
            each["label"],
            each["debtorLabel"],
            each["before"]["sentence"],
            each["after"]["sentence"],
            because(each),
        )
        for each in answer["changes"]
    ]
    return Table(("undertaking", "debtor", "before", "after", "because"), rows)


def outcomes(answer: Json) -> Table:
    """Show what would differ if a scenario were so."""
    found = answer["changes"]
    states = sum(each["ofState"] for each in found)
    told = (
        f"hypothetical, nothing is recorded: {states} states would change, and "
        f"{len(found) - states} would wait for something else"
    )
    return changes(answer)._replace(told=told)


def matters(answer: Json) -> Table:
    """Show what each matter would change, without those that change nothing."""
    changing = [each for each in answer["matters"] if each["changes"]]
    rows = [
        (each["label"], each["truth"], len(each["changes"]), _lines(each["changes"]))
        for each in changing
    ]
    nothing = len(answer["matters"]) - len(changing)
    told = f"hypothetical, each alone: {len(changing)} change states, {nothing} change none"
    return Table(("if", "it is", "states changed", "which"), rows, told)


def claims(answer: Json) -> Table:
    """Show what hangs on each claim, without those that carry nothing."""
    carrying = [each for each in answer["claims"] if each["changes"]]
    rows = [
        (
            each["matterLabel"] if each["holds"] else f"not: {each['matterLabel']}",
            ", ".join(source["label"] for source in each["sources"]),
            "yes" if each["disputed"] else "no",
            len(each["changes"]),
            _lines(each["changes"]),
        )
        for each in carrying
    ]
    disputed = sum(each["disputed"] for each in carrying)
    told = (
        f"hypothetical, each alone: states hang on {len(carrying)} of {len(answer['claims'])} "
        f"claims, {disputed} of them disputed"
    )
    return Table(("without the claim", "source", "disputed", "states changed", "which"), rows, told)


def policies(answer: Json) -> Table:
    """Show which states differ between source policies."""
    found = answer["differing"]
    names = list(dict.fromkeys(name for each in found for name in each["policies"]))
    rows = [
        (
            each["label"],
            each["debtorLabel"],
            *(standing(each["policies"][name]) for name in names),
        )
        for each in found
    ]
    told = f"{len(found)} states differ between source policies"
    return Table(("undertaking", "debtor", *names), rows, told)


def without_approvals(answer: Json) -> Table:
    """Show what binds without further approvals."""
    columns = ("commitment", "debtor", "now", "binds without approval", "in force without approval")
    members = ("label", "debtorLabel", "state", "binds", "inForce")
    rows = [tuple(each[member] for member in members) for each in answer["commitments"]]
    return Table(columns, rows, "hypothetical, no further approval is given")


def because(change: Json) -> str:
    """Write causes, one to a line."""
    return "\n".join(cause["text"] for cause in change["because"])


def standing(found: Json) -> str:
    """Write a state with its remarks."""
    return "; ".join([found["state"], *found["remarks"]])


def _lines(changed: Sequence[Json]) -> str:
    return "\n".join(
        f"{each['label']}, {each['debtorLabel']}: "
        f"{standing(each['before'])} -> {standing(each['after'])}"
        for each in changed
    )
