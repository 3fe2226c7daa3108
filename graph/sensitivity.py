"""What the standings of a day hang on: single matters, single claims, the rule for clashes.

One thing is changed at a time, and what can depend on it is judged again. Rules:
docs/semantics.md, "What answers hang on".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graph.bounds import within
from graph.claims import Policy, Rule
from graph.dependants import dependants
from graph.lifecycle import Lifecycle
from graph.model import Evidence, Id
from graph.standing import Standing
from graph.timeline import Day
from graph.truth import Truth
from graph.world import Assumption, World


@dataclass(frozen=True, slots=True)
class Change:
    """Where an undertaking stands for one debtor, before and after."""

    undertaking: Id
    debtor: Id
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Leverage:
    """What would stand otherwise if one assumption alone were made."""

    assumption: Assumption
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What would stand otherwise if one claim had not been made.

    `disputed` if another claim that counts says the contrary of the same matter.
    """

    claim: Evidence
    disputed: bool
    changes: tuple[Change, ...]


def leverage(actual: World, day: Day, most: int | None = None) -> list[Leverage]:
    """Assume each matter, and each alone, to be true or false from a day on; most changes first.

    It is assumed to be what it is not on that day; what has come about for good cannot be undone.
    Raises TooMuch where that takes more than `most` judgements.
    """
    tried = [
        (assumption, undertakings)
        for matter, undertakings in dependants(actual).items()
        for assumption in _open(actual, matter, day)
    ]
    _bounded(actual, (undertakings for _, undertakings in tried), most)
    judged = _Judged(actual, day)
    found = [
        Leverage(assumption, judged.changes(actual.assuming(assumption), undertakings))
        for assumption, undertakings in tried
    ]
    return sorted(found, key=_most_first)


def _most_first(one: Leverage) -> tuple[int, Id, str]:
    return -len(one.changes), one.assumption.about, one.assumption.truth.value


def _open(actual: World, matter: Id, day: Day) -> Iterator[Assumption]:
    value = actual.timeline(matter).at(day)
    if not value.settled:
        for truth in (Truth.TRUE, Truth.FALSE):
            if value.truth is not truth:
                yield Assumption(matter, truth, day)


def support(actual: World, day: Day, most: int | None = None) -> list[Support]:
    """Leave out each claim that counts, and each alone; most changes first.

    Raises TooMuch where that takes more than `most` judgements.
    """
    judged, bearing = _Judged(actual, day), dependants(actual)
    counting = [
        (place, claim)
        for place, claim in enumerate(actual.model.evidence)
        if actual.heard(claim) is not None and claim.matter in bearing
    ]
    _bounded(actual, (bearing[claim.matter] for _, claim in counting), most)
    found = []
    for place, claim in counting:
        said = actual.claims(claim.matter).claims
        disputed = any(other.holds is not claim.holds for other in said)
        changes = judged.changes(actual.without(place), bearing[claim.matter])
        found.append(Support(claim, disputed, changes))
    return sorted(found, key=lambda one: (-len(one.changes), not one.disputed, one.claim.id))


def by_rule(
    actual: World, day: Day, most: int | None = None
) -> dict[tuple[Id, Id], dict[Rule, Standing]]:
    """Give, by undertaking and debtor, what stands otherwise under another rule for clashes.

    Raises TooMuch where that takes more than `most` judgements.
    """
    _bounded(actual, [tuple(actual.model.undertakings)] * len(Rule), most)
    judged = {
        rule: _Judged(replace(actual, policy=Policy(rule, actual.policy.sources)), day)
        for rule in Rule
    }
    found = {}
    for undertaking in actual.model.undertakings.values():
        for debtor in undertaking.debtors:
            each = {rule: one.standing(undertaking.id, debtor) for rule, one in judged.items()}
            if len(set(each.values())) > 1:
                found[undertaking.id, debtor] = each
    return found


def _bounded(world: World, judged: Iterable[Iterable[Id]], most: int | None) -> None:
    """Refuse to judge more often than `most` allows; each debtor is judged for itself."""
    undertakings = world.model.undertakings
    needed = sum(len(undertakings[one].debtors) for each in judged for one in each)
    within(needed, most)


class _Judged:
    """The standings of a world on a day, each judged once."""

    def __init__(self, world: World, day: Day) -> None:
        self.lifecycle, self.day = Lifecycle(world), day
        self._found: dict[tuple[Id, Id], Standing] = {}

    def standing(self, undertaking: Id, debtor: Id) -> Standing:
        key = (undertaking, debtor)
        if key not in self._found:
            self._found[key] = self.lifecycle.phase(*key, self.day).standing
        return self._found[key]

    def changes(self, other: World, undertakings: Iterable[Id]) -> tuple[Change, ...]:
        """Give which of some undertakings stand otherwise in another world."""
        judged = _Judged(other, self.day)
        return tuple(
            Change(one, debtor, before, after)
            for one in undertakings
            for debtor in self.lifecycle.world.model.undertakings[one].debtors
            if (before := self.standing(one, debtor)) != (after := judged.standing(one, debtor))
        )
