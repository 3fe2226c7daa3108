"""Conditions as trees: operators over leaves. What they come to is decided elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from graph.model.names import Id
from graph.model.states import State
from graph.timeline import Day


class Mode(Enum):
    """Whether being met one time is enough, or it must stay met."""

    ONCE = "once"
    THROUGHOUT = "throughout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every condition has; without a mode it takes the one that fits its kind."""

    id: Id
    mode: Mode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf(Node):
    """Met when every operand is."""

    operands: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf(Node):
    """Met when one operand or more is."""

    operands: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast(Node):
    """Met when no fewer than `minimum` operands are."""

    minimum: int
    operands: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """Met when its operand is surely unmet."""

    operand: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Node):
    """Met when the operand comes about from day `since` on and before day `until`.

    With an anchor the window opens on the day the anchor comes about and takes in the `days` days
    that follow it.
    """

    operand: Condition
    since: Day | None = None
    until: Day | None = None
    anchor: Condition | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class After(Node):
    """Met when the operand is, by what came about more than `days` days later than the anchor."""

    operand: Condition
    anchor: Condition
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(Node):
    """Met when the operand comes about on an earlier day than the anchor."""

    operand: Condition
    anchor: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurs(Node):
    """Met once an event has happened `count` times, inside the window if there is one.

    Recorded cases of a kind of event count as the event. With `only` no more than these count.
    """

    event: Id
    count: int = 1
    only: tuple[Id, ...] | None = None
    since: Day | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Node):
    """Met while a state of affairs lasts."""

    state_of_affairs: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined(Node):
    """Met while the authority's latest word on a matter is that it is so."""

    matter: Id
    authority: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved(Node):
    """Met once a measure is approved: by `body`, or for `each_debtor` on that debtor's own behalf.

    `applies_to` limits it to debtors who are, or belong to, one actor; others need no approval.
    """

    measure: Id
    body: Id | None = None
    each_debtor: bool = False
    applies_to: Id | None = None

    def applies(self, debtor: Id, groups: Collection[Id]) -> bool:
        """Tell whether a debtor who belongs to some groups needs the approval."""
        return self.applies_to in {None, debtor, *groups}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReached(Node):
    """Met from a day on."""

    day: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed(Node):
    """Met once `days` days have passed since the anchor came about."""

    anchor: Condition
    days: int


class Stage(Enum):
    """How far a promised quantity has come."""

    PLEDGED = "pledged"
    ALLOCATED = "allocated"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityReached(Node):
    """Met once the amounts at a stage add up to a quantity in one unit and price basis."""

    stage: Stage
    quantity: Decimal
    unit: str
    price_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InState(Node):
    """Met while another commitment is in one of the states.

    It is judged for the same debtor where that debtor owes both, else for every named debtor of
    the other commitment.
    """

    commitment: Id
    states: frozenset[State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents(Node):
    """Met when the tree on which an actor makes its consent hang is met.

    Without `when` the tree is the one under its id in `Model.consents`, if there is one: a consent
    that hangs on itself in a circle cannot contain itself.
    """

    actor: Id
    matter: Id
    when: Condition | None = None


Condition: TypeAlias = (
    AllOf
    | AnyOf
    | AtLeast
    | Not
    | Within
    | After
    | Before
    | Occurs
    | Holds
    | Determined
    | Approved
    | DateReached
    | Elapsed
    | QuantityReached
    | InState
    | Consents
)


def operands(node: Condition) -> tuple[Condition, ...]:
    """Give the conditions directly below a condition, in the order they are shown."""
    match node:
        case AllOf() | AnyOf() | AtLeast():
            return node.operands
        case Not():
            return (node.operand,)
        case After() | Before():
            return (node.operand, node.anchor)
        case Within():
            return (node.operand,) if node.anchor is None else (node.operand, node.anchor)
        case Elapsed():
            return (node.anchor,)
        case Consents():
            return () if node.when is None else (node.when,)
    return ()


def throughout(node: Condition) -> Iterator[Condition]:
    """Give a condition and every condition below it."""
    yield node
    for operand in operands(node):
        yield from throughout(operand)
