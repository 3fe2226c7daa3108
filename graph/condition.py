"""The course of a condition for one debtor: what it comes to on every day.

One rule per operator and leaf, as docs/semantics.md lists them. What may depend on itself in a
circle is a `Question`, which `graph.lifecycle` answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graph.model import (
    After,
    AllOf,
    AnyOf,
    Approved,
    AtLeast,
    Before,
    Condition,
    Consents,
    DateReached,
    Determined,
    Elapsed,
    Holds,
    Id,
    InState,
    Mode,
    Not,
    Occurs,
    Provision,
    QuantityReached,
    Structure,
    Within,
)
from graph.questions import ConsentTo, Owed, Question, states_asked
from graph.timeline import (
    NEVER,
    Day,
    Span,
    Timeline,
    combined,
    constant,
    from_span,
    inside,
    later_of,
    later_than,
    never_sure,
    sampled,
)
from graph.truth import (
    MET,
    RULED_OUT,
    UNKNOWN,
    WAITING,
    Truth,
    Value,
    at_least,
    conjunction,
    disjunction,
    negation,
)
from graph.world import World


@dataclass
class Evaluation:
    """Judges conditions in one world; what was judged once is kept until it is forgotten."""

    world: World
    answer: Callable[[Question], Timeline]
    _kept: dict[tuple[Id, Id], dict[tuple[Id, Id | None, Span | None], Timeline]] = field(
        default_factory=dict
    )
    _matters: dict[tuple[Id, Span | None], Timeline] = field(default_factory=dict)
    _happenings: dict[tuple[Id, int, tuple[Id, ...] | None, Span | None], Timeline] = field(
        default_factory=dict
    )

    def timeline(self, node: Condition, owed: Owed, floor: Span | None = None) -> Timeline:
        """Give the course of a condition for a debtor.

        With a floor only what comes about later than it counts: see `After`.
        """
        kept = self._kept.setdefault((owed.undertaking.id, owed.debtor), {})
        key = (node.id, owed.occurrence, floor)
        if key not in kept:
            raw = self.world.assumed(node.id, lambda start: self._judged(node, owed, start), floor)
            kept[key] = raw.latched() if _mode(node) is Mode.ONCE else raw
        return kept[key]

    def forget(self, undertaking: Id, debtor: Id) -> None:
        """Drop what was kept for a debtor, because an answer has changed."""
        self._kept.pop((undertaking, debtor), None)

    def _judged(self, node: Condition, owed: Owed, floor: Span | None) -> Timeline:
        match node:
            case AllOf():
                return combined(conjunction, self._each(node.operands, owed, floor))
            case AnyOf():
                return combined(disjunction, self._each(node.operands, owed, floor))
            case AtLeast():
                parts = self._each(node.operands, owed, floor)
                return combined(lambda values: at_least(node.minimum, values), parts)
            case Within():
                return self._within(node, owed, floor)
            case After():
                return self._after(node, owed, floor)
            case Occurs():
                return self._occurs(node, floor)
            case Holds():
                return self.matter(node.state_of_affairs, floor)
            case Approved():
                return self._approved(node, owed, floor)
            case Determined():
                return self._determined(node, floor)
            case _:
                return later_than(floor, self._unfloored(node, owed))

    def _unfloored(self, node: Condition, owed: Owed) -> Timeline:
        """Judge the kinds whose occurrence as a whole is compared with a floor."""
        match node:
            case Not():
                return combined(
                    lambda values: negation(values[0]), [self.timeline(node.operand, owed)]
                )
            case Before():
                return self._before(node, owed)
            case DateReached():
                return from_span(Span(node.day, node.day))
            case Elapsed():
                return self._elapsed(node, owed)
            case QuantityReached():
                return self._quantity(node, owed)
            case InState():
                return self._in_state(node, owed)
            case Consents():
                return self.answer(ConsentTo(node.id, owed.undertaking.id, owed.debtor))
        raise AssertionError(node)

    def _each(self, nodes: Iterable[Condition], owed: Owed, floor: Span | None) -> list[Timeline]:
        return [self.timeline(node, owed, floor) for node in nodes]

    # Leaves that claims decide

    def matter(self, matter: Id, floor: Span | None = None) -> Timeline:
        """Give the course of a matter; of what came about later, with a floor."""
        if (matter, floor) not in self._matters:
            self._matters[matter, floor] = self.world.timeline(matter, floor)
        return self._matters[matter, floor]

    def _occurs(self, node: Occurs, floor: Span | None) -> Timeline:
        if node.since is not None or node.until is not None:
            return self._within_window(
                lambda start: self._happened(node, start), node.since, node.until, floor
            )
        return self._happened(node, floor)

    def _happened(self, node: Occurs, floor: Span | None) -> Timeline:
        """Give the course of an event, which is the same for every debtor."""
        key = (node.event, node.count, node.only, floor)
        if key not in self._happenings:
            self._happenings[key] = self._with_cases(node, floor)
        return self._happenings[key]

    def _with_cases(self, node: Occurs, floor: Span | None) -> Timeline:
        """Count the event and its recorded cases; where more may have been, that is unknown."""
        parts = [self.matter(event, floor) for event in self.world.counted(node)]
        kind = self.world.model.matters.get(node.event)
        watched = kind is not None and kind.monitored

        def counted(values: Sequence[Value]) -> Value:
            denied = any(value.truth is Truth.FALSE for value in values[:1])
            unrecorded = WAITING if watched or denied else UNKNOWN
            return at_least(node.count, [*values, *[unrecorded] * (node.count - 1)])

        return combined(counted, parts)

    def _approved(self, node: Approved, owed: Owed, floor: Span | None) -> Timeline:
        debtor = owed.debtor
        groups = self.world.model.members.get(debtor, frozenset())
        if not node.applies(debtor, groups):
            return constant(MET)
        found = self.world.approving(node, debtor)
        if not found:
            return constant(UNKNOWN)
        return combined(disjunction, [self.matter(matter, floor) for matter in found])

    def _determined(self, node: Determined, floor: Span | None) -> Timeline:
        """Judge by what the authority itself said; a finding nobody is named for is unknown."""
        if node.authority is None:
            return combined(never_sure, [self.matter(node.matter, floor)])
        return self.world.findings(node.matter, node.authority).timeline(floor)

    # Comparisons of times

    def _after(self, node: After, owed: Owed, floor: Span | None) -> Timeline:
        anchor = self.timeline(node.anchor, owed, floor).latched()
        start = anchor.occurrence().plus(node.days)
        if start.earliest >= NEVER:
            return anchor
        return combined(conjunction, [anchor, self.timeline(node.operand, owed, start)])

    def _before(self, node: Before, owed: Owed) -> Timeline:
        operand, anchor = self.timeline(node.operand, owed), self.timeline(node.anchor, owed)
        first, then = operand.occurrence(), anchor.occurrence()
        never = operand.ruled_out_from()
        doubt = disjunction([operand.doubt(), anchor.doubt()])

        def value_at(day: Day) -> Value:
            if day < first.earliest:
                return RULED_OUT if day >= min(then.latest, never) else WAITING
            if then.latest <= first.earliest:
                return RULED_OUT
            return MET if first.latest <= day and first.latest < then.earliest else doubt

        return sampled((first.earliest, first.latest, then.latest, never), value_at)

    def _within(self, node: Within, owed: Owed, floor: Span | None) -> Timeline:
        def operand(start: Span | None) -> Timeline:
            return self.timeline(node.operand, owed, start)

        if node.anchor is None:
            return self._within_window(operand, node.since, node.until, floor)
        anchor = self.timeline(node.anchor, owed, floor).latched()
        opened = anchor.occurrence()
        if opened.earliest >= NEVER:
            return anchor
        closed = opened.plus((node.days or 0) + 1)
        came_inside = inside(operand(opened.plus(-1)), opened.earliest, closed)
        return combined(conjunction, [anchor, came_inside])

    def _within_window(
        self,
        operand: Callable[[Span | None], Timeline],
        since: Day | None,
        until: Day | None,
        floor: Span | None,
    ) -> Timeline:
        opened = 0 if since is None else since
        start = floor if since is None else later_of(floor, Span(since - 1, since - 1))
        closed = Span(NEVER, NEVER) if until is None else Span(until, until)
        return inside(operand(start), opened, closed)

    def _elapsed(self, node: Elapsed, owed: Owed) -> Timeline:
        anchor = self.timeline(node.anchor, owed).latched()
        came = anchor.occurrence().plus(node.days)
        return from_span(came, never=anchor.ruled_out_from(), doubt=anchor.doubt())

    # Leaves about other undertakings and quantities

    def _in_state(self, node: InState, owed: Owed) -> Timeline:
        parts = [self.answer(asked) for asked in states_asked(node, owed, self.world.model)]
        return combined(conjunction, parts) if parts else constant(UNKNOWN)

    def _quantity(self, node: QuantityReached, owed: Owed) -> Timeline:
        counted = self.counted(node, owed)

        def value_at(day: Day) -> Value:
            surely = sum_of(given for given in counted if given.on.latest <= day)
            maybe = sum_of(given for given in counted if given.on.earliest <= day)
            if surely >= node.quantity:
                return MET
            return UNKNOWN if maybe >= node.quantity else WAITING

        days = [day for given in counted for day in (given.on.earliest, given.on.latest)]
        return sampled(days, value_at) if counted else constant(UNKNOWN)

    def counted(self, node: QuantityReached, owed: Owed) -> list[Provision]:
        """Give the provisions that count: a several debtor's own, else those of all debtors.

        Another unit or price basis never adds up silently: such provisions do not count.
        """
        own = owed.undertaking.structure in {Structure.SEVERAL, Structure.INDIVIDUAL}
        return [
            given
            for given in self.world.provisions.get(owed.undertaking.id, ())
            if given.stage is node.stage
            and (given.unit, given.price_basis) == (node.unit, node.price_basis)
            and (not own or given.debtor == owed.debtor)
        ]


def _mode(node: Condition) -> Mode | None:
    """Give the mode of a node: a consent in law counts once, unless an editor says otherwise."""
    if node.mode is None and isinstance(node, Approved):
        return Mode.ONCE
    return node.mode


def sum_of(provisions: Iterable[Provision]) -> Decimal:
    """Add up quantities that are known to be in one unit."""
    return sum((given.quantity for given in provisions), Decimal(0))
