"""What is owed now: the obligations that a commitment has made for one debtor.

Rules: docs/semantics.md, "Obligations".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.course import Course
from graph.lifecycle import Lifecycle
from graph.model import Gate, Id, State
from graph.standing import Phase, Standing, phases
from graph.timeline import Day, Span
from graph.triggers import awaited

_MISSED: Final = frozenset({State.VIOLATED, State.OVERDUE, State.FULFILLED_LATE})


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a debtor owes since a trigger came: its due day and the phases it goes through.

    `trigger` is the event that made it, None where no single event did. `since` and `due` are
    NEVER at the end that is not known or does not come; the phases begin with `since.earliest`.
    `became_known_late`: it is missed once, and became known only after its due day.
    """

    undertaking: Id
    debtor: Id
    trigger: Id | None
    since: Span
    due: Span
    phases: tuple[Phase, ...]
    became_known_late: bool

    def standing(self, day: Day) -> Standing | None:
        """Give where it stands on a day; None before it began."""
        found = (phase.standing for phase in self.phases if phase.start <= day < phase.end)
        return next(found, None)

    def unforeseeable(self, day: Day) -> bool:
        """Tell whether it is missed on a day, and nobody could know in time that it was owed."""
        found = self.standing(day)
        return self.became_known_late and found is not None and found.state in _MISSED


def obligations(lifecycle: Lifecycle, undertaking: Id, debtor: Id) -> tuple[Obligation, ...]:
    """Give the obligations of a debtor in the order in which they began.

    The part of each that was provided is that of the undertaking: see `Lifecycle.share`.
    """
    found = [
        _obligation(lifecycle, course) for course in lifecycle.obligations(undertaking, debtor)
    ]
    return tuple(sorted(found, key=lambda each: (each.since.earliest, each.trigger or "")))


def _obligation(lifecycle: Lifecycle, course: Course) -> Obligation:
    gone_through = phases(course, course.began.earliest)
    missed = any(phase.standing.state in _MISSED for phase in gone_through)
    return Obligation(
        undertaking=course.undertaking.id,
        debtor=course.debtor,
        trigger=course.trigger or _completing(lifecycle, course),
        since=course.began,
        due=course.due,
        phases=tuple(gone_through),
        became_known_late=missed and _became_known_late(lifecycle, course),
    )


def _completing(lifecycle: Lifecycle, course: Course) -> Id | None:
    """Give the one event without which the activation would not have come about that day."""
    if Gate.ACTIVATED not in course.gates:
        return None
    subject, world = course.undertaking, lifecycle.world
    came = course.gates[Gate.ACTIVATED].occurrence().latest
    events = {
        event
        for leaf in awaited(subject, course.debtor)
        for event in world.counted(leaf)
        if world.timeline(event).occurrence().latest == came
    }
    needed = [event for event in events if _came_without(lifecycle, course, event) != came]
    return needed[0] if len(needed) == 1 else None


def _came_without(lifecycle: Lifecycle, course: Course, event: Id) -> Day:
    """Give the day by which it would surely have been activated if nothing told of an event."""
    without = Lifecycle(lifecycle.world.unreported(event))
    activated = without.course(course.undertaking.id, course.debtor).gates[Gate.ACTIVATED]
    return activated.occurrence().latest


def _became_known_late(lifecycle: Lifecycle, course: Course) -> bool:
    """Tell whether it had begun by its due day, and nobody could know that on the due day."""
    due = course.due.latest
    if due >= lifecycle.world.known_at or course.began.latest > due:
        return False
    then = lifecycle.known_at(due).obligations(course.undertaking.id, course.debtor)
    return not any(one.trigger == course.trigger and one.began.latest <= due for one in then)
