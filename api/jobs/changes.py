"""What stands otherwise on another day, or if something were so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from api.asked import InvalidValue
from api.jobs.job import Job
from api.situation import Json, Situation
from api.standings import change_json
from graph.difference import View, differences
from graph.scenario import Outcome, outcomes


@dataclass(frozen=True)
class Diff(Job):
    """Which states differ between an earlier day and the day asked about, and why."""

    start: date

    def answer(self, situation: Situation) -> Json:
        """Answer for every debtor of every undertaking whose state or remarks differ."""
        end = self.asked.as_of
        if end < self.start:
            raise InvalidValue(
                f"`{self.start}` is later than `{end}`", hint="swap the two days", parameter="from"
            )
        before = View(situation.lifecycle, self.start.toordinal())
        among = situation.differing(before.day)
        changed = [each for each in differences(before, situation.view, among) if each.of_state]
        return {
            "from": self.start.isoformat(),
            "to": end.isoformat(),
            "changes": [change_json(situation, each) for each in changed],
        }


@dataclass(frozen=True)
class WhatIf(Job):
    """What would stand, or wait, otherwise if the scenario were so; nothing is recorded."""

    def answer(self, situation: Situation) -> Json:
        """Answer with the changes, each with the assumptions it would not be without."""
        scenario = situation.world.scenario
        actual = replace(situation.world, scenario=())
        found = outcomes(actual, scenario, situation.as_of)
        return {
            "hypothetical": True,
            "readings": [situation.thing(reading) for reading in situation.readings],
            "changes": [_outcome(situation, each) for each in found],
        }


def _outcome(situation: Situation, outcome: Outcome) -> Json:
    needed = [situation.assumption(each) for each in outcome.assumptions]
    return {**change_json(situation, outcome.difference), "assumptions": needed}
