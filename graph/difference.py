"""What differs between two views of one model: two days, or a world without and with a scenario.

It names what made the difference; docs/semantics.md, "Explanation", says how that is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from graph.explain import Explainer, Explanation
from graph.lifecycle import Course, Lifecycle
from graph.model import Condition, Effect, Id, Structure, Undertaking, operands
from graph.timeline import Day, Timeline
from graph.truth import Value


@dataclass(frozen=True)
class View:
    """The standings of one world on one day."""

    lifecycle: Lifecycle
    day: Day


class Turn(Enum):
    """What kind of thing made a difference."""

    CONDITION = "condition"
    ACT = "act"
    MADE = "made"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Cause:
    """A condition whose value changed, an act that took effect, or a day that came.

    `about` is the condition, the event of the act, or the undertaking that was made or fell due.
    Only a condition has a node and values.
    """

    turn: Turn
    about: Id
    condition: Condition | None = None
    before: Value | None = None
    after: Value | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an undertaking stands for one debtor in two views, and what made the difference."""

    undertaking: Id
    debtor: Id
    before: Explanation
    after: Explanation
    because: tuple[Cause, ...]

    @property
    def of_state(self) -> bool:
        """Tell whether the state or a remark differs, and not only what is waited for."""
        return self.before.phase.standing != self.after.phase.standing


def differences(
    before: View, after: View, among: Iterable[tuple[Id, Id]] | None = None
) -> Iterator[Difference]:
    """Give every debtor of every undertaking that stands, or waits, otherwise in two views.

    Where pairs of undertaking and debtor are given, only those are looked at.
    """
    undertakings = after.lifecycle.world.model.undertakings
    if among is None:
        among = ((one.id, debtor) for one in undertakings.values() for debtor in one.debtors)
    for undertaking, debtor in among:
        was, now = (explained(view, undertaking, debtor) for view in (before, after))
        if (was.phase.standing, was.waits_for) != (now.phase.standing, now.waits_for):
            because = causes(undertakings[undertaking], debtor, before, after)
            yield Difference(undertaking, debtor, was, now, because)


def explained(view: View, undertaking: Id, debtor: Id) -> Explanation:
    """Explain an undertaking for one debtor in a view."""
    return Explainer(view.lifecycle, undertaking, debtor, view.day).explanation()


def causes(undertaking: Undertaking, debtor: Id, before: View, after: View) -> tuple[Cause, ...]:
    """Give what changed between two views of an undertaking: its making, acts, gates, its due day.

    Of the gates those are looked at whose value changed, or all of them where none did.
    """
    was, now = (view.lifecycle.course(undertaking.id, debtor) for view in (before, after))
    turned = [
        gate
        for gate in was.gates
        if was.gates[gate].at(before.day) != now.gates[gate].at(after.day)
    ]
    joint = undertaking.structure is Structure.JOINT
    found = [
        *_days_come(undertaking, (was, before.day), (now, after.day)),
        *_acts(undertaking, (was, before), (now, after)),
    ]
    for gate in turned or was.gates:
        for each in undertaking.debtors if joint else (debtor,):
            if (node := undertaking.gates_for(each).get(gate)) is not None:
                found += _turned(node, undertaking.id, each, before, after)
    return tuple(dict.fromkeys(found))


def _days_come(
    undertaking: Undertaking, was: tuple[Course, Day], now: tuple[Course, Day]
) -> Iterator[Cause]:
    made = undertaking.made
    ages = {(day >= made.earliest) + (day >= made.latest) for _, day in (was, now)}
    if len(ages) > 1:
        yield Cause(Turn.MADE, undertaking.id)
    if len({day > course.due.latest for course, day in (was, now)}) > 1:
        yield Cause(Turn.DUE, undertaking.id)


_EFFECTS: Final[tuple[tuple[Callable[[Course], Timeline], frozenset[Effect]], ...]] = (
    (lambda course: course.released, frozenset({Effect.RELEASE})),
    (lambda course: course.withdrawn, frozenset({Effect.WITHDRAW})),
    (lambda course: course.repudiated, frozenset({Effect.WITHDRAW})),
    (lambda course: course.terminated, frozenset({Effect.TERMINATE})),
    (lambda course: course.suspended, frozenset({Effect.SUSPEND, Effect.RESUME})),
)


def _acts(
    undertaking: Undertaking, was: tuple[Course, View], now: tuple[Course, View]
) -> Iterator[Cause]:
    """Give the acts that may have had the effect which changed; of leaving, the debtor's own."""
    debtor = now[0].debtor
    for effect_of, effects in _EFFECTS:
        if len({effect_of(course).at(view.day) for course, view in (was, now)}) > 1:
            acts = now[1].lifecycle.world.acts.get(undertaking.id, ())
            yield from (
                Cause(Turn.ACT, act.event)
                for act in acts
                if act.effect in effects
                and (act.effect is not Effect.WITHDRAW or act.actor == debtor)
            )


def _turned(
    node: Condition, undertaking: Id, debtor: Id, before: View, after: View
) -> Iterable[Cause]:
    """Give the lowest conditions whose value changed: a node only where nothing below it did."""
    below = [
        cause
        for operand in operands(node)
        for cause in _turned(operand, undertaking, debtor, before, after)
    ]
    was, now = (
        view.lifecycle.timeline(node, undertaking, debtor).at(view.day) for view in (before, after)
    )
    own = [] if was == now else [Cause(Turn.CONDITION, node.id, node, was, now)]
    return below or own
