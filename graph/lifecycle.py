"""Derives where undertakings stand, with the commitments and consents that look at each other.

Rules: docs/semantics.md, "Life cycle" (in `graph.standing`) and "Commitments that look at each
other".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from graph.acts import Acts
from graph.circles import circles
from graph.condition import Evaluation, sum_of
from graph.model import (
    Condition,
    Effect,
    Gate,
    Id,
    QuantityReached,
    Structure,
    Undertaking,
)
from graph.questions import ConsentTo, Owed, Question, StateOf, questions
from graph.standing import Course, Flag, Phase, Standing, being_in, standing
from graph.timeline import BEGINNING, NEVER, Day, Timeline, combined, constant, sampled
from graph.truth import MET, UNKNOWN, WAITING, Value, conjunction
from graph.world import World

__all__ = ["Course", "Flag", "Lifecycle", "Phase", "Standing", "standing"]

_AWAITED: Final = constant(WAITING)
_SURE: Final = constant(MET)


@dataclass
class Lifecycle:
    """Derives standings in one world; what was derived once is kept."""

    world: World
    _answers: dict[Question, Timeline] = field(default_factory=dict)
    _courses: dict[tuple[Id, Id], Course] = field(default_factory=dict)
    _evaluation: Evaluation = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no commitment in any state and no consent given that another waits for."""
        self._evaluation = Evaluation(self.world, self._answer)

    def phases(self, undertaking: Id, debtor: Id) -> list[Phase]:
        """Give the phases of an undertaking for one debtor, from the beginning of time on."""
        course = self.course(undertaking, debtor)
        days = sorted({BEGINNING} | {d for d in course.turning_days() if BEGINNING < d < NEVER})
        phases: list[Phase] = []
        for day in days:
            found = standing(course, day)
            if phases and phases[-1].standing == found:
                continue
            if phases:
                phases[-1] = Phase(phases[-1].standing, phases[-1].start, day)
            phases.append(Phase(found, day, NEVER))
        return phases

    def phase(self, undertaking: Id, debtor: Id, day: Day) -> Phase:
        """Give the phase in which an undertaking is for one debtor on a day."""
        return next(phase for phase in self.phases(undertaking, debtor) if day < phase.end)

    def course(self, undertaking: Id, debtor: Id) -> Course:
        """Give everything the rules look at, once all questions have come to rest."""
        key = (undertaking, debtor)
        if key not in self._courses:
            subject = self.world.model.undertakings[undertaking]
            self._settle(self._asked(subject.gates.values(), subject, debtor))
            self._courses[key] = self._course(subject, debtor)
        return self._courses[key]

    def timeline(self, condition: Condition, undertaking: Id, debtor: Id) -> Timeline:
        """Give the course of one condition of an undertaking for one debtor."""
        owed = Owed(debtor, self.world.model.undertakings[undertaking])
        self._settle(questions(condition, owed, self.world.model))
        return self._evaluation.timeline(condition, owed)

    def share(self, undertaking: Id, debtor: Id, day: Day) -> float | None:
        """Give the part of the promised quantity that was surely provided by a day, 0 to 1.

        None where the discharge gate is no quantity.
        """
        owed = Owed(debtor, self.world.model.undertakings[undertaking])
        node = owed.undertaking.gates.get(Gate.DISCHARGED)
        if not isinstance(node, QuantityReached) or node.quantity <= 0:
            return None
        counted = self._evaluation.counted(node, owed)
        given = sum_of(provision for provision in counted if provision.on.latest <= day)
        return min(1.0, float(given / node.quantity))

    # What looks at other commitments and consents, and in a circle at itself

    def _answer(self, question: Question) -> Timeline:
        return self._answers.get(question, _AWAITED)

    def _asked(
        self, nodes: Iterable[Condition], subject: Undertaking, debtor: Id
    ) -> Iterable[Question]:
        for owed in _owed(subject, debtor):
            for node in nodes:
                yield from questions(node, owed, self.world.model)

    def _asked_by(self, question: Question) -> Iterable[Question]:
        """Give what must be answered before a question can be, unless it was answered already."""
        subject = self.world.model.undertakings[question.undertaking]
        match question:
            case StateOf():
                asked = self._asked(subject.gates.values(), subject, question.debtor)
            case ConsentTo():
                tree, owed = question.tree, Owed(question.debtor, subject)
                asked = () if tree is None else questions(tree, owed, self.world.model)
        return (one for one in asked if one not in self._answers)

    def _settle(self, asked: Iterable[Question]) -> None:
        """Answer questions, those first that others look at."""
        unanswered = [question for question in asked if question not in self._answers]
        for circle in circles(unanswered, self._asked_by):
            if len(circle) > 1 or circle[0] in self._asked_by(circle[0]):
                self._come_to_rest(circle)
            else:
                self._answers[circle[0]] = self._derived(circle[0])

    def _come_to_rest(self, circle: Sequence[Question]) -> None:
        """Find the least fixed point of a circle; what finds no rest is unknown on those days.

        The last round leaves its answers, and what was judged with them, in their places.
        """
        doubts = dict.fromkeys(circle, _SURE)
        while len(rounds := self._rounds(circle, doubts)) > 1:
            for place, question in enumerate(circle):
                seen = [answers[place] for answers in rounds]
                doubts[question] = combined(_restless, [doubts[question], *seen])

    def _rounds(
        self, circle: Sequence[Question], doubts: dict[Question, Timeline]
    ) -> list[tuple[Timeline, ...]]:
        """Answer a circle round by round from nothing, and give the rounds that then recur."""
        answers = tuple(combined(_doubted, [doubts[one], _AWAITED]) for one in circle)
        seen: dict[tuple[Timeline, ...], int] = {}
        while answers not in seen:
            seen[answers] = len(seen)
            self._answers.update(zip(circle, answers, strict=True))
            self._forget(circle)
            answers = tuple(combined(_doubted, [doubts[one], self._derived(one)]) for one in circle)
        return list(seen)[seen[answers] :]

    def _forget(self, circle: Iterable[Question]) -> None:
        for question in circle:
            subject = self.world.model.undertakings[question.undertaking]
            for owed in _owed(subject, question.debtor):
                self._evaluation.forget(subject.id, owed.debtor)

    def _derived(self, question: Question) -> Timeline:
        subject = self.world.model.undertakings[question.undertaking]
        match question:
            case StateOf():
                course = self._course(subject, question.debtor)
                return sampled(
                    course.turning_days(),
                    lambda day: being_in(standing(course, day), question.states),
                )
            case ConsentTo():
                tree, owed = question.tree, Owed(question.debtor, subject)
                return constant(UNKNOWN) if tree is None else self._evaluation.timeline(tree, owed)

    # What the rules look at

    def _course(self, subject: Undertaking, debtor: Id) -> Course:
        acts = Acts(self.world, subject, debtor)
        return Course(
            undertaking=subject,
            debtor=debtor,
            gates={gate: self._gate(node, subject, debtor) for gate, node in subject.gates.items()},
            released=acts.done(Effect.RELEASE),
            withdrawn=acts.done(Effect.WITHDRAW),
            repudiated=acts.attempted(Effect.WITHDRAW),
            terminated=acts.done(Effect.TERMINATE),
            suspended=acts.suspended(),
        )

    def _gate(self, node: Condition, subject: Undertaking, debtor: Id) -> Timeline:
        each = [self._evaluation.timeline(node, owed) for owed in _owed(subject, debtor)]
        return each[0] if len(each) == 1 else combined(conjunction, each)


def _owed(subject: Undertaking, debtor: Id) -> list[Owed]:
    """Give for whom a gate must be met: joint debtors owe one performance that takes them all."""
    joint = subject.structure is Structure.JOINT
    return [Owed(one, subject) for one in (subject.debtors if joint else (debtor,))]


def _restless(values: Sequence[Value]) -> Value:
    """Mark the days on which an answer was in doubt before or differs from round to round."""
    doubt, *seen = values
    return UNKNOWN if len(set(seen)) > 1 else doubt


def _doubted(values: Sequence[Value]) -> Value:
    doubt, answer = values
    return UNKNOWN if doubt == UNKNOWN else answer
