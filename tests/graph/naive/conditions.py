"""Conditions, day by day and down the tree; asks others for what may depend on itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol, TypeAlias

from graph import model as m
from graph.truth import Truth, Value
from graph.world import World
from tests.graph.naive.claims import Heard
from tests.graph.naive.courses import (
    DAYS,
    HOLDING,
    MET,
    NEVER,
    RULED_OUT,
    UNKNOWN,
    WAITING,
    Course,
    Days,
    across,
    all_of,
    any_of,
    at_least,
    before,
    compared,
    doubt,
    from_opening,
    inside,
    laid,
    latched,
    later,
    never_sure,
    occurrence,
    opposite,
    ruled_out_from,
)

Asked: TypeAlias = tuple[str, str, str, frozenset[m.State]]
"""A consent or nothing, an undertaking, a debtor, and states or none."""


class Judge(Protocol):
    """Judges a condition for the debtor at hand; under the floor at hand, if none is given."""

    def __call__(self, one: m.Condition, start: Days | None = ...) -> Course: ...


def after(node: m.After, of: Judge) -> Course:
    anchor = latched(of(node.anchor))
    start = later(node.days, occurrence(anchor))
    return anchor if start[0] >= NEVER else across(all_of, [anchor, of(node.operand, start)])


def within(node: m.Within, of: Judge, floor: Days | None) -> Course:
    if node.anchor is None:
        course = of(node.operand, from_opening(node.since, floor))
        closing = NEVER if node.until is None else node.until
        return inside(course, node.since or 0, (closing, closing))
    anchor = latched(of(node.anchor))
    opened = occurrence(anchor)
    if opened[0] >= NEVER:
        return anchor
    closed = later((node.days or 0) + 1, opened)
    return across(all_of, [anchor, inside(of(node.operand, later(-1, opened)), opened[0], closed)])


@dataclass
class Conditions:
    """Judges conditions in one world with the answers at hand."""

    world: World
    answers: dict[Asked, Course] = field(default_factory=dict)

    def heard(self, matter: str, floor: Days | None, speaker: str | None) -> Heard:
        model = self.world.model
        about = model.matters[matter]
        claims, unsure = [], set()
        for claim in model.evidence:
            counting = self.counting(claim.sources)
            if (
                claim.matter != matter
                or claim.published.latest > self.world.known_at
                or not counting
                or (speaker is not None and speaker not in claim.speakers)
            ):
                continue
            if claim.holds and floor is not None:
                if claim.since.latest <= floor[0]:
                    continue
                if claim.since.earliest <= floor[1]:
                    unsure.add(claim.id)
            claims.append(replace(claim, sources=counting))
        kind = m.MatterKind.STATE if speaker else about.kind
        return Heard(
            kind,
            about.monitored,
            tuple(claims),
            frozenset(unsure),
            self.world.policy.rule,
            dict(model.ranks),
        )

    def counting(self, sources: tuple[str, ...]) -> tuple[str, ...]:
        named = self.world.policy.sources
        return tuple(one for one in sources if named is None or one in named)

    def matter(self, matter: str, floor: Days | None) -> Course:
        event = self.world.model.matters[matter].kind is m.MatterKind.EVENT
        return self.assumed(
            matter,
            MET if event else HOLDING,
            lambda start: self.heard(matter, start, None).course(),
            floor,
        )

    def assumed(
        self,
        about: str,
        so: Value,
        judge: Callable[[Days | None], Course],
        floor: Days | None,
    ) -> Course:
        assumptions = [one for one in self.world.scenario if one.about == about]
        course = judge(floor)
        whole = judge(None) if assumptions else course
        for one in sorted(assumptions, key=lambda a: a.since):
            given = {Truth.TRUE: so, Truth.FALSE: WAITING, Truth.UNKNOWN: UNKNOWN}[one.truth]
            value: Value | None = given
            if (
                floor is not None
                and one.truth is Truth.TRUE
                and course[one.since].truth is not Truth.TRUE
            ):
                if whole[one.since].truth is Truth.TRUE or one.since <= floor[0]:
                    value = None  # no news, or news of too early a day
                elif one.since <= floor[1]:
                    value = UNKNOWN
            if value is not None:
                course = laid(course, one.since, one.truth, value)
            whole = laid(whole, one.since, one.truth, given)
        return course

    # Conditions

    def course(
        self, node: m.Condition, undertaking: str, debtor: str, floor: Days | None = None
    ) -> Course:
        course = self.assumed(
            node.id,
            HOLDING,
            lambda start: self.judged(node, undertaking, debtor, start),
            floor,
        )
        once = node.mode is m.Mode.ONCE or (node.mode is None and isinstance(node, m.Approved))
        return latched(course) if once else course

    def judged(
        self, node: m.Condition, undertaking: str, debtor: str, floor: Days | None
    ) -> Course:
        def of(one: m.Condition, start: Days | None = floor) -> Course:
            return self.course(one, undertaking, debtor, start)

        if isinstance(node, m.AllOf):
            return across(all_of, [of(one) for one in node.operands])
        if isinstance(node, m.AnyOf):
            return across(any_of, [of(one) for one in node.operands])
        if isinstance(node, m.AtLeast):
            return across(lambda v: at_least(node.minimum, v), [of(one) for one in node.operands])
        if isinstance(node, m.After):
            return after(node, of)
        if isinstance(node, m.Within):
            return within(node, of, floor)
        if isinstance(node, m.Occurs | m.Holds | m.Approved | m.Determined):
            return self.claimed(node, debtor, floor)
        return compared(self.whole(node, undertaking, debtor), floor)

    def claimed(
        self,
        node: m.Occurs | m.Holds | m.Approved | m.Determined,
        debtor: str,
        floor: Days | None,
    ) -> Course:
        if isinstance(node, m.Occurs):
            return self.occurs(node, floor)
        if isinstance(node, m.Approved):
            return self.approved(node, debtor, floor)
        if isinstance(node, m.Holds):
            return self.matter(node.state_of_affairs, floor)
        if node.authority is not None:
            return self.heard(node.matter, floor, node.authority).course()
        return tuple(never_sure(value) for value in self.matter(node.matter, floor))

    def whole(self, node: m.Condition, undertaking: str, debtor: str) -> Course:
        def of(one: m.Condition) -> Course:
            return self.course(one, undertaking, debtor)

        if isinstance(node, m.Not):
            return tuple(opposite(value) for value in of(node.operand))
        if isinstance(node, m.Before):
            return before(of(node.operand), of(node.anchor))
        if isinstance(node, m.DateReached):
            return tuple(MET if day >= node.day else WAITING for day in DAYS)
        if isinstance(node, m.Elapsed):
            anchor = latched(of(node.anchor))
            first, last = later(node.days, occurrence(anchor))
            over = ruled_out_from(anchor)
            return tuple(
                MET
                if day >= last
                else doubt(anchor)
                if day >= first
                else RULED_OUT
                if day >= over
                else WAITING
                for day in DAYS
            )
        if isinstance(node, m.QuantityReached):
            return self.quantity(node, undertaking, debtor)
        if isinstance(node, m.InState):
            asked = list(self.asked(node, undertaking, debtor))
            parts = [self.answer(one) for one in asked]
            return across(all_of, parts) if parts else tuple(UNKNOWN for _ in DAYS)
        assert isinstance(node, m.Consents)
        return self.answer((node.id, undertaking, debtor, frozenset()))

    def occurs(self, node: m.Occurs, floor: Days | None) -> Course:
        start = from_opening(node.since, floor)
        matters = self.world.model.matters
        cases = [e for e in matters if matters[e].occurrence_of == node.event]
        events = [node.event, *cases] if node.only is None else list(node.only)
        courses = [self.matter(event, start) for event in events]
        counted = []
        for day in DAYS:
            values = [course[day] for course in courses]
            watched = matters[node.event].monitored or (
                values[:1] and values[0].truth is Truth.FALSE
            )
            more = [WAITING if watched else UNKNOWN for _ in range(node.count - 1)]
            counted.append(at_least(node.count, values + more))
        if node.since is None and node.until is None:
            return tuple(counted)
        closing = NEVER if node.until is None else node.until
        return inside(tuple(counted), node.since or 0, (closing, closing))

    def approved(self, node: m.Approved, debtor: str, floor: Days | None) -> Course:
        groups = {debtor, *self.world.model.members.get(debtor, ())}
        if node.applies_to is not None and node.applies_to not in groups:
            return tuple(MET for _ in DAYS)
        parts = [
            self.matter(matter.id, floor)
            for matter in self.world.model.matters.values()
            if matter.measure == node.measure
            and node.body in (None, matter.body)
            and (not node.each_debtor or matter.debtor == debtor)
        ]
        return across(any_of, parts) if parts else tuple(UNKNOWN for _ in DAYS)

    def quantity(self, node: m.QuantityReached, undertaking: str, debtor: str) -> Course:
        structure = self.world.model.undertakings[undertaking].structure
        own = structure in (m.Structure.SEVERAL, m.Structure.INDIVIDUAL)
        given = [
            p
            for p in self.world.model.provisions
            if p.undertaking == undertaking
            and p.published.latest <= self.world.known_at
            and self.counting(p.sources)
            and (p.stage, p.unit, p.price_basis) == (node.stage, node.unit, node.price_basis)
            and (p.debtor == debtor or not own)
        ]
        values = []
        for day in DAYS:
            surely = sum((p.quantity for p in given if p.on.latest <= day), Decimal(0))
            maybe = sum((p.quantity for p in given if p.on.earliest <= day), Decimal(0))
            enough = MET if surely >= node.quantity else WAITING
            values.append(UNKNOWN if enough == WAITING and maybe >= node.quantity else enough)
        return tuple(values) if given else tuple(UNKNOWN for _ in DAYS)

    # The life cycle

    def answer(self, asked: Asked) -> Course:
        return self.answers.get(asked, tuple(WAITING for _ in DAYS))

    def asked(self, node: m.Condition, undertaking: str, debtor: str) -> set[Asked]:
        if isinstance(node, m.InState):
            others = self.world.model.undertakings[node.commitment].debtors
            debtors = [debtor] if debtor in others else others
            return {("", node.commitment, one, node.states) for one in debtors}
        if isinstance(node, m.Consents):
            return {(node.id, undertaking, debtor, frozenset())}
        single = (getattr(node, name, None) for name in ("operand", "anchor"))
        below = [*getattr(node, "operands", ()), *(one for one in single if one is not None)]
        return {found for one in below for found in self.asked(one, undertaking, debtor)}
