"""Derives where undertakings stand, with the commitments and consents that look at each other.

Rules: docs/semantics.md, "Life cycle" (in `graph.standing`) and "Commitments that look at each
other".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from graph.acts import Acts
from graph.circles import circles
from graph.condition import Evaluation, sum_of
from graph.course import Course
from graph.model import (
    Condition,
    Effect,
    Gate,
    Id,
    QuantityReached,
    Undertaking,
    UndertakingKind,
)
from graph.questions import ConsentTo, Owed, Question, StateOf, questions
from graph.standing import (
    OF_OBLIGATIONS,
    Flag,
    Phase,
    Standing,
    in_states,
    phases,
    standing,
)
from graph.timeline import Day, Timeline, combined, constant
from graph.triggers import narrowed, triggers
from graph.truth import MET, UNKNOWN, WAITING, Value, conjunction, disjunction
from graph.world import World

__all__ = ["Course", "Flag", "Lifecycle", "Phase", "Standing", "standing"]

_AWAITED: Final = constant(WAITING)
_SURE: Final = constant(MET)
_OF_EACH_OBLIGATION: Final = frozenset({Gate.DISCHARGED, Gate.DUE})


@dataclass
class Lifecycle:
    """Derives standings in one world; what was derived once is kept."""

    world: World
    _answers: dict[Question, Timeline] = field(default_factory=dict)
    _courses: dict[tuple[Id, Id], Course] = field(default_factory=dict)
    _phases: dict[tuple[Id, Id], Sequence[Phase]] = field(default_factory=dict)
    _known_at: dict[Day, Lifecycle] = field(default_factory=dict)
    _evaluation: Evaluation = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no commitment in any state and no consent given that another waits for."""
        answers = self._answers
        # Of these alone: what refers to itself is not let go of before garbage is collected.
        self._evaluation = Evaluation(self.world, lambda one: answers.get(one, _AWAITED))

    def phases(self, undertaking: Id, debtor: Id) -> Sequence[Phase]:
        """Give the phases of an undertaking for one debtor, from the beginning of time on."""
        key = (undertaking, debtor)
        if key not in self._phases:
            self._phases[key] = phases(self.course(undertaking, debtor))
        return self._phases[key]

    def phase(self, undertaking: Id, debtor: Id, day: Day) -> Phase:
        """Give the phase in which an undertaking is for one debtor on a day."""
        return next(phase for phase in self.phases(undertaking, debtor) if day < phase.end)

    def course(self, undertaking: Id, debtor: Id) -> Course:
        """Give everything the rules look at, once all questions have come to rest."""
        key = (undertaking, debtor)
        if key not in self._courses:
            subject = self.world.model.undertakings[undertaking]
            self._settle(self._asked(subject, debtor))
            self._courses[key] = self._course(subject, debtor)
        return self._courses[key]

    def obligations(self, undertaking: Id, debtor: Id) -> list[Course]:
        """Give everything the rules look at for each obligation of a debtor.

        A commitment that is not repeatable makes one, once it is surely due; a repeatable one
        makes one for each reported occurrence of what sets it off.
        """
        subject = self.world.model.undertakings[undertaking]
        course = self.course(undertaking, debtor)
        if subject.kind is not UndertakingKind.COMMITMENT:
            return []
        if triggers(subject, debtor):
            return self._obligations(subject, debtor)
        return [course.outlasting()] if course.begins_surely() else []

    def known_at(self, day: Day) -> Lifecycle:
        """Give the standings as they could be known at the end of a day."""
        if day not in self._known_at:
            self._known_at[day] = Lifecycle(replace(self.world, known_at=day))
        return self._known_at[day]

    def timeline(self, condition: Condition, undertaking: Id, debtor: Id) -> Timeline:
        """Give the course of one condition of an undertaking for one debtor."""
        owed = Owed(debtor, self.world.model.undertakings[undertaking])
        self._settle(questions(condition, owed, self.world.model))
        return self._evaluation.timeline(condition, owed)

    def matter(self, matter: Id) -> Timeline:
        """Give the course of a matter."""
        return self._evaluation.matter(matter)

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

    def _asked(self, subject: Undertaking, debtor: Id) -> Iterable[Question]:
        for owed in _owed(subject, debtor):
            for node in subject.gates_for(owed.debtor).values():
                yield from questions(node, owed, self.world.model)

    def _asked_by(self, question: Question) -> Iterable[Question]:
        """Give what must be answered before a question can be, unless it was answered already."""
        subject = self.world.model.undertakings[question.undertaking]
        match question:
            case StateOf():
                asked = self._asked(subject, question.debtor)
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
                return self._being_in(subject, question)
            case ConsentTo():
                tree, owed = question.tree, Owed(question.debtor, subject)
                return constant(UNKNOWN) if tree is None else self._evaluation.timeline(tree, owed)

    def _being_in(self, subject: Undertaking, asked: StateOf) -> Timeline:
        """Ask the promise itself, and the obligations that a repeatable one makes."""
        own = self._course(subject, asked.debtor)
        found = [in_states(own, asked.states)]
        if triggers(subject, asked.debtor) and (states := asked.states & OF_OBLIGATIONS):
            found += [
                in_states(course, states, course.began.earliest)
                for course in self._obligations(subject, asked.debtor)
            ]
        return combined(disjunction, found)

    # What the rules look at

    def _obligations(self, subject: Undertaking, debtor: Id) -> list[Course]:
        """Give the obligations of a repeatable commitment, those that only may exist included."""
        if subject.excludes(debtor):
            return []
        kinds = self._reported(triggers(subject, debtor))
        came = self._in_order(kinds)
        found = (
            self._owed_for(
                each, narrowed(subject, came[each], each, _up_to(each, list(came), kinds)), debtor
            )
            for each in came
        )
        return [course.outlasting() for course in found if not course.makes_none()]

    def _reported(self, kinds: Iterable[Id]) -> dict[Id, tuple[Id, ...]]:
        """Give the reported occurrences of each kind: its cases, and the kind itself."""
        return {
            kind: tuple(
                each
                for each in (kind, *self.world.occurrences.get(kind, ()))
                if self.world.reported(each)
            )
            for kind in kinds
        }

    def _in_order(self, kinds: Mapping[Id, Iterable[Id]]) -> dict[Id, Id]:
        """Give the kind of each occurrence, in the order they came; on one day as kinds are named.

        An imprecise time counts as its last day.
        """
        kind_of: dict[Id, Id] = {}
        for kind, found in kinds.items():
            for occurrence in found:
                kind_of.setdefault(occurrence, kind)

        def came(occurrence: Id) -> tuple[Day, Day]:
            span = self.world.timeline(occurrence).occurrence()
            return span.latest, span.earliest

        return {each: kind_of[each] for each in sorted(kind_of, key=came)}

    def _owed_for(self, occurrence: Id, narrow: Undertaking, debtor: Id) -> Course:
        """Judge by the gates narrowed to an occurrence, and not before that came."""
        course = self._course(narrow, debtor, occurrence)
        came = [course.gates[Gate.ACTIVATED], self.world.timeline(occurrence)]
        gates = {**course.gates, Gate.ACTIVATED: combined(conjunction, came)}
        return replace(course, gates=gates, trigger=occurrence)

    def _course(self, subject: Undertaking, debtor: Id, occurrence: Id | None = None) -> Course:
        """Give what the rules look at; whether a repeatable promise is kept, obligations tell."""
        acts = Acts(self.world, subject, debtor)
        gates = self._gates(_owed(subject, debtor, occurrence))
        left_out = _OF_EACH_OBLIGATION if triggers(subject, debtor) else frozenset()
        return Course(
            undertaking=subject,
            debtor=debtor,
            gates={gate: timeline for gate, timeline in gates.items() if gate not in left_out},
            released=acts.done(Effect.RELEASE),
            withdrawn=acts.done(Effect.WITHDRAW),
            repudiated=acts.attempted(Effect.WITHDRAW),
            terminated=acts.done(Effect.TERMINATE),
            suspended=acts.suspended(),
        )

    def _gates(self, owed: Iterable[Owed]) -> dict[Gate, Timeline]:
        """Give the gates, each of which must be met for all of those who owe."""
        found: dict[Gate, list[Timeline]] = {}
        for one in owed:
            for gate, node in one.undertaking.gates_for(one.debtor).items():
                found.setdefault(gate, []).append(self._evaluation.timeline(node, one))
        return {
            gate: each[0] if len(each) == 1 else combined(conjunction, each)
            for gate, each in found.items()
        }


def _owed(subject: Undertaking, debtor: Id, occurrence: Id | None = None) -> list[Owed]:
    return [Owed(one, subject, occurrence) for one in subject.owing_with(debtor)]


def _up_to(
    occurrence: Id, came: list[Id], kinds: Mapping[Id, tuple[Id, ...]]
) -> dict[Id, tuple[Id, ...]]:
    """Give those that came before an occurrence, of each kind of which others came later."""
    so_far = set(came[: came.index(occurrence) + 1])
    return {
        kind: tuple(each for each in found if each in so_far)
        for kind, found in kinds.items()
        if not so_far.issuperset(found)
    }


def _restless(values: Sequence[Value]) -> Value:
    """Mark the days on which an answer was in doubt before or differs from round to round."""
    doubt, *seen = values
    return UNKNOWN if len(set(seen)) > 1 else doubt


def _doubted(values: Sequence[Value]) -> Value:
    doubt, answer = values
    return UNKNOWN if doubt == UNKNOWN else answer
