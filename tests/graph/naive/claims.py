"""What claims about one matter come to, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph import model as m
from graph.claims import Rule
from graph.timeline import Span
from graph.truth import Value
from tests.graph.naive.courses import DAYS, DISPUTED, HOLDING, MET, NEVER, UNKNOWN, WAITING, Course


@dataclass(frozen=True)
class Heard:
    """The claims about one matter that count; `unsure` are those that may be left out."""

    kind: m.MatterKind
    monitored: bool
    claims: tuple[m.Evidence, ...]
    unsure: frozenset[str]
    rule: Rule
    ranks: dict[str, int]

    def course(self) -> Course:
        judge = self.happened if self.kind is m.MatterKind.EVENT else self.holds
        return tuple(judge(day) for day in DAYS)

    def weigh(self, told: Sequence[m.Evidence], denied: Sequence[m.Evidence], so: Value) -> Value:
        if not denied or self.rule is Rule.CREDULOUS:
            return so
        if self.rule is Rule.SCEPTICAL:
            return DISPUTED
        best = max(self.ranks.get(one, 0) for claim in told for one in claim.sources)
        worst = max(self.ranks.get(one, 0) for claim in denied for one in claim.sources)
        return so if best > worst else DISPUTED if best == worst else WAITING

    def happened(self, day: int) -> Value:
        denials = [claim for claim in self.claims if not claim.holds]
        heard: list[Value] = []
        reported = False
        for report in (claim for claim in self.claims if claim.holds):
            clash = [d for d in denials if last_denied(d) >= report.since.latest]
            value = self.weigh([report], clash, MET)
            if value == WAITING:
                continue
            reported = True
            others = [d for d in denials if d not in clash]
            days = range(report.since.earliest, report.since.latest + 1)
            free = [one for one in days if not any(last_denied(d) >= one for d in others)]
            if day >= report.since.latest and report.id not in self.unsure:
                heard.append(value)
            elif day >= min(free):
                heard.append(UNKNOWN)
        for value in (MET, DISPUTED, UNKNOWN):
            if value in heard:
                return value
        denied = any(d.until is None or day <= last_denied(d) for d in denials)
        return WAITING if reported or self.monitored or denied else UNKNOWN

    def holds(self, day: int) -> Value:
        surely = [claim for claim in self.claims if self.speaks(claim, day) == "surely"]
        maybe = [claim for claim in self.claims if self.speaks(claim, day) == "maybe"]
        value = self.said(surely, day)
        if any(self.said([*surely, claim], day) != value for claim in maybe):
            return DISPUTED if value == DISPUTED else UNKNOWN
        return value

    def said(self, claims: Sequence[m.Evidence], day: int) -> Value:
        told = [claim for claim in claims if claim.holds]
        denied = [claim for claim in claims if not claim.holds]
        if told:
            return self.weigh(told, denied, HOLDING)
        not_given = self.kind is m.MatterKind.APPROVAL and any(self.claims)
        not_given = not_given and all(day < claim.since.earliest for claim in self.claims)
        return WAITING if denied or self.monitored or not_given else UNKNOWN

    def speaks(self, claim: m.Evidence, day: int) -> str:
        if claim.until is None:
            for other in self.claims:
                if claim.since.latest < other.since.earliest and other.since.latest <= day:
                    return "no"
        first, last = claim.since.earliest, claim.since.latest
        until = claim.until or Span(NEVER, NEVER)
        if last <= day < until.earliest and claim.id not in self.unsure:
            return "surely"
        return "maybe" if first <= day < until.latest else "no"


def last_denied(denial: m.Evidence) -> int:
    return denial.since.earliest if denial.until is None else denial.until.earliest - 1
