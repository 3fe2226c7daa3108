"""Where conditions wait for each other in a circle, who holds each link, and what would open it.

Gates, consents and the needs of matters become AND/OR rules. The least fixed point is what can
come about step by step; the greatest is what could stand if all came about at once. Rules:
docs/semantics.md, "Circles".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property
from itertools import product
from typing import Final, TypeAlias

from graph.circles import circles
from graph.errors import TooMuch
from graph.model import Id

MOST_SETS: Final = 10_000
"""How many unlocking sets are followed at once before the search is given up."""


class Sort(StrEnum):
    """What kind of thing comes about."""

    MATTER = "matter"
    CONSENT = "consent"
    BINDS = "commitment binds"
    IN_FORCE = "commitment is in force"
    ACT = "act"
    WAIVER = "consent without its condition"


@dataclass(frozen=True, slots=True, order=True)
class Atom:
    """One thing that can come about, named by the IRI of the matter, condition or undertaking."""

    iri: Id
    sort: Sort


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """A number of parts must come about: all of them, one of them, or some number between."""

    minimum: int
    parts: tuple[Formula, ...]


Formula: TypeAlias = Atom | AtLeastOf

GIVEN: Final = AtLeastOf(0, ())
"""What has come about already, or takes no one's doing."""

EXCLUDED: Final = AtLeastOf(1, ())
"""What can no longer come about."""


def every(parts: Iterable[Formula]) -> Formula:
    """Join parts that must all come about."""
    kept = tuple(parts)
    return kept[0] if len(kept) == 1 else AtLeastOf(len(kept), kept)


def either(parts: Iterable[Formula]) -> Formula:
    """Join parts of which one is enough."""
    kept = tuple(parts)
    return kept[0] if len(kept) == 1 else AtLeastOf(1, kept)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two matters that cannot both hold, and what it takes that both do."""

    pair: tuple[Id, Id]
    formula: Formula


class Way(Enum):
    """How an atom can come about."""

    STEP_BY_STEP = "reachable step by step"
    AT_ONCE = "only by simultaneous or pre-agreed acts"
    NOT = "unreachable"


@dataclass(frozen=True, slots=True)
class Circle:
    """Atoms that wait for each other, in an order in which each waits for the next.

    `hard` when none of them can come about step by step.
    """

    atoms: tuple[Atom, ...]
    hard: bool


@dataclass(frozen=True)
class Rules:
    """What each atom needs; an atom without a rule is an act that somebody is free to do."""

    needs: Mapping[Atom, Formula]

    @cached_property
    def atoms(self) -> frozenset[Atom]:
        """Give every atom, with or without a rule."""
        named = {atom for formula in self.needs.values() for atom in atoms_of(formula)}
        return frozenset(self.needs) | named

    @cached_property
    def step_by_step(self) -> frozenset[Atom]:
        """Give the least fixed point: what can come about from free acts, one after another."""
        return self.following(self.atoms - self.needs.keys())

    @cached_property
    def at_once(self) -> frozenset[Atom]:
        """Give the greatest fixed point: what could stand if all of it came about at once."""
        found = set(self.atoms)
        while True:
            lost = {a for a, f in self.needs.items() if a in found and not holds(f, found)}
            if not lost:
                return frozenset(found)
            found -= lost

    def way(self, formula: Formula) -> Way:
        """Tell how an atom, or what is made of atoms, can come about."""
        if holds(formula, self.step_by_step):
            return Way.STEP_BY_STEP
        return Way.AT_ONCE if holds(formula, self.at_once) else Way.NOT

    def bearing_on(self, formulas: Iterable[Formula]) -> Rules:
        """Give the rules of all that some formulas hang on, and no others.

        Those come first that others look at. What comes about of the formulas, and by which acts,
        is the same by these alone.
        """
        named = dict.fromkeys(atom for formula in formulas for atom in atoms_of(formula))
        reached = (atom for group in circles(named, self.waits_for) for atom in group)
        return Rules({atom: self.needs[atom] for atom in reached if atom in self.needs})

    def already(self, formula: Formula) -> bool:
        """Tell whether a formula holds without any further act."""
        return holds(formula, self._given)

    @cached_property
    def _given(self) -> frozenset[Atom]:
        return self.following(())

    def circles(self) -> list[Circle]:
        """Give the groups of atoms that wait for each other, hard ones first.

        A circle is hard if its atoms can only come about at once. A circle with a way round, an
        alternative outside it, is avoidable.
        """
        found = []
        for group in map(frozenset, circles(sorted(self.atoms), self.waits_for)):
            if len(group) > 1 or any(atom in self.waits_for(atom) for atom in group):
                hard = not group & self.step_by_step
                found.append(Circle(self._in_order(group), hard))
        return sorted(found, key=lambda circle: (not circle.hard, circle.atoms))

    def unlocking(self, target: Formula) -> list[frozenset[Atom]]:
        """Give the smallest sets of free acts that bring a formula about, smaller sets first.

        Smallest by inclusion: no act of a set can be left out. Raises TooMuch where there
        are too many to be followed.
        """
        sets: dict[Atom, frozenset[frozenset[Atom]]] = {
            atom: frozenset() if atom in self.needs else frozenset({frozenset({atom})})
            for atom in self.atoms.union(atoms_of(target))
        }
        changed = True
        while changed:
            changed = False
            for atom, formula in self.needs.items():
                found = _sets(formula, sets)
                if found != sets[atom]:
                    sets[atom], changed = found, True
        return sorted(_sets(target, sets), key=lambda acts: (len(acts), sorted(acts)))

    def with_waivers(self) -> Rules:
        """Give the rules in which the holder of a consent may also give it without its condition.

        Whoever asks what would open a circle asks this; whether there is one is told without it.
        """
        return Rules(
            {
                atom: either((formula, Atom(atom.iri, Sort.WAIVER)))
                if atom.sort is Sort.CONSENT
                else formula
                for atom, formula in self.needs.items()
            }
        )

    def following(self, acts: Iterable[Atom]) -> frozenset[Atom]:
        """Give everything that comes about once some acts are done."""
        found = set(acts)
        while True:
            more = {a for a, f in self.needs.items() if a not in found and holds(f, found)}
            if not more:
                return frozenset(found)
            found |= more

    def waits_for(self, atom: Atom) -> list[Atom]:
        """Give what an atom's rule names, in order; nothing for a free act."""
        return sorted(set(atoms_of(self.needs[atom]))) if atom in self.needs else []

    def _in_order(self, group: frozenset[Atom]) -> tuple[Atom, ...]:
        """Walk a group along its links, depth first from its least atom."""
        walked: dict[Atom, None] = {}
        waiting = [min(group)]
        while waiting:
            atom = waiting.pop()
            if atom not in walked:
                walked[atom] = None
                waiting.extend(one for one in reversed(self.waits_for(atom)) if one in group)
        return tuple(walked)


def atoms_of(formula: Formula) -> Iterator[Atom]:
    """Give the atoms of a formula in the order in which they are written."""
    if isinstance(formula, Atom):
        yield formula
    else:
        for part in formula.parts:
            yield from atoms_of(part)


def holds(formula: Formula, among: AbstractSet[Atom]) -> bool:
    """Tell whether a formula holds where some atoms have come about."""
    if isinstance(formula, Atom):
        return formula in among
    return sum(holds(part, among) for part in formula.parts) >= formula.minimum


def _sets(
    formula: Formula, known: Mapping[Atom, frozenset[frozenset[Atom]]]
) -> frozenset[frozenset[Atom]]:
    """Give the smallest sets of acts for a formula: choices of as many parts as it needs."""
    if isinstance(formula, Atom):
        return known[formula]
    # chosen[n]: the smallest sets that bring n of the parts seen so far about
    chosen: list[frozenset[frozenset[Atom]]] = [frozenset({frozenset()})]
    chosen += [frozenset()] * formula.minimum
    for left, part in zip(reversed(range(len(formula.parts))), formula.parts, strict=True):
        options = _sets(part, known)
        # Those too few for the parts left to make up for are passed over: half of twenty parts
        # that must all come about can be chosen in 184,756 ways.
        for count in range(formula.minimum, max(formula.minimum - left, 1) - 1, -1):
            joined = {one | other for one, other in product(chosen[count - 1], options)}
            chosen[count] = _smallest(chosen[count] | joined)
    return chosen[formula.minimum]


def _smallest(sets: frozenset[frozenset[Atom]]) -> frozenset[frozenset[Atom]]:
    if len(sets) > MOST_SETS:
        raise TooMuch(
            f"more than {MOST_SETS} sets of acts would unlock it", hint="ask about a part of it"
        )
    kept: list[frozenset[Atom]] = []
    for each in sorted(sets, key=len):
        if not any(smaller <= each for smaller in kept):
            kept.append(each)
    return frozenset(kept)
