"""The course of an undertaking for one debtor: its phases, with reasons and waits, and obligations.

Rules: docs/semantics.md, "Derived graphs".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.difference import View, causes
from graph.explain import Explainer, leaves
from graph.lifecycle import Lifecycle, Phase, Standing
from graph.model import Gate, Id, throughout
from graph.obligations import Obligation, obligations
from graph.timeline import BEGINNING, Day


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of days, from `start` until before `end`, with one standing and the same waits.

    `because` are the conditions, acts and undertakings that made the difference to the day before
    its start; `waits_for` the conditions without operands that are left to wait for.
    """

    standing: Standing
    start: Day
    end: Day
    because: tuple[Id, ...] = ()
    waits_for: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Everything that is derived of an undertaking for one debtor."""

    entries: tuple[Entry, ...]
    obligations: tuple[Obligation, ...]


def chronicle(lifecycle: Lifecycle, undertaking: Id, debtor: Id) -> Chronicle:
    """Give every stretch of days on which an undertaking stands and waits in one way, and more."""
    entries = tuple(_entries(lifecycle, undertaking, debtor))
    return Chronicle(entries, obligations(lifecycle, undertaking, debtor))


def _entries(lifecycle: Lifecycle, undertaking: Id, debtor: Id) -> Iterator[Entry]:
    subject = lifecycle.world.model.undertakings[undertaking]
    for phase in lifecycle.phases(undertaking, debtor):
        waits = list(_waits(lifecycle, undertaking, debtor, phase))
        ends = [*(start for start, _ in waits[1:]), phase.end]
        for (start, left), end in zip(waits, ends, strict=True):
            because: tuple[Id, ...] = ()
            if start > BEGINNING:
                before, after = View(lifecycle, start - 1), View(lifecycle, start)
                because = tuple(each.about for each in causes(subject, debtor, before, after))
            yield Entry(phase.standing, start, end, because, left)


def _waits(
    lifecycle: Lifecycle, undertaking: Id, debtor: Id, phase: Phase
) -> Iterator[tuple[Day, tuple[Id, ...]]]:
    """Give what is left to wait for from which day on, from the start of a phase."""
    gate = phase.standing.gate
    gates = lifecycle.world.model.undertakings[undertaking].gates_for(debtor)
    if gate not in {Gate.ESTABLISHED, Gate.ACTIVATED} or gate not in gates:
        yield phase.start, ()
        return
    turns = {
        day
        for node in throughout(gates[gate])
        for day in lifecycle.timeline(node, undertaking, debtor).starts
        if phase.start < day < phase.end
    }
    last: tuple[Id, ...] | None = None
    for day in (phase.start, *sorted(turns)):
        wait = Explainer(lifecycle, undertaking, debtor, day).wait(gates[gate])
        left = () if wait is None else tuple(sorted({node.id for node in leaves(wait)}))
        if left != last:
            yield day, left
        last = left
