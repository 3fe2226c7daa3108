"""Measures very many scenarios at once: the scalar evaluator on a sample of the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from time import perf_counter
from typing import Final

import numpy as np
from rich.table import Table

from bench.generated import LAST, SEED, SHARED, parts
from bench.tables import drawn
from graph.lifecycle import Lifecycle
from graph.model import Model
from graph.standing import Standing, standing
from graph.truth import Truth
from graph.vectorised.evaluator import Scenarios, under
from graph.world import Assumption, World

COMMITMENTS: Final = 10_000
SCENARIOS: Final = 1_000
SAMPLED: Final = (40, 50)
"""How many scenarios the scalar evaluator judges, and for how many pairs of each kind."""


@dataclass(frozen=True)
class Row:
    """Seconds for all pairs of scenario and commitment; microseconds for each on a sample.

    `reached` is the part of the pairs that an assumption reaches, `changed` of those that stand
    otherwise because of it, `sample` how many pairs were judged by both evaluators.
    """

    assumptions: int
    pairs: int
    reached: float
    changed: float
    vectorised: float
    sample: int
    scalar: float


def measure(shared: int) -> Row:
    """Judge all pairs on one day, and a sample of them by the scalar evaluator.

    Each scenario assumes something of so many matters that many commitments look at.
    """
    model = next(parts(COMMITMENTS))
    world = World(model, known_at=LAST)
    drawn = scenarios(model, shared, Random(SEED))
    begin = perf_counter()
    found = under(drawn, world, (LAST,))
    spent = perf_counter() - begin
    pairs = SCENARIOS * len(model.undertakings)
    changed = np.count_nonzero(found.cells != found.without.cells[found.rows])
    sample, scalar = _scalar(world, drawn, found, Random(SEED))
    reached = len(found.rows) / pairs
    return Row(len(drawn[0]), pairs, reached, changed / pairs, spent, sample, scalar)


def scenarios(model: Model, shared: int, random: Random) -> list[tuple[Assumption, ...]]:
    """Draw scenarios: some shared matters, one of a single commitment, and one condition."""
    matters = list(model.matters)[SHARED:]
    conditions = [node.id for one in model.undertakings.values() for node in one.gates.values()]
    return [
        tuple(
            Assumption(about, random.choice(list(Truth)), LAST - random.randrange(1_000))
            for about in (
                *(f"shared-{number}" for number in random.sample(range(SHARED), shared)),
                random.choice(matters),
                random.choice(conditions),
            )
        )
        for _ in range(SCENARIOS)
    ]


def _scalar(
    world: World, drawn: list[tuple[Assumption, ...]], found: Scenarios, random: Random
) -> tuple[int, float]:
    """Judge pairs that a scenario reaches and as many of any kind; make sure they are equal.

    What a world indexes once for all commitments is not timed: the sample alone would bear it.
    """
    count, each = SAMPLED
    seconds, sample = 0.0, 0
    for number in random.sample(range(len(drawn)), count):
        reached = found.rows[found.bounds[number] : found.bounds[number + 1]].tolist()
        rows = [*islice(reached, each), *random.sample(range(len(found.without.pairs)), each)]
        pairs = [found.without.pairs[row] for row in rows]
        alone = World(world.model, world.known_at, scenario=drawn[number])
        _stand(alone, pairs)
        begin = perf_counter()
        stands = _stand(alone, pairs)
        seconds += perf_counter() - begin
        sample += len(rows)
        expected = found.standings(number)
        for row, one in zip(rows, stands, strict=True):
            assert (expected.state(row, 0), expected.flags(row, 0)) == (one.state, one.flags)
    return sample, seconds / sample * 1e6


def _stand(world: World, pairs: Sequence[tuple[str, str]]) -> list[Standing]:
    lifecycle = Lifecycle(world)
    return [standing(lifecycle.course(*pair), LAST) for pair in pairs]


def table() -> Table:
    """Measure scenarios that reach little and much, and draw the times."""
    return drawn(
        f"{SCENARIOS:,} scenarios on {COMMITMENTS:,} generated commitments, one day, all compiling "
        "included; microseconds for each pair of scenario and commitment; found equal to the "
        "scalar evaluator on the sample",
        (
            "assumptions in each",
            "pairs",
            "reached by one",
            "changed",
            "vectorised, all, s",
            "vectorised",
            "scalar",
            "scalar : vectorised",
            "vectorised, reached",
            "scalar : vectorised, reached",
            "sample",
        ),
        (_cells(measure(shared)) for shared in (2, 20)),
    )


def _cells(row: Row) -> list[str]:
    each = row.vectorised / row.pairs * 1e6
    return [
        f"{row.assumptions}",
        f"{row.pairs:,}",
        f"{row.reached:.2%}",
        f"{row.changed:.2%}",
        f"{row.vectorised:.1f}",
        f"{each:.2f}",
        f"{row.scalar:.0f}",
        f"{row.scalar / each:,.0f}",
        f"{each / row.reached:.0f}",
        f"{row.scalar * row.reached / each:.1f}",
        f"{row.sample:,}",
    ]
