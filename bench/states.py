"""Measures the states of many generated commitments: the scalar evaluator and the vectorised one.

The commitments are drawn with a fixed seed: about ten condition nodes each, of all common kinds,
over events, states of affairs and approvals of their own and some that all share.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from random import Random
from time import perf_counter
from typing import Final

from graph.lifecycle import Lifecycle
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
from graph.standing import Standing, standing
from graph.timeline import Span
from graph.vectorised.compiler import compiled
from graph.vectorised.evaluator import standings
from graph.vectorised.standings import Standings
from graph.world import World

SEED: Final = 20240101
FIRST, LAST = 738_000, 739_800
"""The days that evidence speaks of: about five years."""

SERIES: Final = tuple(range(LAST, FIRST, -150))
"""The days asked about; the last one alone where one day is asked about."""

BATCH: Final = 100_000
SAMPLE: Final = 2_000
SHARED: Final = 200
"""How many matters all commitments have in common."""


@dataclass
class Generator:
    """Draws commitments, each with some matters of its own and the evidence about them."""

    random: Random
    matters: dict[str, Matter]
    evidence: list[Evidence]
    numbers: Iterator[int]

    def model(self, commitments: int) -> Model:
        """Draw so many commitments."""
        for _ in range(SHARED):
            self.matter(self.random.choice(list(MatterKind)), "shared")
        drawn = [self.commitment(f"commitment-{number}") for number in range(commitments)]
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
            if self.matters[shared].kind is kind:
                return shared
        return self.matter(kind, owner)

    def matter(self, kind: MatterKind, owner: str) -> str:
        """Draw a matter and up to four claims about it."""
        shared = owner == "shared"
        name = f"shared-{len(self.matters)}" if shared else f"{owner}-matter-{next(self.numbers)}"
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
            source=source,
            speaker=source,
        )

    def day(self) -> int:
        """Draw a day."""
        return self.random.randint(FIRST, LAST)

    def name(self) -> str:
        """Give a name that nothing else has."""
        return f"n{next(self.numbers)}"


def generated(commitments: int, seed: int) -> Model:
    """Draw a model of so many commitments; the same for the same seed."""
    return Generator(Random(seed), {}, [], count()).model(commitments)


@dataclass(frozen=True)
class Row:
    """Microseconds per commitment, and the most memory the process had, in MiB.

    `scalar` and `scalar_series` were timed on the first SAMPLE commitments; None: not at all.
    """

    commitments: int
    compiling: float
    one_day: float
    series: float
    memory: float
    scalar: float | None = None
    scalar_series: float | None = None


def measure(commitments: int, *, scalar: bool = True) -> Row:
    """Measure in a process of its own, whose memory is then that of this size alone."""
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_measured, commitments, scalar).result()


def _measured(commitments: int, scalar: bool) -> Row:
    """Go through the commitments in batches, so that memory is bounded by that of one."""
    seconds = [0.0, 0.0, 0.0]
    timed: tuple[float, float] | None = None
    for start in range(0, commitments, BATCH):
        size = min(BATCH, commitments - start)
        world = World(generated(size, SEED + start), known_at=LAST)
        spent, found = _vectorised(world)
        seconds = [sum(pair) for pair in zip(seconds, spent, strict=True)]
        if scalar and timed is None:
            timed = _scalar(world, found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    compiling, one_day, series = (second / commitments * 1e6 for second in seconds)
    return Row(commitments, compiling, one_day, series, memory, *(timed or (None, None)))


def _vectorised(world: World) -> tuple[list[float], Standings]:
    begin = perf_counter()
    program = compiled(world.model)
    written = perf_counter()
    standings(world, SERIES[:1], program)
    once = perf_counter()
    found = standings(world, SERIES, program)
    assert not found.scalar
    return [written - begin, once - written, perf_counter() - once], found


def _scalar(world: World, expected: Standings) -> tuple[float, float]:
    """Time one day and all days on a sample, and make sure that the answers are equal.

    What the world indexes once for all commitments is not timed: the sample alone would bear it.
    """
    pairs = expected.pairs[:SAMPLE]
    _stand(Lifecycle(world), pairs, SERIES[:1])
    begin = perf_counter()
    _stand(Lifecycle(world), pairs, SERIES[:1])
    once = perf_counter()
    found = _stand(Lifecycle(world), pairs, SERIES)
    spent = (once - begin, perf_counter() - once)
    columns = range(len(SERIES))
    for row, stands in enumerate(found):
        wanted = [(expected.state(row, column), expected.flags(row, column)) for column in columns]
        assert wanted == [(one.state, one.flags) for one in stands], pairs[row]
    one_day, series = (second / len(pairs) * 1e6 for second in spent)
    return one_day, series


def _stand(
    lifecycle: Lifecycle, pairs: Sequence[tuple[str, str]], days: Sequence[int]
) -> list[list[Standing]]:
    return [[standing(lifecycle.course(*pair), day) for day in days] for pair in pairs]
