"""Measures odds and power over a generated commitment: counted on a diagram, and by enumeration.

The commitment needs a majority of groups of five approvals, each group a majority of its own, and
one of two events that wait for each other or for an act. Enumeration tries every set of acts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from random import Random
from time import perf_counter
from typing import Final

from rich.table import Table

from bench.tables import drawn
from graph.circularity import AtLeastOf, Atom, Rules, Sort, either, every
from graph.diagrams import Diagrams
from graph.odds import Chances, odds
from graph.power import Power, of_acts

SEED: Final = 20240101
ENUMERATED: Final = 20
"""How many acts enumeration is tried with: a million sets."""

SIZES: Final = (ENUMERATED, 60, 200)
TARGET: Final = Atom("commitment", Sort.IN_FORCE)


@dataclass(frozen=True)
class Row:
    """Milliseconds for the odds and for the indices of all acts; None: not enumerated."""

    acts: int
    nodes: int
    odds: float
    power: float
    enumerated: float | None


def generated(count: int) -> tuple[Rules, Chances]:
    """Draw a commitment that hangs on so many acts, and their probabilities."""
    acts = [Atom(f"act-{number:03}", Sort.ACT) for number in range(count)]
    one, other = Atom("truce", Sort.MATTER), Atom("talks", Sort.MATTER)
    groups = [AtLeastOf(3, tuple(acts[start : start + 5])) for start in range(0, count, 5)]
    needs = {
        TARGET: every((AtLeastOf(len(groups) // 2 + 1, tuple(groups)), either((one, other)))),
        one: either((other, acts[0])),
        other: every((one, acts[-1])),
    }
    random = Random(SEED)
    return Rules(needs), Chances({act: Fraction(random.randint(1, 99), 100) for act in acts})


def measure(count: int) -> Row:
    """Time both, and enumeration where there are few enough acts, and compare the answers."""
    rules, chances = generated(count)
    # Drawn once beforehand, so that loading oxidd is not timed.
    nodes = len(Diagrams(rules, [TARGET], lambda act: act).of(TARGET).nodes)
    begin = perf_counter()
    (found,) = odds(rules, [TARGET], chances, [])
    weighed = perf_counter()
    powers = of_acts(rules, TARGET)
    done = perf_counter()
    assert found.probability is not None
    spent = _enumerated(rules, chances, found.probability, powers) if count <= ENUMERATED else None
    return Row(count, nodes, (weighed - begin) * 1e3, (done - weighed) * 1e3, spent)


def _enumerated(
    rules: Rules, chances: Chances, expected: Fraction, powers: list[Power[Atom]]
) -> float:
    """Try every set of acts, and make sure that the answers are equal."""
    acts = sorted(chances.given)
    begin = perf_counter()
    wins = [
        TARGET in rules.following(act for place, act in enumerate(acts) if number >> place & 1)
        for number in range(1 << len(acts))
    ]
    odds = [(1 - float(chances.given[act]), float(chances.given[act])) for act in acts]
    probability = sum(
        prod(odd[number >> place & 1] for place, odd in enumerate(odds))
        for number, won in enumerate(wins)
        if won
    )
    swings = [[0] * len(acts) for _ in acts]
    for number, won in enumerate(wins):
        if won:
            for place in range(len(acts)):
                if number >> place & 1 and not wins[number ^ 1 << place]:
                    swings[place][number.bit_count() - 1] += 1
    spent = (perf_counter() - begin) * 1e3
    assert abs(probability - float(expected)) < 1e-9
    by_act = {power.player: power for power in powers}
    for act, by_size in zip(acts, swings, strict=True):
        count = len(acts)
        parts = (Fraction(n, count * comb(count - 1, size)) for size, n in enumerate(by_size))
        assert (by_act[act].swings, by_act[act].shapley_shubik) == (sum(by_size), sum(parts))
    return spent


def table() -> Table:
    """Measure three sizes and draw the times."""
    return drawn(
        "odds and power over a generated commitment, in milliseconds",
        ("acts", "nodes", "odds", "power", "both by enumeration", "ratio"),
        (_cells(measure(size)) for size in SIZES),
    )


def _cells(row: Row) -> list[str]:
    counted = row.odds + row.power
    enumerated = ("-", "-")
    if row.enumerated is not None:
        enumerated = (f"{row.enumerated:,.0f}", f"{row.enumerated / counted:.0f}")
    return [str(row.acts), str(row.nodes), f"{row.odds:.0f}", f"{row.power:.0f}", *enumerated]
