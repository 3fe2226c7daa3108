"""States and circles: the whole of docs/semantics.md, asked from outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

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
    any_of,
    occurrence,
)
from tests.graph.naive.states import (
    NOT_DUE,
    Duty,
    Gates,
    Where,
    activated,
    being_in,
    conditions,
    established,
    kept,
    made_on,
    reserved,
    unkept,
)
from tests.graph.naive.triggers import joined, kinds, narrow


@dataclass
class Naive(Conditions):
    """Answers about one world, recomputing everything whenever it is asked."""

    def where(self, undertaking: str, debtor: str) -> list[Where]:
        self.settle(self.asked_by_gates(undertaking, debtor))
        return self.states(undertaking, debtor)

    def verdicts(self, node: m.Condition, undertaking: str, debtor: str) -> Course:
        self.settle(self.asked(node, undertaking, debtor))
        return self.course(node, undertaking, debtor)

    def gate(self, gate: m.Gate, subject: m.Undertaking, debtor: str) -> Course | None:
        joint = subject.structure is m.Structure.JOINT
        courses = [
            self.course(node, subject.id, one)
            for one in (subject.debtors if joint else [debtor])
            if not (joint and reserved(subject, one))
            for node in conditions(subject, one, gate)
        ]
        return across(all_of, courses) if courses else None

    def gates(self, subject: m.Undertaking, debtor: str) -> Gates:
        return {gate: self.gate(gate, subject, debtor) for gate in m.Gate}

    def states(self, undertaking: str, debtor: str) -> list[Where]:
        subject = self.world.model.undertakings[undertaking]
        gates = self.gates(subject, debtor)
        if kinds(subject, debtor):
            gates[m.Gate.DISCHARGED] = gates[m.Gate.DUE] = None
        return [self.state(subject, debtor, gates, day) for day in DAYS]

    def state(
        self,
        subject: m.Undertaking,
        debtor: str,
        gates: Gates,
        day: int,
        outlived: frozenset[m.Effect] = frozenset(),
    ) -> Where:
        undertaking = subject.id
        if reserved(subject, debtor):
            return Where(m.State.NOT_MADE, frozenset({"RESERVED"}))
        if day < subject.made.earliest:
            return Where(m.State.NOT_MADE)
        if day < subject.made.latest:
            return Where(m.State.UNDETERMINED)
        if subject.kind is not m.UndertakingKind.COMMITMENT:
            return Where(m.State.DECLARED)
        given_up = self.given_up(undertaking, debtor, day, outlived)
        if given_up is not None:
            return Where(given_up)
        over = self.over(undertaking, debtor, gates, day, outlived)
        found = self.by_gates(undertaking, debtor, gates, day, over)
        beside = set(found.remarks)
        if self.repudiated(undertaking, debtor, day):
            beside.add("REPUDIATED")
        if any(one.debtor == debtor and not one.permitted for one in subject.reservations):
            beside.add("IMPERMISSIBLE")
        return Where(found.state, frozenset(beside))

    def given_up(
        self, undertaking: str, debtor: str, day: int, outlived: frozenset[m.Effect] = frozenset()
    ) -> m.State | None:
        if self.effective(undertaking, debtor, m.Effect.RELEASE, day):
            return m.State.RELEASED
        left = m.Effect.WITHDRAW
        if left not in outlived and self.effective(undertaking, debtor, left, day):
            return m.State.WITHDRAWN
        return None

    def over(
        self,
        undertaking: str,
        debtor: str,
        gates: Gates,
        day: int,
        outlived: frozenset[m.Effect] = frozenset(),
    ) -> bool:
        ends, ended = gates[m.Gate.ENDS], m.Effect.TERMINATE
        if ends is not None and ends[day].truth is Truth.TRUE:
            return True
        return ended not in outlived and self.effective(undertaking, debtor, ended, day)

    def by_gates(self, undertaking: str, debtor: str, gates: Gates, day: int, over: bool) -> Where:
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

    def asked_by_gates(self, undertaking: str, debtor: str) -> set[Asked]:
        subject = self.world.model.undertakings[undertaking]
        joint = subject.structure is m.Structure.JOINT
        return {
            found
            for one in (subject.debtors if joint else [debtor])
            for gate in m.Gate
            for node in conditions(subject, one, gate)
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
        own = tuple(being_in(where, states) for where in self.states(undertaking, debtor))
        subject = self.world.model.undertakings[undertaking]
        due = states - NOT_DUE
        if not kinds(subject, debtor) or not due:
            return own
        duties = [duty.being_in(due) for duty in self.duties(subject, debtor)]
        return across(any_of, [own, *duties])

    # Obligations

    def owed(self, undertaking: str, debtor: str) -> list[Duty]:
        self.settle(self.asked_by_gates(undertaking, debtor))
        return self.duties(self.world.model.undertakings[undertaking], debtor)

    def duties(self, subject: m.Undertaking, debtor: str) -> list[Duty]:
        if subject.kind is not m.UndertakingKind.COMMITMENT or reserved(subject, debtor):
            return []
        if not kinds(subject, debtor):
            gates = self.gates(subject, debtor)
            duty = self.duty(subject, debtor, None, gates)
            return [] if duty is None or self.none_begins(duty, subject, debtor, gates) else [duty]
        cases = {kind: self.cases(kind) for kind in kinds(subject, debtor)}
        kind_of = {case: kind for kind in reversed(cases) for case in cases[kind]}
        places = list(cases)

        def came(case: str) -> tuple[int, int, int]:
            first, last = occurrence(self.matter(case, None))
            return last, first, places.index(kind_of[case])

        found: list[Duty] = []
        for case, kind in kind_of.items():
            earlier = {
                other: tuple(one for one in cases[other] if came(one) <= came(case))
                for other in cases
                if other != kind and any(came(one) > came(case) for one in cases[other])
            }
            found += self.duties_of(joined(subject, earlier), debtor, kind, case)
        return found

    def none_begins(self, duty: Duty, subject: m.Undertaking, debtor: str, gates: Gates) -> bool:
        day = duty.since[1]
        return (
            day >= NEVER
            or self.given_up(subject.id, debtor, day) is not None
            or self.over(subject.id, debtor, gates, day)
        )

    def cases(self, kind: str) -> list[str]:
        matters = self.world.model.matters.values()
        every = [kind, *(one.id for one in matters if one.occurrence_of == kind)]
        return [case for case in every if self.reported(case)]

    def duties_of(self, subject: m.Undertaking, debtor: str, kind: str, case: str) -> list[Duty]:
        trees = {
            gate: narrow(node, kind, case, gate is m.Gate.ACTIVATED)
            for gate, node in subject.gates.items()
        }
        kept_out = tuple(
            replace(one, only_when=narrow(one.only_when, kind, case, True))
            if one.only_when
            else one
            for one in subject.reservations
        )
        gates = self.gates(replace(subject, gates=trees, reservations=kept_out), debtor)
        activated = gates[m.Gate.ACTIVATED]
        assert activated is not None
        gates[m.Gate.ACTIVATED] = across(all_of, [activated, self.matter(case, None)])
        duty = self.duty(subject, debtor, case, gates)
        return [] if duty is None else [duty]

    def duty(
        self, subject: m.Undertaking, debtor: str, trigger: str | None, gates: Gates
    ) -> Duty | None:
        began = [tuple(made_on(subject, day) for day in DAYS)]
        for gate in (m.Gate.ESTABLISHED, m.Gate.ACTIVATED):
            began += [course for course in [gates[gate]] if course is not None]
        first, last = occurrence(across(all_of, began))
        if (
            first >= NEVER
            or reserved(subject, debtor)
            or self.given_up(subject.id, debtor, first) is not None
            or self.over(subject.id, debtor, gates, first)
        ):
            return None
        outlived: set[m.Effect] = set()
        if last < NEVER and not subject.obligations_lapse:
            for end in (m.Effect.WITHDRAW, m.Effect.TERMINATE):
                if not self.effective(subject.id, debtor, end, last):
                    outlived.add(end)
            ends = gates[m.Gate.ENDS]
            if ends is not None and ends[last].truth is Truth.FALSE:
                gates = {**gates, m.Gate.ENDS: None}
        due = gates[m.Gate.DUE]
        due_days = (NEVER, NEVER) if due is None else occurrence(due)
        states = {
            day: self.state(subject, debtor, gates, day, frozenset(outlived))
            for day in DAYS
            if day >= first
        }
        return Duty(trigger, (first, last), due_days, states)

    def unforeseeable(self, subject: m.Undertaking, debtor: str, duty: Duty) -> bool:
        day = duty.due[1]
        if not duty.missed() or duty.since[1] > day or day >= self.world.known_at:
            return False
        then = Naive(replace(self.world, known_at=day)).owed(subject.id, debtor)
        return all(one.trigger != duty.trigger or one.since[1] > day for one in then)

    def reported(self, event: str) -> bool:
        heard = self.heard(event, None, None)
        return any(claim.holds for claim in heard.claims) or any(
            one.about == event and one.truth is Truth.TRUE for one in self.world.scenario
        )
