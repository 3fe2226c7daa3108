"""Where all undertakings stand: in one world, or in very many that differ by what they assume.

What a program leaves to the scalar evaluator is asked of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.timeline import Day
from graph.vectorised.codes import Places
from graph.vectorised.compiler import Compiler, compiled
from graph.vectorised.program import Program
from graph.vectorised.reach import Reach
from graph.vectorised.standings import Cells, Standings, cells_of, fill
from graph.world import Assumption, World


def standings(world: World, days: Sequence[Day], program: Program | None = None) -> Standings:
    """Derive where every undertaking of a world stands for each debtor on some days.

    A `program` compiled from the model of the world, without a scenario, may serve many worlds.
    """
    if world.scenario:
        return under([world.scenario], replace(world, scenario=()), days, program).standings(0)
    program = program or compiled(world.model)
    cells = cells_of(program, world, days)
    fill(cells, program, world, days, program.scalar)
    return Standings(program.pairs, tuple(days), cells, program.scalar)


@dataclass(frozen=True)
class Scenarios:
    """Where all stand under each of several scenarios: as without one, but for what it reaches.

    Scenario n reaches the `rows` from bounds[n] to bounds[n + 1]; their `cells` are its own.
    """

    without: Standings
    bounds: Sequence[int]
    rows: Places
    cells: Cells

    def standings(self, scenario: int) -> Standings:
        """Give where all stand under one scenario."""
        own = slice(self.bounds[scenario], self.bounds[scenario + 1])
        cells = self.without.cells.copy()
        cells[self.rows[own]] = self.cells[own]
        return replace(self.without, cells=cells)


def under(
    scenarios: Iterable[Sequence[Assumption]],
    world: World,
    days: Sequence[Day],
    program: Program | None = None,
) -> Scenarios:
    """Derive where all stand under each scenario, laid over that of the world, in one pass.

    Only the undertakings that a scenario reaches are judged anew for it, and those of all
    scenarios at once; of them the conditions that it does not reach once for all scenarios.
    """
    program, actual = program or compiled(world.model), replace(world, scenario=())
    laid_over = [(*world.scenario, *scenario) for scenario in scenarios]
    reach, compiler = Reach(world.model), Compiler()
    compiler.learn(world.model)
    place = {name: number for number, name in enumerate(world.model.undertakings)}
    debtors = [len(one.debtors) for one in world.model.undertakings.values()]
    first = np.cumsum([0, *debtors])
    bounds, rows = [0], list[int]()
    for scenario in laid_over:
        reached = reach.of(one.about for one in scenario)
        anew = sorted(reached & place.keys(), key=place.__getitem__)
        compiler.write((world.model.undertakings[name] for name in anew), scenario, reached)
        for name in anew:
            rows += range(first[place[name]], first[place[name] + 1])
        bounds.append(len(rows))
    part = compiler.program()
    cells = cells_of(part, actual, days)
    for number, scenario in enumerate(laid_over):
        left = part.scalar.keys() & set(range(bounds[number], bounds[number + 1]))
        fill(cells, part, replace(world, scenario=scenario), days, left)
    without = standings(actual, days, program)
    return Scenarios(without, bounds, np.array(rows, dtype=np.int64), cells)
