"""Acts that change an undertaking: who had the power to them, and from which day they take effect.

Rules: docs/semantics.md, "Powers". An act without the power is kept as a claim without effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.model import Act, Effect, Id, Undertaking
from graph.timeline import Day, Timeline, constant, sampled
from graph.truth import HOLDING, MET, WAITING, Value
from graph.world import World

_NEVER: Final = constant(WAITING)


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts that concern one undertaking of one debtor."""

    world: World
    undertaking: Undertaking
    debtor: Id

    def done(self, effect: Effect) -> Timeline:
        """Tell when an act by one with the power has taken effect, its notice having run out."""
        return _from_first(
            [
                self._day(act) + notice
                for act in self._of(effect)
                if (notice := self._notice(act)) is not None
            ]
        )

    def attempted(self, effect: Effect) -> Timeline:
        """Tell when an act was announced by one who had no power to it."""
        return _from_first(
            [self._day(act) for act in self._of(effect) if self._notice(act) is None]
        )

    def suspended(self) -> Timeline:
        """Tell on which days the latest effective act is one that puts the undertaking to rest."""
        turns = sorted(
            (self._day(act) + notice, act.effect is Effect.SUSPEND)
            for effect in (Effect.SUSPEND, Effect.RESUME)
            for act in self._of(effect)
            if (notice := self._notice(act)) is not None
        )
        if not turns:
            return _NEVER

        def value_at(day: Day) -> Value:
            rests = [suspends for turn, suspends in turns if turn <= day]
            return HOLDING if rests and rests[-1] else WAITING

        return sampled((turn for turn, _ in turns), value_at)

    def _of(self, effect: Effect) -> list[Act]:
        """Give the acts with an effect; a withdrawal concerns none but the debtor who leaves."""
        return [
            act
            for act in self.world.acts.get(self.undertaking.id, ())
            if act.effect is effect and (effect is not Effect.WITHDRAW or act.actor == self.debtor)
        ]

    def _day(self, act: Act) -> Day:
        """Give the day on which an act was surely done."""
        return self.world.timeline(act.event).occurrence().latest

    def _notice(self, act: Act) -> int | None:
        """Give the notice an act needs in days; None if its author has no power to it.

        Whoever a promise is made to may always release its debtor.
        """
        notices = [
            power.notice
            for power in self.world.powers.get(self.undertaking.id, ())
            if (power.holder, power.effect) == (act.actor, act.effect)
        ]
        if act.effect is Effect.RELEASE and act.actor in self.undertaking.creditors:
            notices.append(0)
        return min(notices, default=None)


def _from_first(days: list[Day]) -> Timeline:
    if not days:
        return _NEVER
    first = min(days)
    return sampled((first,), lambda day: MET if day >= first else WAITING)
