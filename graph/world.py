"""What is known: a model seen through a day of knowledge, a source policy and a scenario."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from graph.claims import SCEPTICAL, Claims, Ground, Policy
from graph.model import (
    Act,
    Approved,
    Evidence,
    Id,
    Matter,
    MatterKind,
    Model,
    Occurs,
    Power,
    Provision,
)
from graph.timeline import Day, Span, Timeline, sampled
from graph.truth import HOLDING, MET, UNKNOWN, WAITING, Truth, Value

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a scenario takes for granted of a matter or a condition, from one day on."""

    about: Id
    truth: Truth
    since: Day

    def over(self, actual: Timeline, when_true: Value) -> Timeline:
        """Lay it over an actual course; what is so anyway stays as it is."""
        assumed = {Truth.TRUE: when_true, Truth.FALSE: WAITING, Truth.UNKNOWN: UNKNOWN}[self.truth]

        def value_at(day: Day) -> Value:
            was = actual.at(day)
            return was if day < self.since or was.truth is self.truth else assumed

        return sampled([*actual.starts, self.since], value_at)

    def over_later(
        self, actual: Timeline, whole: Timeline, floor: Span, when_true: Value
    ) -> Timeline:
        """Lay it over the course of what came about later than a floor.

        What is assumed to be true comes about on the first day of the assumption, unless it is
        true on that day anyway (`whole` is the course without a floor): then it is no news.
        """
        already = whole.at(self.since).truth is Truth.TRUE
        if self.truth is not Truth.TRUE or actual.at(self.since).truth is Truth.TRUE:
            return self.over(actual, when_true)
        if already or self.since <= floor.earliest:
            return actual
        return self.over(actual, when_true if self.since > floor.latest else UNKNOWN)


@dataclass(frozen=True)
class World:
    """What is known: a model, the day by which evidence must be public, a policy, a scenario."""

    model: Model
    known_at: Day
    policy: Policy = SCEPTICAL
    scenario: tuple[Assumption, ...] = ()

    def heard(self, claim: Evidence) -> Evidence | None:
        """Give a claim with those of its sources that count, if it was surely public by the day.

        None where it does not count.
        """
        sources = self.policy.heard(claim.sources)
        if claim.published.latest > self.known_at or not sources:
            return None
        return claim if sources == claim.sources else replace(claim, sources=sources)

    def assuming(self, *assumptions: Assumption) -> World:
        """Give this world with further assumptions; what it has indexed is shared."""
        other = replace(self, scenario=(*self.scenario, *assumptions))
        return self._shared_with(other, but="_assumed")

    def without(self, place: int) -> World:
        """Give this world without one of the model's claims; what it has indexed is shared."""
        evidence = self.model.evidence
        left_out = evidence[place]
        model = replace(self.model, evidence=evidence[:place] + evidence[place + 1 :])
        other = self._shared_with(replace(self, model=model), but="_evidence")
        said = self._evidence.get(left_out.matter, ())
        kept = tuple(claim for claim in said if claim.id != left_out.id)
        vars(other)["_evidence"] = ChainMap({left_out.matter: kept}, self._evidence)
        return other

    def unreported(self, matter: Id) -> World:
        """Give this world as it would be if nothing were said of a matter or assumed of it."""
        scenario = tuple(each for each in self.scenario if each.about != matter)
        other = self._shared_with(replace(self, scenario=scenario), but="_evidence")
        vars(other).pop("_assumed", None)
        vars(other)["_evidence"] = ChainMap({matter: ()}, self._evidence)
        return other

    def _shared_with(self, other: World, but: str) -> World:
        """Hand over every index that was built, but one: they are kept beside the fields."""
        indexes = {name: index for name, index in vars(self).items() if name not in vars(other)}
        indexes.pop(but, None)
        vars(other).update(indexes)
        return other

    @cached_property
    def _evidence(self) -> MutableMapping[Id, tuple[Evidence, ...]]:
        heard = filter(None, map(self.heard, self.model.evidence))
        return _grouped(heard, lambda claim: claim.matter)

    @cached_property
    def _assumed(self) -> Mapping[Id, tuple[Assumption, ...]]:
        in_time = sorted(self.scenario, key=lambda assumption: assumption.since)
        return _grouped(in_time, lambda assumption: assumption.about)

    def assumption(self, about: Id, day: Day) -> Assumption | None:
        """Give what the scenario assumes of a matter or a condition on a day, None for nothing."""
        found = [each for each in self._assumed.get(about, ()) if each.since <= day]
        return found[-1] if found else None

    @cached_property
    def occurrences(self) -> Mapping[Id, tuple[Id, ...]]:
        """Give the recorded occurrences of each kind of event."""
        cases = _grouped(self._matters, lambda matter: matter.occurrence_of or "")
        return {kind: tuple(m.id for m in matters) for kind, matters in cases.items() if kind}

    def counted(self, node: Occurs) -> tuple[Id, ...]:
        """Give the event and its recorded cases that count for a leaf."""
        if node.only is not None:
            return node.only
        return (node.event, *self.occurrences.get(node.event, ()))

    @cached_property
    def approvals(self) -> Mapping[Id, tuple[Matter, ...]]:
        """Give the approvals recorded for each measure."""
        return _grouped((m for m in self._matters if m.measure), lambda m: m.measure or "")

    def approving(self, node: Approved, debtor: Id | None) -> list[Id]:
        """Give the approvals that count for a debtor, or for any: by the named body, if one is."""
        return [
            matter.id
            for matter in self.approvals.get(node.measure, ())
            if (not node.each_debtor or debtor is None or matter.debtor == debtor)
            and (node.body is None or matter.body == node.body)
        ]

    @cached_property
    def _matters(self) -> list[Matter]:
        return sorted(self.model.matters.values(), key=lambda matter: matter.id)

    @cached_property
    def acts(self) -> Mapping[Id, tuple[Act, ...]]:
        """Give the acts that mean to change each undertaking."""
        return _grouped(self.model.acts, lambda act: act.undertaking)

    @cached_property
    def powers(self) -> Mapping[Id, tuple[Power, ...]]:
        """Give the powers over each undertaking."""
        return _grouped(self.model.powers, lambda power: power.undertaking)

    @cached_property
    def provisions(self) -> Mapping[Id, tuple[Provision, ...]]:
        """Give what was surely public by the day, from sources that count, by undertaking."""
        heard = (
            provision
            for provision in self.model.provisions
            if provision.published.latest <= self.known_at and self.policy.heard(provision.sources)
        )
        return _grouped(heard, lambda provision: provision.undertaking)

    def claims(self, matter: Id) -> Claims:
        """Give the claims that count about a matter."""
        about = self.model.matters.get(matter) or Matter(matter, MatterKind.STATE)
        return Claims(about, self._evidence.get(matter, ()), self.policy.rule, self.model.ranks)

    def findings(self, matter: Id, authority: Id) -> Claims:
        """Give what one authority said of a matter; its latest word counts, also of an event."""
        about = self.model.matters.get(matter)
        lasting = Matter(matter, MatterKind.STATE, monitored=about is not None and about.monitored)
        said = tuple(c for c in self._evidence.get(matter, ()) if authority in c.speakers)
        return Claims(lasting, said, self.policy.rule, self.model.ranks)

    def assumed(
        self, about: Id, course: Callable[[Span | None], Timeline], floor: Span | None = None
    ) -> Timeline:
        """Lay what the scenario assumes of a matter or a condition over its actual course.

        `course` gives that of what came about later than a floor, or all of it.
        """
        actual = course(floor)
        assumptions = self._assumed.get(about, ())
        when_true = MET if self._is_event(about) else HOLDING
        whole = course(None) if assumptions and floor is not None else actual
        for assumption in assumptions:
            if floor is None:
                actual = assumption.over(actual, when_true)
            else:
                actual = assumption.over_later(actual, whole, floor, when_true)
                whole = assumption.over(whole, when_true)
        return actual

    def reported(self, event: Id) -> bool:
        """Tell whether a source that counts says that an event happened, or the scenario does."""
        assumed = self._assumed.get(event, ())
        return any(claim.holds for claim in self._evidence.get(event, ())) or any(
            assumption.truth is Truth.TRUE for assumption in assumed
        )

    def _is_event(self, about: Id) -> bool:
        matter = self.model.matters.get(about)
        return matter is not None and matter.kind is MatterKind.EVENT

    def timeline(self, matter: Id, floor: Span | None = None) -> Timeline:
        """Give the course of a matter in this world; of what came about later, with a floor."""
        claims = self.claims(matter)
        return self.assumed(matter, claims.timeline, floor)

    def ground(self, matter: Id, day: Day) -> Ground:
        """Give the claims that decide about a matter on a day."""
        return self.claims(matter).on(day)


def _grouped(things: Iterable[T], key: Callable[[T], Id]) -> dict[Id, tuple[T, ...]]:
    groups: defaultdict[Id, list[T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return {name: tuple(members) for name, members in groups.items()}
