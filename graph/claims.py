"""What the claims about one matter come to on a day, under a source policy.

Rules: docs/semantics.md, "Evidence". An event is judged as "has happened by this day"; a state of
affairs or an approval as "holds on this day".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Final

from graph.model import Evidence, Id, Matter, MatterKind
from graph.timeline import NEVER, Day, Span, Timeline, sampled
from graph.truth import DISPUTED, HOLDING, MET, UNKNOWN, WAITING, Value


class Rule(Enum):
    """What becomes of claims that clash."""

    SCEPTICAL = "sceptical"
    RANKED = "ranked"
    CREDULOUS = "credulous"


@dataclass(frozen=True, slots=True)
class Policy:
    """Which sources count (all of them, if none are named) and what becomes of a clash."""

    rule: Rule = Rule.SCEPTICAL
    sources: frozenset[Id] | None = None

    def heard(self, sources: tuple[Id, ...]) -> tuple[Id, ...]:
        """Give those of a record's sources that count; a record of which none does is not heard."""
        if self.sources is None:
            return sources
        return tuple(source for source in sources if source in self.sources)

    def __str__(self) -> str:
        """Name the policy as an answer shows it."""
        if self.sources is None:
            return self.rule.value
        return f"{self.rule.value}, sources {', '.join(sorted(self.sources))}"


SCEPTICAL: Final = Policy()


@dataclass(frozen=True, slots=True)
class Ground:
    """A value with the claims that speak for and against the matter on that day."""

    value: Value
    supporting: tuple[Evidence, ...] = ()
    opposing: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """When a claim is heard.

    Surely from `since.latest` until before `until.earliest`, and perhaps from `since.earliest`
    until before `until.latest`.
    """

    claim: Evidence
    since: Span
    until: Span

    def surely(self, day: Day) -> bool:
        """Tell whether the claim surely speaks on a day."""
        return self.since.latest <= day < self.until.earliest

    def perhaps(self, day: Day) -> bool:
        """Tell whether the claim may speak on a day and does not surely do."""
        return self.since.earliest <= day < self.until.latest and not self.surely(day)


@dataclass(frozen=True)
class Claims:
    """The claims that count about one matter, with the rule that settles a clash.

    Those in `unsure` may count or not: see `later_than`.
    """

    matter: Matter
    claims: tuple[Evidence, ...]
    rule: Rule
    ranks: Mapping[Id, int]
    unsure: frozenset[Id] = frozenset()

    def later_than(self, floor: Span) -> Claims:
        """Leave out the reports of what surely came about by the floor; keep every denial."""
        kept = tuple(
            claim for claim in self.claims if not claim.holds or claim.since.latest > floor.earliest
        )
        unsure = {
            claim.id for claim in kept if claim.holds and claim.since.earliest <= floor.latest
        }
        return replace(self, claims=kept, unsure=self.unsure | unsure)

    def timeline(self, floor: Span | None = None) -> Timeline:
        """Give the value of the matter on every day; with a floor, of what is later than it."""
        if floor is not None:
            return self.later_than(floor).timeline()
        return sampled(self._turning_days(), lambda day: self.on(day).value)

    def on(self, day: Day) -> Ground:
        """Give the value on one day with what it rests on."""
        if self.matter.kind is MatterKind.EVENT:
            return self._happened_by(day)
        return self._holding_on(day)

    def _turning_days(self) -> Iterable[Day]:
        speeches = self._reports if self.matter.kind is MatterKind.EVENT else self._speeches
        for speech in speeches:
            yield from (speech.since.earliest, speech.since.latest)
            yield from (speech.until.earliest, speech.until.latest)
        for denial in self._denials:
            yield _denied_through(denial) + 1

    # Events

    @cached_property
    def _denials(self) -> tuple[Evidence, ...]:
        return tuple(claim for claim in self.claims if not claim.holds)

    @cached_property
    def _reports(self) -> tuple[Speech, ...]:
        """Give the reports that no weightier denial beats, each with the days it may mean.

        Of an imprecise report those days are left out that a denial covers.
        """
        return tuple(
            Speech(claim, self._meant(claim), Span(NEVER, NEVER))
            for claim in self.claims
            if claim.holds and self._weighed([claim], self._clashing(claim), MET) != WAITING
        )

    def _meant(self, report: Evidence) -> Span:
        free = (_denied_through(denial) + 1 for denial in self._denials)
        from_then = [day for day in free if day <= report.since.latest]
        latest = NEVER if report.id in self.unsure else report.since.latest
        return Span(max([report.since.earliest, *from_then]), latest)

    def _clashing(self, report: Evidence) -> list[Evidence]:
        """Give the denials that surely cover the time of a report."""
        return [d for d in self._denials if report.since.latest <= _denied_through(d)]

    def _happened_by(self, day: Day) -> Ground:
        told = [report.claim for report in self._reports if report.surely(day)]
        maybe = [report.claim for report in self._reports if report.perhaps(day)]
        values = [self._weighed([claim], self._clashing(claim), MET) for claim in told]
        supporting = (*told, *maybe)
        opposing = tuple(
            denial
            for denial in self._denials
            if not supporting or any(denial in self._clashing(claim) for claim in supporting)
        )
        for value in (MET, DISPUTED):
            if value in values:
                return Ground(value, supporting, opposing)
        if maybe:
            return Ground(UNKNOWN, supporting, opposing)
        return Ground(WAITING if self._not_yet(day) else UNKNOWN, (), opposing)

    def _not_yet(self, day: Day) -> bool:
        """Tell whether a day on which no report speaks is one before the event."""
        if self._reports or self.matter.monitored:
            return True
        return any(d.until is None or day <= _denied_through(d) for d in self._denials)

    # States of affairs and approvals

    @cached_property
    def _speeches(self) -> tuple[Speech, ...]:
        return tuple(
            Speech(claim, self._since(claim), claim.until or self._taken_over(claim))
            for claim in self.claims
        )

    def _since(self, claim: Evidence) -> Span:
        return Span(claim.since.earliest, NEVER) if claim.id in self.unsure else claim.since

    def _taken_over(self, claim: Evidence) -> Span:
        """Give the day on which a claim of a surely later time takes over: news replaces old."""
        later = (
            other.since.latest for other in self.claims if other.since.earliest > claim.since.latest
        )
        first = min(later, default=NEVER)
        return Span(first, first)

    def _holding_on(self, day: Day) -> Ground:
        surely = [speech.claim for speech in self._speeches if speech.surely(day)]
        maybe = [speech.claim for speech in self._speeches if speech.perhaps(day)]
        ground = self._spoken(surely, day)
        if all(self._spoken([*surely, claim], day).value == ground.value for claim in maybe):
            return ground
        return Ground(
            DISPUTED if ground.value == DISPUTED else UNKNOWN,
            tuple(claim for claim in (*surely, *maybe) if claim.holds),
            tuple(claim for claim in (*surely, *maybe) if not claim.holds),
        )

    def _spoken(self, claims: Sequence[Evidence], day: Day) -> Ground:
        supporting = tuple(claim for claim in claims if claim.holds)
        opposing = tuple(claim for claim in claims if not claim.holds)
        if supporting:
            return Ground(self._weighed(supporting, opposing, HOLDING), supporting, opposing)
        if opposing or self.matter.monitored or self._not_given(day):
            return Ground(WAITING, opposing=opposing)
        return Ground(UNKNOWN)

    def _not_given(self, day: Day) -> bool:
        """Tell whether a day is one before the earliest claim about an approval."""
        if self.matter.kind is not MatterKind.APPROVAL or not self.claims:
            return False
        return day < min(claim.since.earliest for claim in self.claims)

    # A clash

    def _weighed(
        self, supporting: Sequence[Evidence], opposing: Sequence[Evidence], when_true: Value
    ) -> Value:
        """Settle a clash by the rule; without one the supporting claims stand."""
        if not opposing or self.rule is Rule.CREDULOUS:
            return when_true
        if self.rule is Rule.SCEPTICAL:
            return DISPUTED
        higher, lower = self._rank(supporting), self._rank(opposing)
        return when_true if higher > lower else WAITING if higher < lower else DISPUTED

    def _rank(self, claims: Iterable[Evidence]) -> int:
        return max(self.ranks.get(source, 0) for claim in claims for source in claim.sources)


def _denied_through(denial: Evidence) -> Day:
    """Give the last day that a denial of an event surely covers."""
    return denial.since.earliest if denial.until is None else denial.until.earliest - 1
