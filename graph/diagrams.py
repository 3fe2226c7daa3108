"""Which free acts bring something about, as a binary decision diagram that can be counted on.

It finds the least fixed point of AND/OR rules with diagrams in place of truths, so that circles
need no care of their own. It weighs nothing: `graph.odds` and `graph.power` do. Method:
R. E. Bryant, Graph-based algorithms for Boolean function manipulation (1986).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from graph.address_space import make_room_for_stacks
from graph.circles import circles
from graph.circularity import Atom, Formula, Rules, atoms_of
from graph.errors import TooMuch

if TYPE_CHECKING:
    from oxidd.bdd import BDDFunction

Player = TypeVar("Player", bound=Hashable)

MOST_NODES: Final = 1 << 20
"""How many nodes all diagrams together may have before they are given up."""

NEVER: Final = 0
"""The place at which every way through a diagram ends that does not bring the thing about."""

ALWAYS: Final = 1
"""The place at which every way ends that brings it about."""


class Node(NamedTuple):
    """A test of one variable, with the places to go on to if it is so and if it is not."""

    variable: int
    so: int
    not_so: int


@dataclass(frozen=True)
class Diagram(Generic[Player]):
    """A Boolean function of variables, tested in their order.

    Node i has the place i + 2, after NEVER and ALWAYS; each comes after those it leads to, and
    the last one is where to begin.
    """

    variables: tuple[Player, ...]
    nodes: tuple[Node, ...]
    root: int

    @cached_property
    def support(self) -> frozenset[Player]:
        """Give the variables that make a difference."""
        return frozenset(self.variables[node.variable] for node in self.nodes)


class Diagrams(Generic[Player]):
    """Draws the diagrams of formulas under rules, over the free acts that the formulas reach.

    Each `player` is one variable: its acts are done together.
    """

    def __init__(
        self,
        rules: Rules,
        formulas: Iterable[Formula],
        player: Callable[[Atom], Player],
    ) -> None:
        """Order the variables as the formulas come upon them, and find what brings each about."""
        from oxidd.bdd import BDDManager

        self._needs = rules.needs
        reached = list(_reached(rules, formulas))
        free = {atom: player(atom) for atom in reached if atom not in rules.needs}
        self.variables = tuple(dict.fromkeys(free.values()))
        make_room_for_stacks()
        manager = BDDManager(MOST_NODES, MOST_NODES, threads=1)
        places = dict(zip(self.variables, manager.add_vars(len(self.variables)), strict=True))
        self._false, self._true = manager.false(), manager.true()
        with _bounded():
            self._known = {atom: manager.var(places[of]) for atom, of in free.items()}
            for group in circles(reached, self._waits_for):
                self._come_to_rest([atom for atom in group if atom in rules.needs])

    def of(self, formula: Formula) -> Diagram[Player]:
        """Draw the diagram of a formula whose atoms are among those reached.

        Raises TooMuch where it would be too large.
        """
        with _bounded():
            return self._drawn(self._function(formula))

    def _waits_for(self, atom: Atom) -> Iterator[Atom]:
        return atoms_of(self._needs[atom]) if atom in self._needs else iter(())

    def _come_to_rest(self, circle: list[Atom]) -> None:
        """Let the functions of a circle rise from never until they rest.

        What is alone rests at once, even if it waits for itself: that adds nothing.
        """
        self._known.update(dict.fromkeys(circle, self._false))
        while any(self._risen(atom) for atom in circle) and len(circle) > 1:
            pass

    def _risen(self, atom: Atom) -> bool:
        before, self._known[atom] = self._known[atom], self._function(self._needs[atom])
        return self._known[atom] != before

    def _function(self, formula: Formula) -> BDDFunction:
        if isinstance(formula, Atom):
            return self._known[formula]
        # reached[n]: that n of the parts seen so far come about. Those tested last come first: each
        # step then adds a layer on top, where the other way round it would redraw all layers.
        reached = [self._true] + [self._false] * formula.minimum
        for part in map(self._function, reversed(formula.parts)):
            for count in range(formula.minimum, 0, -1):
                reached[count] |= reached[count - 1] & part
        return reached[formula.minimum]

    def _drawn(self, function: BDDFunction) -> Diagram[Player]:
        places: dict[BDDFunction, int] = {self._false: NEVER, self._true: ALWAYS}
        nodes: list[Node] = []
        path = [function]
        while path:
            below = path[-1].cofactors()
            ahead = [one for one in below or () if one not in places]
            path.extend(ahead)
            if not ahead and (here := path.pop()) not in places and below is not None:
                variable = here.node_var()
                assert variable is not None, "what has cofactors tests a variable"
                nodes.append(Node(variable, *(places[one] for one in below)))
                places[here] = len(nodes) + 1
        return Diagram(self.variables, tuple(nodes), places[function])


@contextmanager
def _bounded() -> Iterator[None]:
    """Say in the user's words that the diagrams outgrew their bound."""
    try:
        yield
    except MemoryError:
        raise TooMuch(
            f"what it hangs on is too entangled: more than {MOST_NODES:,} cases to tell apart",
            hint="ask about a part of it",
        ) from None


def _reached(rules: Rules, formulas: Iterable[Formula]) -> Iterator[Atom]:
    """Give the atoms that formulas come upon through the rules, depth first."""
    found: set[Atom] = set()
    waiting = [atom for formula in formulas for atom in atoms_of(formula)][::-1]
    while waiting:
        atom = waiting.pop()
        if atom not in found:
            found.add(atom)
            yield atom
            if atom in rules.needs:
                waiting.extend(reversed(list(atoms_of(rules.needs[atom]))))
