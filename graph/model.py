"""What the semantics works on: undertakings, conditions, matters and evidence as frozen values.

Nothing here reads a graph, a clock or a file; `graph.read` builds it and docs/semantics.md
says what it means. An `Id` is the IRI of the thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from graph.timeline import Day, Span

Id: TypeAlias = str


# Matters and what sources say of them


class MatterKind(Enum):
    """Whether a matter happens once and is past, or lasts and can end."""

    EVENT = "event"
    STATE = "state of affairs"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that can be so: `monitored` means that no news of it is news that it is not so.

    For an approval, `body` gives its consent to `measure` on behalf of `debtor`. An event may be
    one occurrence of a kind of event. `enabled_when` is what sources say it needs to come about;
    it bears on circles and unlocking, not on truth.
    """

    id: Id
    kind: MatterKind
    monitored: bool = False
    body: Id | None = None
    measure: Id | None = None
    debtor: Id | None = None
    occurrence_of: Id | None = None
    enabled_when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that a matter holds, or does not, from `since` until before `until`.

    Without `until` it speaks of all later days until another claim takes over; a denial of an
    event speaks of all earlier days instead. It counts for an answer known at day k once it was
    surely public by k. It counts with all of its sources and all of its speakers.
    """

    id: Id
    matter: Id
    holds: bool
    since: Span
    published: Span
    sources: tuple[Id, ...]
    until: Span | None = None
    speakers: tuple[Id, ...] = ()


# Conditions


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


# Undertakings


class State(Enum):
    """Where an undertaking stands for one debtor on one day; derived, never asserted."""

    NOT_MADE = "not made"
    DECLARED = "declared"
    WITHDRAWN = "withdrawn"
    RELEASED = "released"
    LAPSED = "lapsed"
    PROPOSED = "proposed"
    UNDETERMINED = "undetermined"
    EXPIRED = "expired"
    CONDITIONAL = "conditional"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled late"
    SUSPENDED = "suspended"
    VIOLATED = "violated"
    OVERDUE = "overdue, unverified"
    IN_FORCE = "in force"


class UndertakingKind(Enum):
    """Only a commitment can be owed or violated."""

    COMMITMENT = "commitment"
    INTENTION = "intention"
    POSSIBILITY = "possibility"


class Structure(Enum):
    """How several debtors share what they owe."""

    INDIVIDUAL = "individual"
    SEVERAL = "several"
    JOINT = "joint"
    JOINT_AND_SEVERAL = "joint and several"
    LEAD = "lead"
    BODY = "body"


class Gate(Enum):
    """What a condition decides about an undertaking."""

    ESTABLISHED = "established when"
    ACTIVATED = "activated when"
    DISCHARGED = "discharged when"
    SUSPENDED = "suspended when"
    ENDS = "ends when"
    DUE = "due by"


@dataclass(frozen=True, slots=True)
class Reservation:
    """What a debtor keeps out of for itself, or takes on only under a further condition.

    It has no effect where the text does not permit it. It counts from the beginning, since it is
    made when a party signs or adheres.
    """

    id: Id
    debtor: Id
    only_when: Condition | None = None
    permitted: bool = True


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What is promised, planned or held possible, by whom, through which gates.

    `debtors` are those named, with the members of a coalition in place of it; `unnamed` counts
    the debtors a source claims and does not name, None where it gives no number. The obligations
    of a commitment outlast it, unless the text says that `obligations_lapse` with it.
    """

    id: Id
    kind: UndertakingKind
    debtors: tuple[Id, ...]
    made: Span
    gates: Mapping[Gate, Condition] = field(default_factory=dict)
    creditors: tuple[Id, ...] = ()
    structure: Structure = Structure.SEVERAL
    repeatable: bool = False
    obligations_lapse: bool = False
    unnamed: int | None = 0
    remedies: tuple[Id, ...] = ()
    brings_about: tuple[Id, ...] = ()
    reservations: tuple[Reservation, ...] = ()

    @property
    def bound(self) -> tuple[Id, ...]:
        """Give the named debtors that do not keep out of it."""
        return tuple(debtor for debtor in self.debtors if not self.excludes(debtor))

    def owing_with(self, debtor: Id) -> tuple[Id, ...]:
        """Give for whom a gate must be met: joint debtors owe a performance that takes all."""
        return self.bound if self.structure is Structure.JOINT else (debtor,)

    def excludes(self, debtor: Id) -> bool:
        """Tell whether a debtor keeps out of it by a reservation that has effect."""
        return any(each.only_when is None for each in self._effective(debtor))

    def gates_for(self, debtor: Id) -> Mapping[Gate, Condition]:
        """Give the gates for one debtor: its reservations that have effect join the activation."""
        gates = dict(self.gates)
        for each in self._effective(debtor):
            if each.only_when is not None:
                whole = gates.get(Gate.ACTIVATED)
                parts = (each.only_when,) if whole is None else (whole, each.only_when)
                gates[Gate.ACTIVATED] = AllOf(id=each.id, operands=parts)
        return gates

    def _effective(self, debtor: Id) -> Iterator[Reservation]:
        return (each for each in self.reservations if each.debtor == debtor and each.permitted)

    def conditions(self) -> Iterator[Condition]:
        """Give the condition at each gate, and those of reservations."""
        yield from self.gates.values()
        yield from (each.only_when for each in self.reservations if each.only_when is not None)


class Effect(Enum):
    """How an act changes an undertaking."""

    RELEASE = "release"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    TERMINATE = "terminate"


@dataclass(frozen=True, slots=True)
class Power:
    """The standing of an actor to change an undertaking, with the notice it must give in days."""

    holder: Id
    undertaking: Id
    effect: Effect
    notice: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """Something an actor does to change an undertaking; the event says whether and when."""

    event: Id
    actor: Id
    undertaking: Id
    effect: Effect


@dataclass(frozen=True, slots=True)
class Provision:
    """A quantity that one debtor pledged, allocated or delivered under an undertaking."""

    undertaking: Id
    debtor: Id
    stage: Stage
    quantity: Decimal
    unit: str
    on: Span
    published: Span
    sources: tuple[Id, ...]
    price_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a contested term, which counts only where the one who asks chooses it.

    Under it `matter` is `taken_as` another matter (or itself), which cannot come about before
    what it `presupposes`, and the condition `replaces` is read as `read_as`.
    """

    id: Id
    matter: Id | None = None
    taken_as: Id | None = None
    presupposes: tuple[Condition, ...] = ()
    replaces: Id | None = None
    read_as: Condition | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Everything an answer can depend on, apart from what was asked.

    `members` maps an actor to every group it belongs to, `ranks` a source to its weight, where
    more is weightier, and `consents` a consent to the tree it hangs on.
    """

    undertakings: Mapping[Id, Undertaking]
    matters: Mapping[Id, Matter] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    members: Mapping[Id, frozenset[Id]] = field(default_factory=dict)
    ranks: Mapping[Id, int] = field(default_factory=dict)
    powers: tuple[Power, ...] = ()
    acts: tuple[Act, ...] = ()
    provisions: tuple[Provision, ...] = ()
    consents: Mapping[Id, Condition] = field(default_factory=dict)
    incompatible: frozenset[tuple[Id, Id]] = frozenset()
    readings: Mapping[Id, Reading] = field(default_factory=dict)

    @property
    def exclusive(self) -> list[tuple[Id, Id]]:
        """Give each pair of incompatible matters once, in a stable order."""
        return sorted({(min(pair), max(pair)) for pair in self.incompatible})

    def conditions(self) -> Iterator[Condition]:
        """Give every condition: of undertakings, of what matters need, of what consents hang on."""
        for undertaking in self.undertakings.values():
            for root in undertaking.conditions():
                yield from throughout(root)
        for matter in self.matters.values():
            for root in matter.enabled_when:
                yield from throughout(root)
        for tree in self.consents.values():
            yield from throughout(tree)
