"""What points to a thing: members of an actor, what hangs on a matter, who adheres to a text."""

from __future__ import annotations

from collections.abc import Iterator

from api.jobs.things import ACTORS
from api.situation import Situation
from graph.model import (
    Approved,
    Condition,
    Determined,
    Holds,
    Id,
    Matter,
    Occurs,
    Undertaking,
    operands,
)


def pointing(situation: Situation, name: str, to: Id, *classes: str) -> list[Id]:
    """Give the things of some classes that point to one by a property."""
    of = situation.triples
    return [each for each in of.a(*classes) if to in of.ids(each, name)]


def members(situation: Situation, actor: Id) -> list[Id]:
    """Give the actors that are members of one."""
    return pointing(situation, "memberOf", actor, *ACTORS)


def decided_by(situation: Situation, actor: Id) -> list[Id]:
    """Give the matters that a body decides."""
    return [each.id for each in situation.model.matters.values() if each.body == actor]


def hanging_on(situation: Situation, matter: Matter) -> Iterator[Undertaking]:
    """Give the undertakings of which a condition looks at a matter."""
    for each in situation.model.undertakings.values():
        nodes = list(each.conditions())
        for node in nodes:
            nodes += operands(node)
        if any(_looks_at(node, matter) for node in nodes):
            yield each


def _looks_at(node: Condition, matter: Matter) -> bool:
    match node:
        case Occurs():
            return node.event in (matter.id, matter.occurrence_of)
        case Holds():
            return node.state_of_affairs == matter.id
        case Determined():
            return node.matter == matter.id
        case Approved():
            return node.measure == matter.measure
    return False
