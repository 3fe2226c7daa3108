"""Measures the states of many generated commitments: the scalar evaluator and the vectorised one.

Each size is one model. It is drawn and compiled part by part, so that the program is whole while
the model never is.
"""

from __future__ import annotations

import resource
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median
from time import perf_counter
from typing import Final

from rich.table import Table

from bench.generated import FIRST, LAST, parts
from bench.tables import drawn
from graph.lifecycle import Lifecycle
from graph.model import Condition, Model, operands
from graph.standing import Standing, standing
from graph.vectorised.compiler import Compiler
from graph.vectorised.evaluator import standings
from graph.vectorised.program import Program
from graph.vectorised.standings import Standings
from graph.world import World

SERIES: Final = tuple(range(LAST, FIRST, -150))
"""The days asked about; the last one alone where one day is asked about."""

SAMPLE: Final = 10_000
"""How many commitments the scalar evaluator judges: the first part of the model."""

ROUNDS: Final = 3

SIZES: Final = (10_000, 100_000, 1_000_000)


@dataclass(frozen=True)
class Row:
    """Microseconds per commitment (one day and all of SERIES), and the process's peak in MiB."""

    commitments: int
    nodes: float
    scalar: float
    scalar_series: float
    compiling: float
    one_day: float
    series: float
    memory: float


def measure(commitments: int) -> Row:
    """Measure in a process of its own, whose memory is then that of this size alone."""
    context = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_measured, commitments).result()


def _measured(commitments: int) -> Row:
    first, program, compiling = _compiled(commitments)
    world = World(first, known_at=LAST)
    one_day = _timed(world, program, SERIES[:1])
    begin = perf_counter()
    found = standings(world, SERIES, program)
    series = perf_counter() - begin
    assert len(found.pairs) == commitments, "a commitment was left out"
    assert not found.scalar, "a commitment was left to the scalar evaluator"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scalar, scalar_series = _scalar(world, found)
    each = 1e6 / commitments
    return Row(
        commitments,
        _nodes(first),
        scalar,
        scalar_series,
        compiling * each,
        one_day * each,
        series * each,
        memory,
    )


def _compiled(commitments: int) -> tuple[Model, Program, float]:
    """Compile all parts into one program; give the first part, and the seconds it took."""
    compiler, seconds, first = Compiler(), 0.0, Model({})
    for part in parts(commitments):
        first = first if first.undertakings else part
        begin = perf_counter()
        compiler.learn(part)
        compiler.write(part.undertakings.values())
        seconds += perf_counter() - begin
    begin = perf_counter()
    program = compiler.program()
    return first, program, seconds + perf_counter() - begin


def _timed(world: World, program: Program, days: Sequence[int]) -> float:
    times = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        standings(world, days, program)
        times.append(perf_counter() - begin)
    return median(times)


def _scalar(world: World, expected: Standings) -> tuple[float, float]:
    """Time one day and all days on a sample, and make sure that the answers are equal.

    What the world indexes once for all commitments is not timed: the sample alone would bear it.
    """
    pairs = expected.pairs[:SAMPLE]
    _stand(Lifecycle(world), pairs[:1_000], SERIES[:1])
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


def _nodes(model: Model) -> float:
    """Give how many condition nodes a commitment has on average."""
    nodes: list[Condition] = []
    for undertaking in model.undertakings.values():
        nodes += undertaking.gates.values()
    for node in nodes:
        nodes += operands(node)
    return len(nodes) / len(model.undertakings)


def table() -> Table:
    """Measure three sizes and draw the times."""
    rows = [measure(size) for size in SIZES]
    many = f"{len(SERIES)} days"
    return drawn(
        f"states of generated commitments ({rows[0].nodes:.1f} condition nodes each), in "
        f"microseconds for each; one day: median of {ROUNDS}; the scalar evaluator on the first "
        f"{SAMPLE:,} of each model",
        (
            "commitments in one model",
            "scalar, 1 day",
            "vectorised, 1 day",
            "to the first row",
            "scalar : vectorised",
            "compiling, once",
            "scalar : with compiling",
            f"scalar, {many}",
            f"vectorised, {many}",
            "scalar : vectorised",
            "peak MiB",
        ),
        (_cells(row, rows[0]) for row in rows),
    )


def _cells(row: Row, smallest: Row) -> list[str]:
    return [
        f"{row.commitments:,}",
        f"{row.scalar:.0f}",
        f"{row.one_day:.1f}",
        f"{row.one_day / smallest.one_day:.2f}",
        f"{row.scalar / row.one_day:.0f}",
        f"{row.compiling:.1f}",
        f"{row.scalar / (row.compiling + row.one_day):.1f}",
        f"{row.scalar_series:.0f}",
        f"{row.series:.1f}",
        f"{row.scalar_series / row.series:.0f}",
        f"{row.memory:,.0f}",
    ]
