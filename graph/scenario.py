"""What would stand otherwise if something were so: a world without and with assumptions.

It stores nothing. Rules: docs/semantics.md, "Evidence" for scenarios and "Explanation".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.dependants import dependants
from graph.difference import Difference, View, differences, explained
from graph.lifecycle import Lifecycle
from graph.model import Id
from graph.timeline import Day
from graph.world import Assumption, World


@dataclass(frozen=True, slots=True)
class Outcome:
    """A difference that assumptions make, with those without which it would not be the same.

    Where each could be left out because another does as much, all are named.
    """

    difference: Difference
    assumptions: tuple[Assumption, ...]


def outcomes(actual: World, assumptions: Sequence[Assumption], day: Day) -> Iterator[Outcome]:
    """Give what stands, or waits, otherwise on a day if all of the assumptions are made."""
    before, after = View(Lifecycle(actual), day), _assuming(actual, assumptions, day)
    without = {
        left_out: _assuming(actual, [each for each in assumptions if each != left_out], day)
        for left_out in assumptions
    }
    for difference in differences(before, after, _hanging(actual, assumptions)):
        needed = tuple(
            assumption for assumption, view in without.items() if not _same(view, difference)
        )
        yield Outcome(difference, needed or tuple(assumptions))


def _hanging(actual: World, assumptions: Sequence[Assumption]) -> list[tuple[Id, Id]] | None:
    """Give the undertakings, with debtors, that assumptions can bear on; None for all there are.

    What hangs on a condition, which can be assumed as well, is not looked for.
    """
    model = actual.model
    if any(each.about not in model.matters for each in assumptions):
        return None
    bearing = dependants(actual)
    hanging = {one for each in assumptions for one in bearing.get(each.about, ())}
    return [
        (undertaking.id, debtor)
        for undertaking in model.undertakings.values()
        if undertaking.id in hanging
        for debtor in undertaking.debtors
    ]


def _assuming(actual: World, assumptions: Sequence[Assumption], day: Day) -> View:
    return View(Lifecycle(actual.assuming(*assumptions)), day)


def _same(view: View, difference: Difference) -> bool:
    found = explained(view, difference.undertaking, difference.debtor)
    after = difference.after
    return (found.phase.standing, found.waits_for) == (after.phase.standing, after.waits_for)
