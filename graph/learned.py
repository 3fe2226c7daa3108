"""What stands otherwise because more became known, or was recorded, and by which claims.

Two worlds are compared on one day: two days of knowledge, or two versions of the graph. Rules:
docs/semantics.md, "What answers hang on".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.bounds import within
from graph.dependants import dependants
from graph.lifecycle import Lifecycle
from graph.model import Evidence, Id
from graph.standing import Standing
from graph.timeline import Day
from graph.world import World


@dataclass(frozen=True, slots=True)
class Learned:
    """Where an undertaking stands for one debtor before and after; None where it was not recorded.

    `came` are the claims that may bear on it and count only after, `went` those only before. Both
    are empty where nothing but the undertaking itself is recorded otherwise.
    """

    undertaking: Id
    debtor: Id
    before: Standing | None
    after: Standing | None
    came: tuple[Evidence, ...]
    went: tuple[Evidence, ...]


def learned(before: World, after: World, day: Day, most: int | None = None) -> list[Learned]:
    """Give what stands otherwise on a day in one world than in another, with the claims.

    Raises TooMuch where that takes more than `most` judgements.
    """
    judged = (each for world in (before, after) for each in world.model.undertakings.values())
    within(sum(len(each.debtors) for each in judged), most)
    was, now = _standings(before, day), _standings(after, day)
    differing = [key for key in {**was, **now} if was.get(key) != now.get(key)]
    if not differing:
        return []
    came, went = _bearing(after, _heard(before)), _bearing(before, _heard(after))
    return [
        Learned(
            undertaking,
            debtor,
            before=was.get((undertaking, debtor)),
            after=now.get((undertaking, debtor)),
            came=tuple(came.get(undertaking, ())),
            went=tuple(went.get(undertaking, ())),
        )
        for undertaking, debtor in differing
    ]


def _standings(world: World, day: Day) -> dict[tuple[Id, Id], Standing]:
    lifecycle = Lifecycle(world)
    return {
        (undertaking.id, debtor): lifecycle.phase(undertaking.id, debtor, day).standing
        for undertaking in world.model.undertakings.values()
        for debtor in undertaking.debtors
    }


def _bearing(world: World, but: frozenset[Evidence]) -> Mapping[Id, list[Evidence]]:
    """Give, by undertaking, the claims that count and may bear on it, without those in `but`."""
    reached, found = dependants(world), defaultdict[Id, list[Evidence]](list)
    for claim in _counting(world):
        if claim not in but:
            for undertaking in reached.get(claim.matter, ()):
                found[undertaking].append(claim)
    return found


def _heard(world: World) -> frozenset[Evidence]:
    return frozenset(_counting(world))


def _counting(world: World) -> Iterator[Evidence]:
    return filter(None, map(world.heard, world.model.evidence))
