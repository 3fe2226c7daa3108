"""Which smallest sets of acts would bring a commitment in force, and which of them clash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.circularity import Atom, Rules, Sort
from graph.model import Approved, Condition, Consents, Determined, Id, Model, operands


@dataclass(frozen=True, slots=True)
class Unlocking:
    """A smallest set of acts, with the pairs of matters that could not both hold after them."""

    acts: tuple[Atom, ...]
    conflicts: tuple[tuple[Id, Id], ...]


def unlocking(model: Model, rules: Rules, target: Atom) -> list[Unlocking]:
    """Give the smallest sets that bring the target about, consistent ones first.

    A holder may also give a consent without its condition. What the commitments that then come in
    force bring about counts among what would hold.
    """
    free = rules.with_waivers()
    found = [
        Unlocking(tuple(sorted(acts)), tuple(_conflicts(model, free.following(acts))))
        for acts in free.unlocking(target)
    ]
    return sorted(found, key=lambda each: (len(each.conflicts), len(each.acts), each.acts))


def _conflicts(model: Model, true: Iterable[Atom]) -> Iterator[tuple[Id, Id]]:
    atoms = list(true)
    holding = {atom.iri for atom in atoms if atom.sort is Sort.MATTER}
    for atom in atoms:
        if atom.sort is Sort.IN_FORCE:
            holding.update(model.undertakings[atom.iri].brings_about)
    for one, other in sorted({(min(pair), max(pair)) for pair in model.incompatible}):
        if one in holding and other in holding:
            yield one, other


def holders(model: Model) -> Mapping[Id, Id]:
    """Give who holds what can come about: a consent, a finding, an approval, by its IRI."""
    held = {matter.id: matter.body for matter in model.matters.values() if matter.body is not None}
    for root in _roots(model):
        for node in _nodes(root):
            match node:
                case Consents():
                    held[node.id] = node.actor
                case Determined() if node.authority is not None:
                    held[node.id] = node.authority
                case Approved() if node.body is not None:
                    held[node.id] = node.body
    return held


def _roots(model: Model) -> Iterator[Condition]:
    for undertaking in model.undertakings.values():
        yield from undertaking.conditions()
    for matter in model.matters.values():
        yield from matter.enabled_when
    yield from model.consents.values()


def _nodes(node: Condition) -> Iterator[Condition]:
    yield node
    for operand in operands(node):
        yield from _nodes(operand)
