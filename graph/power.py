"""How much power each of several players has over whether something comes about.

Both indices are exact and counted on a diagram. Sources: J. F. Banzhaf, Weighted voting doesn't
work (1965); L. S. Shapley and M. Shubik, A method for evaluating the distribution of power in a
committee system (1954).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Generic

from graph.circularity import Atom, Formula, Rules
from graph.diagrams import ALWAYS, Diagram, Diagrams, Player
from graph.model import Id


@dataclass(frozen=True, slots=True)
class Power(Generic[Player]):
    """The power of one player, who acts or does not.

    `swings` counts the sets of other players to which this one makes the difference. `banzhaf` is
    its part of all swings. `shapley_shubik` is the part of all orders of the players in which this
    one is the first to bring the thing about.
    """

    player: Player
    swings: int
    banzhaf: Fraction
    shapley_shubik: Fraction


def of_acts(rules: Rules, target: Formula) -> list[Power[Atom]]:
    """Give the power of every free act over a target."""
    return powers(Diagrams(rules, [target], lambda act: act).of(target))


def of_actors(
    rules: Rules, target: Formula, holder: Callable[[Atom], Id | None]
) -> list[Power[Id | Atom]]:
    """Give the power of every actor with all its acts; an act that nobody holds plays alone."""

    def player(act: Atom) -> Id | Atom:
        return holder(act) or act

    return powers(Diagrams(rules, [target], player).of(target))


def powers(diagram: Diagram[Player]) -> list[Power[Player]]:
    """Give the power of every variable of a diagram that only rises: the most powerful first."""
    each = swings(diagram)
    count = len(diagram.variables)
    total = sum(map(sum, each)) or 1
    found = [
        Power(
            player=player,
            swings=sum(by_size),
            banzhaf=Fraction(sum(by_size), total),
            # A set of `size` others comes first in size! (count - 1 - size)! of count! orders.
            shapley_shubik=sum(
                (
                    Fraction(swung, count * comb(count - 1, size))
                    for size, swung in enumerate(by_size)
                    if swung
                ),
                Fraction(0),
            ),
        )
        for player, by_size in zip(diagram.variables, each, strict=True)
    ]
    return sorted(found, key=lambda power: (-power.shapley_shubik, -power.swings))


def swings(diagram: Diagram[Player]) -> list[list[int]]:
    """Count, for each variable, the sets of the others to which it makes the difference, by size.

    A count for every size is a polynomial, held in one integer: the digit of 2**bits at place n
    counts the sets of n. No count exceeds 2**variables, so that no digit runs over.
    """
    variables, bits = len(diagram.variables), len(diagram.variables) + 1
    # free[n]: the sets of n variables, each of which may be in or out
    free = [1]
    for _ in range(variables):
        free.append(free[-1] + (free[-1] << bits))
    levels = [variables, variables, *(node.variable for node in diagram.nodes)]
    below = _below(diagram, levels, free, bits)
    above = [0] * len(levels)
    above[diagram.root] = free[levels[diagram.root]]
    found = [0] * variables
    for place in range(len(levels) - 1, ALWAYS, -1):
        variable, so, not_so = diagram.nodes[place - 2]
        over_so, over_not = (free[levels[to] - variable - 1] for to in (so, not_so))
        found[variable] += above[place] * (below[so] * over_so - below[not_so] * over_not)
        above[so] += (above[place] << bits) * over_so
        above[not_so] += above[place] * over_not
    return [list(_digits(each, variables, bits)) for each in found]


def _below(diagram: Diagram[Player], levels: list[int], free: list[int], bits: int) -> list[int]:
    """Count, for each place, the sets of the variables from there on that bring the thing about."""
    below = [0, 1]
    for variable, so, not_so in diagram.nodes:
        with_it = below[so] * free[levels[so] - variable - 1] << bits
        below.append(with_it + below[not_so] * free[levels[not_so] - variable - 1])
    return below


def _digits(number: int, count: int, bits: int) -> Iterator[int]:
    for place in range(count):
        yield number >> (place * bits) & ((1 << bits) - 1)
