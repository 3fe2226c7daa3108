"""Says what the rules find about a file by row and column, beside the mistakes in its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.candidate import Candidate
from graph.journal import Change
from graph.rules import Rules
from graph.slices.verdict import judge_change
from graph.store import Store
from graph.tables.faults import Fault, Place
from graph.tables.statements import Drawn
from graph.validate import Finding


def judged(
    store: Store, change: Change, drawn: Drawn, faults: Sequence[Fault], rules: Rules
) -> list[Fault]:
    """Give the mistakes in cells, and those that the rules find in the rest of the file.

    What follows from a mistake in a cell is left out, and so is all but the first in one cell.
    """
    found = judge_change(Candidate(store, change), rules).findings if change else ()
    rest = [finding for finding in found if not _follows(finding, drawn, faults)]
    return list(_first_of_each_cell([*faults, *faults_of(rest, drawn)]))


def faults_of(findings: Iterable[Finding], drawn: Drawn) -> list[Fault]:
    """Say findings by row and column; what may be filled in one day is left out."""
    found = []
    for finding in findings:
        if finding.severity != "info":
            severity = "error" if finding.severity == "violation" else "warning"
            message, _, hint = finding.message.partition(": ")
            place = drawn.place_of(finding.focus, finding.path)
            if place is None:
                named = finding.focus_label or finding.focus
                message = f"`{named}`, which no row describes: {message}"
            said = message[:1].lower() + message[1:], hint.rstrip(".") or None
            found.append(Fault(*said, place, finding.value, severity))  # type: ignore[arg-type]
    return found


def _follows(finding: Finding, drawn: Drawn, faults: Iterable[Fault]) -> bool:
    """Tell whether a cell that could not be read is the reason for a finding."""
    cells = {fault.place for fault in faults if fault.place}
    rows = {_row(place) for place in cells}
    place = drawn.place_of(finding.focus, finding.path)
    named = drawn.places.get((finding.value or "", ""))
    if place in cells or (named is not None and _row(named) in rows):
        return True
    return place is not None and not place.column and _row(place) in rows


def _row(place: Place) -> tuple[str, int]:
    return place.table, place.row


def _first_of_each_cell(faults: Iterable[Fault]) -> Iterator[Fault]:
    told: set[Place] = set()
    for fault in faults:
        if fault.place is None or fault.place not in told:
            yield fault
        if fault.place is not None:
            told.add(fault.place)
