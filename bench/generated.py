"""Generates models of many commitments, the same for the same seed.

About ten condition nodes each, of all common kinds, over events, states of affairs and approvals
of their own and some that all share. RDF, in the shapes of the shipped data, comes from
`bench.generate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Final

from graph.model import (
    After,
    AllOf,
    AnyOf,
    Approved,
    AtLeast,
    Before,
    Condition,
    DateReached,
    Determined,
    Elapsed,
    Evidence,
    Gate,
    Holds,
    Matter,
    MatterKind,
    Mode,
    Model,
    Not,
    Occurs,
    Undertaking,
    UndertakingKind,
    Within,
)
from graph.timeline import Span

SEED: Final = 20240101
FIRST, LAST = 738_000, 739_800
"""The days that evidence speaks of: about five years."""

PART: Final = 10_000
SHARED: Final = 200
"""How many matters all commitments have in common."""


def parts(commitments: int) -> Iterator[Model]:
    """Draw commitments in parts of PART: what one looks at is in its part or in the first."""
    generator = Generator(Random(SEED))
    for start in range(0, commitments, PART):
        yield generator.part(range(start, min(commitments, start + PART)))


@dataclass
class Generator:
    """Draws commitments, each with some matters of its own and the evidence about them."""

    random: Random
    numbers: Iterator[int] = field(default_factory=count)
    shared: dict[str, MatterKind] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def part(self, commitments: range) -> Model:
        """Draw some commitments, and what all have in common with the first of them."""
        self.matters, self.evidence = {}, []
        while len(self.shared) < SHARED:
            kind = self.random.choice(list(MatterKind))
            self.shared[self.matter(kind, "shared")] = kind
        drawn = [self.commitment(f"commitment-{number}") for number in commitments]
        return Model(
            undertakings={one.id: one for one in drawn},
            matters=self.matters,
            evidence=tuple(self.evidence),
            ranks={"press": 1, "government": 2, "court": 3},
        )

    def commitment(self, name: str) -> Undertaking:
        """Draw a commitment: activated, discharged and due in most cases, with about ten nodes."""
        gates: dict[Gate, Condition] = {Gate.DISCHARGED: self.tree(2, name)}
        if self.random.random() < 0.7:
            gates[Gate.ACTIVATED] = self.tree(2, name)
        if self.random.random() < 0.7:
            gates[Gate.DUE] = DateReached(id=self.name(), day=self.day())
        if self.random.random() < 0.2:
            gates[Gate.ENDS] = self.tree(1, name)
        made = self.random.randint(FIRST - 300, FIRST + 300)
        return Undertaking(
            id=name,
            kind=UndertakingKind.COMMITMENT,
            debtors=(f"debtor-{self.random.randrange(50)}",),
            made=Span(made, made),
            gates=gates,
        )

    def tree(self, depth: int, owner: str) -> Condition:
        """Draw a condition; what lies deeper is a leaf more often."""
        if depth == 0 or self.random.random() < 0.15:
            return self.leaf(owner)
        return self.operator(depth - 1, owner)

    def operator(self, depth: int, owner: str) -> Condition:
        """Draw an operator over conditions."""

        def below() -> Condition:
            return self.tree(depth, owner)

        head = self.name()
        match self.random.randrange(10):
            case 0 | 1 | 2:
                return AllOf(id=head, operands=(below(), below()))
            case 3 | 4:
                return AnyOf(id=head, operands=(below(), below()))
            case 5:
                return AtLeast(id=head, minimum=2, operands=(below(), below(), below()))
            case 6:
                return Not(id=head, operand=below())
            case 7:
                return After(id=head, operand=below(), anchor=below(), days=30)
            case 8:
                return Before(id=head, operand=below(), anchor=below())
        return Within(id=head, operand=below(), anchor=below(), days=180)

    def leaf(self, owner: str) -> Condition:
        """Draw a leaf, over a matter of the commitment's own in most cases."""
        head = self.name()
        match self.random.randrange(10):
            case 0 | 1 | 2 | 3:
                since = self.random.choice([None, None, self.day()])
                return Occurs(id=head, event=self.about(MatterKind.EVENT, owner), since=since)
            case 4 | 5:
                mode = self.random.choice([None, Mode.ONCE])
                about = self.about(MatterKind.STATE, owner)
                return Holds(id=head, state_of_affairs=about, mode=mode)
            case 6:
                return Approved(id=head, measure=self.about(MatterKind.APPROVAL, owner))
            case 7:
                about = self.about(MatterKind.STATE, owner)
                return Determined(id=head, matter=about, authority="court")
            case 8:
                return DateReached(id=head, day=self.day())
        anchor = Occurs(id=self.name(), event=self.about(MatterKind.EVENT, owner))
        return Elapsed(id=head, anchor=anchor, days=90)

    def about(self, kind: MatterKind, owner: str) -> str:
        """Give the matter of a leaf; of an approval, its measure."""
        if self.random.random() < 0.2:
            shared = f"shared-{self.random.randrange(SHARED)}"
            if self.shared[shared] is kind:
                return shared
        return self.matter(kind, owner)

    def matter(self, kind: MatterKind, owner: str) -> str:
        """Draw a matter and up to four claims about it."""
        number = len(self.shared) if owner == "shared" else f"matter-{next(self.numbers)}"
        name = f"{owner}-{number}"
        measure = name if kind is MatterKind.APPROVAL else None
        monitored = self.random.random() < 0.5
        self.matters[name] = Matter(name, kind, monitored, measure=measure)
        for _ in range(self.random.choice([0, 1, 1, 2, 2, 3, 4])):
            self.evidence.append(self.claim(name))
        return name

    def claim(self, matter: str) -> Evidence:
        """Draw a claim: known to the day in most cases, else to the month or the year."""
        first = self.day()
        since = Span(first, first + self.random.choice([0, 0, 0, 30, 364]))
        until = self.random.choice([None, None, since.plus(400)])
        source = self.random.choice(["press", "government", "court"])
        return Evidence(
            id=self.name(),
            matter=matter,
            holds=self.random.random() < 0.8,
            since=since,
            until=until,
            published=Span(since.latest, since.latest),
            sources=(source,),
            speakers=(source,),
        )

    def day(self) -> int:
        """Draw a day."""
        return self.random.randint(FIRST, LAST)

    def name(self) -> str:
        """Give a name that nothing else has."""
        return f"n{next(self.numbers)}"
