"""Puts explanations into words: English for now; another language is another `Phrases`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.explain import Every, Explanation, For, Some, Then, Wait, leaves
from graph.lifecycle import Flag
from graph.model import (
    Approved,
    Condition,
    DateReached,
    Determined,
    Id,
    Model,
    QuantityReached,
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
    waits: str
    approval_by: str
    approval_exactly: str
    approval: str
    finding_by: str
    day: str
    quantity: str
    months: tuple[str, ...]


ENGLISH: Final = Phrases(
    all_of="and",
    any_of="or",
    some_of="at least {count} of",
    listed=", ",
    then="{first}, and then for {second}",
    waits="{state}: waits for {wait}",
    approval_by="approval by the {body}",
    approval_exactly="approval of {measure} by the {body}",
    approval="approval of {measure}",
    finding_by="a finding by {authority} of {matter}",
    day="{day} {month} {year}",
    quantity="{quantity} {unit} {stage}",
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


@dataclass(frozen=True)
class Sentences:
    """Renders explanations with the labels of things, which are in the same language."""

    model: Model
    labels: Mapping[Id, str]
    phrases: Phrases = ENGLISH

    def explanation(self, explanation: Explanation) -> str:
        """Give one sentence: the state word first, then what it waits for or what to remark."""
        standing = explanation.phase.standing
        state = standing.state.value
        if explanation.waits_for is not None:
            wait = self.wait(explanation.waits_for, explanation.debtor)
            state = self.phrases.waits.format(state=state, wait=wait)
        remarks = [flag.value for flag in Flag if flag in standing.flags]
        return "; ".join([state, *remarks])

    def wait(self, wait: Wait, debtor: Id) -> str:
        """Name what is waited for; two approvals by one body are told apart by their measures."""
        named = [self.condition(leaf, debtor) for leaf in leaves(wait)]
        return self._wait(wait, debtor, exact=len(set(named)) < len(named))

    def _wait(self, wait: Wait, debtor: Id, *, exact: bool) -> str:
        match wait:
            case For():
                return self.condition(wait.condition, debtor, exact=exact)
            case Every():
                return self._list(self._parts(wait, debtor, exact), self.phrases.all_of)
            case Some(minimum=1):
                return self._list(self._parts(wait, debtor, exact), self.phrases.any_of)
            case Some():
                count = self.phrases.some_of.format(count=wait.minimum)
                listed = self._list(self._parts(wait, debtor, exact), self.phrases.all_of)
                return f"{count} {listed}"
            case Then():
                return self.phrases.then.format(
                    first=self._wait(wait.first, debtor, exact=exact),
                    second=self._wait(wait.second, debtor, exact=exact),
                )

    def _parts(self, wait: Every | Some, debtor: Id, exact: bool) -> list[str]:
        return [self._wait(each, debtor, exact=exact) for each in wait.waits]

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
                    quantity=f"{node.quantity:g}", unit=node.unit, stage=node.stage.value
                )
        return self.name(node.id)

    def _approval(self, node: Approved, debtor: Id, *, exact: bool) -> str:
        bodies = {
            matter.body
            for matter in self.model.matters.values()
            if matter.measure == node.measure and (matter.debtor == debtor or not node.each_debtor)
        }
        body = node.body or (bodies.pop() if len(bodies) == 1 else None)
        if body is None:
            return self.phrases.approval.format(measure=self.name(node.measure))
        phrase = self.phrases.approval_exactly if exact else self.phrases.approval_by
        return phrase.format(body=self.name(body), measure=self.name(node.measure))

    def day(self, day: Day) -> str:
        """Spell a day out."""
        on = date.fromordinal(day)
        month = self.phrases.months[on.month - 1]
        return self.phrases.day.format(day=on.day, month=month, year=on.year)

    def name(self, id: Id) -> str:  # noqa: A002
        """Give the label of a thing, or the end of its IRI."""
        return self.labels.get(id) or id.rpartition("/")[2].replace("-", " ")

    def _list(self, parts: Sequence[str], last: str) -> str:
        if len(parts) < 2:
            return "".join(parts)
        return f"{self.phrases.listed.join(parts[:-1])} {last} {parts[-1]}"
