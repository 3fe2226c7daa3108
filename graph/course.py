"""What decides where an undertaking, or one obligation, stands for a debtor, day by day.

The rules that read a state off it are in `graph.standing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from graph.model import Gate, Id, State, Undertaking
from graph.timeline import NEVER, Day, Span, Timeline, combined, constant, from_span
from graph.truth import WAITING, Truth, Value, conjunction

_NEVER_ENDED: Final = constant(WAITING)


@dataclass(frozen=True)
class Course:
    """Everything the rules look at for one undertaking, or one obligation, and one debtor.

    `trigger` is the occurrence that made the obligation of a repeatable commitment.
    """

    undertaking: Undertaking
    debtor: Id
    gates: dict[Gate, Timeline]
    released: Timeline
    withdrawn: Timeline
    repudiated: Timeline
    terminated: Timeline
    suspended: Timeline
    trigger: Id | None = None

    @cached_property
    def began(self) -> Span:
        """Give the day since which it is owed: made, binding and due."""
        gates = (Gate.ESTABLISHED, Gate.ACTIVATED)
        owed = [from_span(self.undertaking.made)]
        owed += [self.gates[gate] for gate in gates if gate in self.gates]
        return combined(conjunction, owed).occurrence()

    @cached_property
    def due(self) -> Span:
        """Give the day by which it must be kept; never, if no gate says."""
        return self._occurrence(Gate.DUE)

    @cached_property
    def kept(self) -> Span:
        """Give the day on which it was kept."""
        return self._occurrence(Gate.DISCHARGED)

    def _occurrence(self, gate: Gate) -> Span:
        timeline = self.gates.get(gate)
        return Span(NEVER, NEVER) if timeline is None else timeline.occurrence()

    def value(self, gate: Gate, day: Day, default: Value) -> Value:
        """Give what a gate comes to on a day; the default where the undertaking has none."""
        timeline = self.gates.get(gate)
        return default if timeline is None else timeline.at(day)

    def was_met(self, gate: Gate, day: Day) -> bool:
        """Tell whether a gate was surely met on an earlier day."""
        timeline = self.gates.get(gate)
        return timeline is not None and timeline.occurrence().latest < day

    def given_up(self, day: Day) -> State | None:
        """Tell whether the debtor was released or has left by a day."""
        if self.released.at(day).truth is Truth.TRUE:
            return State.RELEASED
        return State.WITHDRAWN if self.withdrawn.at(day).truth is Truth.TRUE else None

    def over(self, day: Day) -> bool:
        """Tell whether it has ended, or was brought to an end, by a day."""
        ended = self.value(Gate.ENDS, day, WAITING).truth is Truth.TRUE
        return ended or self.terminated.at(day).truth is Truth.TRUE

    def makes_none(self) -> bool:
        """Tell whether no obligation comes of it: it never begins, or not for this debtor."""
        day = self.began.earliest
        if day >= NEVER or self.undertaking.excludes(self.debtor):
            return True
        return self._none_begins(day)

    def begins_surely(self) -> bool:
        """Tell whether an obligation surely comes of it, while the debtor is in it."""
        day = self.began.latest
        return day < NEVER and not self.makes_none() and not self._none_begins(day)

    def _none_begins(self, day: Day) -> bool:
        return self.given_up(day) is not None or self.over(day)

    def outlasting(self) -> Course:
        """Leave out that it was left or brought to an end, where it surely began before that."""
        day = self.began.latest
        if day >= NEVER or self.undertaking.obligations_lapse:
            return self

        def unless_later(end: Timeline) -> Timeline:
            return _NEVER_ENDED if end.at(day).truth is Truth.FALSE else end

        gates = self.gates
        if Gate.ENDS in gates:
            gates = {**gates, Gate.ENDS: unless_later(gates[Gate.ENDS])}
        return replace(
            self,
            gates=gates,
            withdrawn=unless_later(self.withdrawn),
            terminated=unless_later(self.terminated),
        )

    def turning_days(self) -> Iterable[Day]:
        """Give every day on which the standing may change."""
        made = self.undertaking.made
        yield from (made.earliest, made.latest, self.due.earliest + 1, self.due.latest + 1)
        acts = (self.released, self.withdrawn, self.repudiated, self.terminated, self.suspended)
        for timeline in (*self.gates.values(), *acts):
            yield from timeline.starts
