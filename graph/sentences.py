"""Puts explanations into words: English for now; another language is another `Phrases`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from graph.explain import Every, Explanation, For, Some, Then, Wait, leaves
from graph.lifecycle import Flag, Standing
from graph.model import (
    Approved,
    Condition,
    DateReached,
    Determined,
    Id,
    Model,
    QuantityReached,
    State,
)
from graph.timeline import Day


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language; braces are filled in by name."""

    all_of: str
    any_of: str
    some_of: str
    listed: str
    then: str
    also: str
    otherwise: str
    waits: str
    approval_by: str
    approval_exactly: str
    approval: str
    finding_by: str
    day: str
    quantity: str
    unnamed: str
    uncounted: str
    nobody: str
    months: tuple[str, ...]


ENGLISH: Final = Phrases(
    all_of="and",
    any_of="or",
    some_of="at least {count} of",
    listed=", ",
    then="{first}, and then for {second}",
    also=", and also for ",
    otherwise=", or else for ",
    waits="{state}: waits for {wait}",
    approval_by="approval by the {body}",
    approval_exactly="approval of {measure} by the {body}",
    approval="approval of {measure}",
    finding_by="a finding by {authority} of {matter}",
    day="{day} {month} {year}",
    quantity="{quantity} {unit} {stage}",
    unnamed="{count} further debtors not named",
    uncounted="further debtors not named (number not stated)",
    nobody="no debtors",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
)


class _Parts(NamedTuple):
    compound: list[str]
    single: list[str]


@dataclass(frozen=True)
class Sentences:
    """Renders explanations with the labels of things, which are in the same language."""

    model: Model
    labels: Mapping[Id, str]
    phrases: Phrases = ENGLISH

    def explanation(self, explanation: Explanation) -> str:
        """Give one sentence: the state word first, then what it waits for or what to remark."""
        standing = explanation.phase.standing
        if explanation.waits_for is None:
            return self.standing(standing)
        wait = self.wait(explanation.waits_for, explanation.debtor)
        state = self.phrases.waits.format(state=standing.state.value, wait=wait)
        return "; ".join([state, *remarks(standing)])

    def standing(self, standing: Standing) -> str:
        """Give the state word and the remarks."""
        return "; ".join([standing.state.value, *remarks(standing)])

    def distribution(self, states: Iterable[State], unnamed: int | None) -> str:
        """Count named debtors by state, and say how many more there are."""
        counts = Counter(states)
        parts = [f"{counts[state]} {state.value}" for state in State if state in counts]
        if unnamed is None:
            parts.append(self.phrases.uncounted)
        elif unnamed:
            parts.append(self.phrases.unnamed.format(count=unnamed))
        return self.phrases.listed.join(parts) or self.phrases.nobody

    def wait(self, wait: Wait, debtor: Id) -> str:
        """Name what is waited for; two approvals by one body are told apart by their measures."""
        named = [self.condition(leaf, debtor) for leaf in leaves(wait)]
        return self._wait(wait, debtor, exact=len(set(named)) < len(named))

    def _wait(self, wait: Wait, debtor: Id, *, exact: bool) -> str:
        match wait:
            case For():
                return self.condition(wait.condition, debtor, exact=exact)
            case Every():
                parts = self._parts(wait, debtor, exact)
                return self._joined(parts, self.phrases.all_of, self.phrases.also)
            case Some(minimum=1):
                parts = self._parts(wait, debtor, exact)
                return self._joined(parts, self.phrases.any_of, self.phrases.otherwise)
            case Some():
                count = self.phrases.some_of.format(count=wait.minimum)
                parts = self._parts(wait, debtor, exact)
                listed = self._joined(parts, self.phrases.all_of, self.phrases.also)
                return f"{count} {listed}"
            case Then():
                return self.phrases.then.format(
                    first=self._wait(wait.first, debtor, exact=exact),
                    second=self._wait(wait.second, debtor, exact=exact),
                )

    def _parts(self, wait: Every | Some, debtor: Id, exact: bool) -> _Parts:
        single = [each for each in wait.waits if isinstance(each, For)]
        compound = [each for each in wait.waits if not isinstance(each, For)]
        return _Parts(
            [self._wait(each, debtor, exact=exact) for each in compound],
            [self._wait(each, debtor, exact=exact) for each in single],
        )

    def _joined(self, parts: _Parts, last: str, apart: str) -> str:
        """Set parts that are lists themselves apart, so that it is clear what belongs together."""
        single = [self._list(parts.single, last)] if parts.single else []
        return apart.join([*parts.compound, *single])

    def condition(self, node: Condition, debtor: Id, *, exact: bool = False) -> str:
        """Name a condition for a debtor; the editors' label, where no phrase fits better.

        Exactly, an approval is named with its measure as well as its body.
        """
        match node:
            case Approved():
                return self._approval(node, debtor, exact=exact)
            case Determined() if node.authority is not None:
                return self.phrases.finding_by.format(
                    authority=self.name(node.authority), matter=self.name(node.matter)
                )
            case DateReached():
                return self.day(node.day)
            case QuantityReached():
                return self.phrases.quantity.format(
                    quantity=f"{node.quantity:f}", unit=node.unit, stage=node.stage.value
                )
        return self.name(node.id)

    def _approval(self, node: Approved, debtor: Id, *, exact: bool) -> str:
        bodies = {
            matter.body
            for matter in self.model.matters.values()
            if matter.measure == node.measure and (matter.debtor == debtor or not node.each_debtor)
        }
        body = node.body or (bodies.pop() if len(bodies) == 1 else None)
        if body in {None, debtor}:
            return self.phrases.approval.format(measure=self.name(node.measure))
        phrase = self.phrases.approval_exactly if exact else self.phrases.approval_by
        return phrase.format(body=self.name(body), measure=self.name(node.measure))

    def day(self, day: Day) -> str:
        """Spell a day out."""
        return spelled(date.fromordinal(day), self.phrases)

    def name(self, id: Id) -> str:  # noqa: A002
        """Give the label of a thing, or the end of its IRI."""
        return self.labels.get(id) or id.rpartition("/")[2].replace("-", " ")

    def _list(self, parts: Sequence[str], last: str) -> str:
        if len(parts) < 2:
            return "".join(parts)
        return f"{self.phrases.listed.join(parts[:-1])} {last} {parts[-1]}"


def spelled(on: date, phrases: Phrases = ENGLISH) -> str:
    """Spell a date out, so that no order of day and month can be mistaken."""
    return phrases.day.format(day=on.day, month=phrases.months[on.month - 1], year=on.year)


def remarks(standing: Standing) -> list[str]:
    """Give the remarks of a standing in their fixed order."""
    return [flag.value for flag in Flag if flag in standing.flags]
