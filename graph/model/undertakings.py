"""What actors undertake, and how they and others can change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from graph.model.conditions import AllOf, Condition, Stage
from graph.model.names import Id
from graph.timeline import Span


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
