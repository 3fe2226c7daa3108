"""States and circles: the whole of docs/semantics.md, asked from outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph import model as m
from graph.truth import Truth
from tests.graph.naive.conditions import Asked, Conditions
from tests.graph.naive.courses import (
    DAYS,
    NEVER,
    UNKNOWN,
    WAITING,
    Course,
    across,
    all_of,
    occurrence,
)
from tests.graph.naive.states import Where, activated, being_in, established, kept, unkept


@dataclass
class Naive(Conditions):
    """Answers about one world, recomputing everything whenever it is asked."""

    def where(self, undertaking: str, debtor: str) -> list[Where]:
        self.settle(self.asked_by_gates(undertaking, debtor))
        return self.states(undertaking, debtor)

    def verdicts(self, node: m.Condition, undertaking: str, debtor: str) -> Course:
        self.settle(self.asked(node, undertaking, debtor))
        return self.course(node, undertaking, debtor)

    def gate(self, gate: m.Gate, undertaking: str, debtor: str) -> Course | None:
        subject = self.world.model.undertakings[undertaking]
        node = subject.gates.get(gate)
        if node is None:
            return None
        if subject.structure is not m.Structure.JOINT:
            return self.course(node, undertaking, debtor)
        return across(all_of, [self.course(node, undertaking, one) for one in subject.debtors])

    def states(self, undertaking: str, debtor: str) -> list[Where]:
        gates = {gate: self.gate(gate, undertaking, debtor) for gate in m.Gate}
        return [self.state(undertaking, debtor, gates, day) for day in DAYS]

    def state(
        self, undertaking: str, debtor: str, gates: dict[m.Gate, Course | None], day: int
    ) -> Where:
        subject = self.world.model.undertakings[undertaking]
        if day < subject.made.earliest:
            return Where(m.State.NOT_MADE)
        if day < subject.made.latest:
            return Where(m.State.UNDETERMINED)
        if subject.kind is not m.UndertakingKind.COMMITMENT:
            return Where(m.State.DECLARED)
        if self.effective(undertaking, debtor, m.Effect.RELEASE, day):
            return Where(m.State.RELEASED)
        if self.effective(undertaking, debtor, m.Effect.WITHDRAW, day):
            return Where(m.State.WITHDRAWN)
        found = self.by_gates(undertaking, debtor, gates, day)
        if self.repudiated(undertaking, debtor, day):
            return Where(found.state, found.remarks | {"REPUDIATED"})
        return found

    def by_gates(
        self, undertaking: str, debtor: str, gates: dict[m.Gate, Course | None], day: int
    ) -> Where:
        ends = gates[m.Gate.ENDS]
        over = ends is not None and ends[day].truth is Truth.TRUE
        over = over or self.effective(undertaking, debtor, m.Effect.TERMINATE, day)
        found = established(gates[m.Gate.ESTABLISHED], day, over)
        found = found or activated(gates[m.Gate.ACTIVATED], day, over)
        found = found or kept(gates[m.Gate.DISCHARGED], gates[m.Gate.DUE], day)
        if found is not None:
            return found
        suspended = gates[m.Gate.SUSPENDED]
        if suspended is not None and suspended[day].truth is Truth.TRUE:
            return Where(m.State.SUSPENDED)
        if self.at_rest(undertaking, debtor, day):
            return Where(m.State.SUSPENDED)
        found = unkept(gates[m.Gate.DISCHARGED], gates[m.Gate.DUE], day)
        return found or Where(m.State.EXPIRED if over else m.State.IN_FORCE)

    # Powers

    def effects(
        self, undertaking: str, debtor: str, effect: m.Effect
    ) -> Iterable[tuple[int, int | None]]:
        """Give the day of each act that may bear on a debtor, with its notice if there is power."""
        subject = self.world.model.undertakings[undertaking]
        for act in self.world.model.acts:
            if act.undertaking != undertaking or act.effect is not effect:
                continue
            if effect is m.Effect.WITHDRAW and act.actor != debtor:
                continue
            notices = [
                power.notice
                for power in self.world.model.powers
                if power.undertaking == undertaking
                and power.holder == act.actor
                and power.effect is effect
            ]
            if effect is m.Effect.RELEASE and act.actor in subject.creditors:
                notices.append(0)
            done = occurrence(self.matter(act.event, None))[1]
            if done < NEVER:
                yield done, min(notices, default=None)

    def effective(self, undertaking: str, debtor: str, effect: m.Effect, day: int) -> bool:
        acts = self.effects(undertaking, debtor, effect)
        return any(notice is not None and day >= done + notice for done, notice in acts)

    def repudiated(self, undertaking: str, debtor: str, day: int) -> bool:
        acts = self.effects(undertaking, debtor, m.Effect.WITHDRAW)
        return any(notice is None and day >= done for done, notice in acts)

    def at_rest(self, undertaking: str, debtor: str, day: int) -> bool:
        turns = [
            (done + notice, effect is m.Effect.SUSPEND)
            for effect in (m.Effect.SUSPEND, m.Effect.RESUME)
            for done, notice in self.effects(undertaking, debtor, effect)
            if notice is not None and done + notice <= day
        ]
        return max(turns, default=(0, False))[1]

    # Circles

    # Circles

    def asked_by_gates(self, undertaking: str, debtor: str) -> set[Asked]:
        subject = self.world.model.undertakings[undertaking]
        joint = subject.structure is m.Structure.JOINT
        return {
            found
            for one in (subject.debtors if joint else [debtor])
            for node in subject.gates.values()
            for found in self.asked(node, undertaking, one)
        }

    def asked_by(self, asked: Asked) -> set[Asked]:
        consent, undertaking, debtor, _ = asked
        if not consent:
            return self.asked_by_gates(undertaking, debtor)
        tree = self.world.model.consents.get(consent)
        return set() if tree is None else self.asked(tree, undertaking, debtor)

    def reached(self, asked: Asked) -> set[Asked]:
        found: set[Asked] = set()
        ahead = self.asked_by(asked)
        while ahead - found:
            found |= ahead
            ahead = {two for one in ahead for two in self.asked_by(one)}
        return found

    def settle(self, asked: Iterable[Asked]) -> None:
        for one in sorted(asked, key=str):
            if one in self.answers:
                continue
            reached = self.reached(one)
            circle = [other for other in reached if one in self.reached(other)]
            self.settle(reached - set(circle) - {one})
            if circle:
                self.come_to_rest(sorted(circle, key=str))
            else:
                self.answers[one] = self.derived(one)

    def come_to_rest(self, circle: list[Asked]) -> None:
        restless: set[tuple[Asked, int]] = set()
        while True:
            rounds = [{one: tuple(WAITING for _ in DAYS) for one in circle}]
            while True:
                self.answers.update(
                    {
                        one: tuple(
                            UNKNOWN if (one, day) in restless else rounds[-1][one][day]
                            for day in DAYS
                        )
                        for one in circle
                    }
                )
                rounds[-1] = {one: self.answers[one] for one in circle}
                if rounds[-1] in rounds[:-1]:
                    break
                rounds.append({one: self.derived(one) for one in circle})
            cycle = rounds[rounds.index(rounds[-1]) : -1]
            if len(cycle) == 1:
                return
            restless |= {
                (one, day)
                for one in circle
                for day in DAYS
                if len({answers[one][day] for answers in cycle}) > 1
            }

    def derived(self, asked: Asked) -> Course:
        consent, undertaking, debtor, states = asked
        if consent:
            tree = self.world.model.consents.get(consent)
            if tree is None:
                return tuple(UNKNOWN for _ in DAYS)
            return self.course(tree, undertaking, debtor)
        return tuple(being_in(where, states) for where in self.states(undertaking, debtor))
