"""Hypothesis strategies for AND/OR rules, with circles, and what they mean by enumeration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations
from typing import TypeVar

from hypothesis import strategies as st

from graph.circularity import EXCLUDED, GIVEN, AtLeastOf, Atom, Formula, Rules, Sort

T = TypeVar("T")

ATOMS = A, B, C, D, E, F, G = tuple(Atom(name, Sort.MATTER) for name in "abcdefg")


def formulas(*atoms: Atom) -> st.SearchStrategy[Formula]:
    """Make formulas of atoms, of what is given and of what is excluded."""
    return st.recursive(
        st.sampled_from([*atoms, *atoms, GIVEN, EXCLUDED]),
        lambda inner: st.builds(
            AtLeastOf, st.integers(0, 3), st.lists(inner, max_size=3).map(tuple)
        ),
        max_leaves=8,
    )


def systems() -> st.SearchStrategy[Rules]:
    """Make rules for some of seven atoms; the others are free acts."""
    return st.dictionaries(st.sampled_from([A, B, C]), formulas(*ATOMS), max_size=3).map(Rules)


def sets_of(things: Sequence[T]) -> Iterator[frozenset[T]]:
    """Give every set of some things."""
    sizes = range(len(things) + 1)
    return map(frozenset, chain.from_iterable(combinations(things, size) for size in sizes))


def holds(formula: Formula, among: AbstractSet[Atom]) -> bool:
    """Tell whether a formula holds where some atoms do."""
    if isinstance(formula, Atom):
        return formula in among
    return len([part for part in formula.parts if holds(part, among)]) >= formula.minimum
