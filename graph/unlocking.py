"""Which smallest sets of acts would bring a commitment in force, and which of them clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.circularity import EXCLUDED, Atom, Exclusion, Formula, Rules, holds
from graph.model import Approved, Consents, Determined, Id, MatterKind, Model


@dataclass(frozen=True, slots=True)
class Unlocking:
    """A smallest set of acts, with the pairs of matters that could not both hold after them."""

    acts: tuple[Atom, ...]
    conflicts: tuple[tuple[Id, Id], ...]


def unlocking(rules: Rules, target: Formula, exclusions: Iterable[Exclusion]) -> list[Unlocking]:
    """Give the smallest sets that bring the target about, consistent ones first.

    A holder may also give a consent without its condition. A set has a conflict if two matters
    that exclude each other hold after it, and did not both hold before.
    """
    still = [each for each in exclusions if not rules.already(each.formula)]
    clashing = rules.bearing_on(each.formula for each in still).with_waivers()
    found = []
    for acts in rules.bearing_on([target]).with_waivers().unlocking(target):
        after = clashing.following(acts)
        conflicts = (each.pair for each in still if holds(each.formula, after))
        found.append(Unlocking(tuple(sorted(acts)), tuple(conflicts)))
    return sorted(found, key=lambda each: (len(each.conflicts), len(each.acts), each.acts))


def without_approvals(model: Model, rules: Rules) -> Rules:
    """Give the rules in which no approval is given beyond those given already."""
    refused = {node.id for node in model.conditions() if isinstance(node, Approved)} | {
        matter.id for matter in model.matters.values() if matter.kind is MatterKind.APPROVAL
    }
    excluded = {atom: EXCLUDED for atom in rules.atoms if atom.iri in refused}
    return Rules({**rules.needs, **excluded})


def holders(model: Model) -> Mapping[Id, Id]:
    """Give who holds what can come about: a consent, a finding, an approval, by its IRI."""
    held = {matter.id: matter.body for matter in model.matters.values() if matter.body is not None}
    for node in model.conditions():
        match node:
            case Consents():
                held[node.id] = node.actor
            case Determined() if node.authority is not None:
                held[node.id] = node.authority
            case Approved() if node.body is not None:
                held[node.id] = node.body
    return held
