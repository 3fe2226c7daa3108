"""Which undertakings a matter can bear on: by their conditions or acts, or by way of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from graph.model import (
    Approved,
    Condition,
    Consents,
    Determined,
    Holds,
    Id,
    InState,
    Occurs,
    Undertaking,
    throughout,
)
from graph.world import World


def dependants(world: World) -> Mapping[Id, tuple[Id, ...]]:
    """Give, for each matter that anything hangs on, every undertaking that may stand by it.

    No undertaking is left out that can stand otherwise because of the matter alone.
    """
    direct: defaultdict[Id, list[Id]] = defaultdict(list)
    looked_at_by: defaultdict[Id, list[Id]] = defaultdict(list)
    for undertaking in world.model.undertakings.values():
        for node in _conditions(world, undertaking):
            for matter in _asked_about(world, node):
                direct[matter].append(undertaking.id)
            if isinstance(node, InState):
                looked_at_by[node.commitment].append(undertaking.id)
        for act in world.acts.get(undertaking.id, ()):
            direct[act.event].append(undertaking.id)
    return {matter: _with_those_looking(found, looked_at_by) for matter, found in direct.items()}


def _conditions(world: World, undertaking: Undertaking) -> Iterator[Condition]:
    """Give those of gates and reservations, and what the consents they wait for hang on."""
    waiting = list(undertaking.conditions())
    entered: set[Id] = set()
    while waiting:
        for node in throughout(waiting.pop()):
            yield node
            tree = world.model.consents.get(node.id) if isinstance(node, Consents) else None
            if tree is not None and node.id not in entered:
                entered.add(node.id)
                waiting.append(tree)


def _asked_about(world: World, node: Condition) -> tuple[Id, ...]:
    match node:
        case Occurs():
            return (node.event, *world.occurrences.get(node.event, ()))
        case Holds():
            return (node.state_of_affairs,)
        case Determined():
            return (node.matter,)
        case Approved():
            return tuple(matter.id for matter in world.approvals.get(node.measure, ()))
    return ()


def _with_those_looking(found: list[Id], looked_at_by: Mapping[Id, list[Id]]) -> tuple[Id, ...]:
    """Add those that look at what was found, and so on."""
    entered = dict.fromkeys(found)
    waiting = list(entered)
    while waiting:
        for one in looked_at_by.get(waiting.pop(), ()):
            if one not in entered:
                entered[one] = None
                waiting.append(one)
    return tuple(entered)
