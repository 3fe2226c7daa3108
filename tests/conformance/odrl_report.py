"""What a report says of a case: the one that is expected, and the one that Servanda gives.

Servanda's words are put into those of https://w3id.org/force/compliance-report. `Unknown` is what
no expected report says of a rule or a premise, so that a doubt never agrees by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from graph.lifecycle import Flag, Lifecycle, Standing
from graph.model import Gate, State
from graph.truth import Truth
from graph.world import World
from tests.conformance.odrl import Translation, nodes, premise_id
from tests.conformance.odrl_suite import REPORT, TYPE, Case

_PREMISE_REPORTS: Final = {
    "PartyReport": "assignee",
    "TargetReport": "target",
    "ActionReport": "action",
}
_DEONTIC_STATES: Final = {
    State.FULFILLED: "Fulfilled",
    State.VIOLATED: "Violated",
    State.OVERDUE: "NonSet",
}
_SATISFACTIONS: Final = {
    Truth.TRUE: "Satisfied",
    Truth.FALSE: "Unsatisfied",
    Truth.UNKNOWN: "Unknown",
}


@dataclass(frozen=True)
class Expected:
    """What the suite expects of a case."""

    case: Case

    @cached_property
    def rule(self) -> str:
        """Give the rule that the one rule report is about."""
        return self.case.report.object(self._rule_report, REPORT + "rule")

    @cached_property
    def _rule_report(self) -> str:
        (policy_report,) = self.case.report.subjects(TYPE, REPORT + "PolicyReport")
        return self.case.report.object(policy_report, REPORT + "ruleReport")

    def activation(self) -> str:
        """Give the activation state of the rule."""
        state = self.case.report.object(self._rule_report, REPORT + "activationState")
        return state.removeprefix(REPORT)

    def satisfactions(self) -> dict[str, str]:
        """Give what becomes of each premise and constraint that the report names, by its id."""
        report = self.case.report
        subjects = {
            each: premise_id(self.rule, name)
            for kind, name in _PREMISE_REPORTS.items()
            for each in report.subjects(TYPE, REPORT + kind)
        }
        subjects |= {
            each: report.object(each, REPORT + "constraint")
            for each in report.subjects(TYPE, REPORT + "ConstraintReport")
        }
        return {
            condition: report.object(each, REPORT + "satisfactionState").removeprefix(REPORT)
            for each, condition in subjects.items()
        }

    def duties(self) -> dict[str, str]:
        """Give the deontic state of each duty that the state of the world has a report on."""
        given = self.case.given
        return {
            given.object(each, REPORT + "rule"): given.object(
                each, REPORT + "deonticState"
            ).removeprefix(REPORT)
            for each in given.subjects(TYPE, REPORT + "DutyReport")
        }


@dataclass(frozen=True)
class Answered:
    """What Servanda says of a case."""

    translation: Translation

    @cached_property
    def _lifecycle(self) -> Lifecycle:
        return Lifecycle(World(self.translation.model, known_at=self.translation.now))

    def _standing(self, undertaking: str) -> Standing:
        at = self.translation
        return self._lifecycle.phase(undertaking, at.asker, at.now).standing

    def activation(self) -> str:
        """Give the activation state of the rule: whether it is in force."""
        found = self._standing(self.translation.rule)
        if found.flags & {Flag.UNKNOWN, Flag.DISPUTED}:
            return "Unknown"
        return "Active" if found.state is State.IN_FORCE else "Inactive"

    def satisfactions(self) -> dict[str, str]:
        """Give what becomes of each premise and constraint of the rule, by its id."""
        at = self.translation
        tree = at.model.undertakings[at.rule].gates[Gate.ACTIVATED]
        courses = {
            node.id: self._lifecycle.timeline(node, at.rule, at.asker)
            for node in nodes(tree)
            if at.is_of_the_policy(node)
        }
        return {each: _SATISFACTIONS[course.at(at.now).truth] for each, course in courses.items()}

    def duties(self) -> dict[str, str]:
        """Give the deontic state of each duty of the rule."""
        return {
            duty: _DEONTIC_STATES[self._standing(duty).state] for duty in self.translation.duties
        }
