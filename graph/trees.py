"""Builds condition trees from triples, each shared node once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graph import model as m
from graph.errors import UnreadableInput
from graph.namespaces import SV
from graph.triples import Triples

STAGES: Final = {
    "Pledged": m.Stage.PLEDGED,
    "Allocated": m.Stage.ALLOCATED,
    "Delivered": m.Stage.DELIVERED,
}
_MODES: Final = {"Once": m.Mode.ONCE, "Throughout": m.Mode.THROUGHOUT}
KINDS: Final = {
    "Commitment": m.UndertakingKind.COMMITMENT,
    "Intention": m.UndertakingKind.INTENTION,
    "Possibility": m.UndertakingKind.POSSIBILITY,
}
STATES: Final = {
    "NotMade": m.State.NOT_MADE,
    "Declared": m.State.DECLARED,
    "Withdrawn": m.State.WITHDRAWN,
    "Released": m.State.RELEASED,
    "Lapsed": m.State.LAPSED,
    "Proposed": m.State.PROPOSED,
    "Undetermined": m.State.UNDETERMINED,
    "Expired": m.State.EXPIRED,
    "Conditional": m.State.CONDITIONAL,
    "Fulfilled": m.State.FULFILLED,
    "FulfilledLate": m.State.FULFILLED_LATE,
    "Suspended": m.State.SUSPENDED,
    "Violated": m.State.VIOLATED,
    "Overdue": m.State.OVERDUE,
    "InForce": m.State.IN_FORCE,
}


_DEEPEST: Final = 100
"""How many conditions may be nested; some thousand would exhaust the stack."""


@dataclass
class Trees:
    """The condition trees of a graph; a node that two gates share is built once."""

    triples: Triples
    _built: dict[str, m.Condition] = field(default_factory=dict)
    _repeated: dict[str, m.Condition] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def condition(self, iri: str) -> m.Condition:
        """Build a tree from its root down; a tree that contains itself is an error."""
        if iri in self._open:
            return self._again(iri)
        if iri not in self._built:
            if len(self._open) == _DEEPEST:
                raise UnreadableInput(
                    f"the condition `{self._open[0]}` is nested more than {_DEEPEST} deep",
                    hint="combine more conditions at each level",
                )
            self._open.append(iri)
            self._built[iri] = self._node(iri)
            self._open.pop()
        return self._built[iri]

    def _again(self, iri: str) -> m.Condition:
        """Close a circle at a consent; a circle that goes through none is an error."""
        between = self._open[self._open.index(iri) :]
        if not any("Consents" in self.triples.classes(each) for each in between):
            raise UnreadableInput(
                f"the condition `{iri}` contains itself",
                hint="let a circle go through another commitment or a consent",
            )
        if "Consents" in self.triples.classes(iri):
            return self.consent(iri, when=None)
        if iri not in self._repeated:
            self._repeated[iri] = self._node(iri)
        return self._repeated[iri]

    def known(self) -> list[str]:
        """Give the conditions of the graph, whether a gate has them or not."""
        return self.triples.a(*_BUILDERS)

    def consent(self, iri: str, when: m.Condition | None) -> m.Condition:
        """Build a consent over its tree; over none where the consent is part of that tree."""
        return m.Consents(
            id=iri,
            mode=self._mode(iri),
            actor=self.triples.needed(iri, "consentOf"),
            matter=self.triples.needed(iri, "matter"),
            when=when,
        )

    def _node(self, iri: str) -> m.Condition:
        types = self.triples.classes(iri)
        for name, build in _BUILDERS.items():
            if name in types:
                return build(self, iri, self._mode(iri))
        raise UnreadableInput(f"`{iri}` is no kind of condition", hint="give it one as its type")

    def _mode(self, iri: str) -> m.Mode | None:
        return self.triples.chosen(iri, "gateMode", _MODES)

    def operands(self, iri: str) -> tuple[m.Condition, ...]:
        """Build the operands in the order they are shown in."""
        found = self.triples.ids(iri, "operand")
        if not found:
            raise UnreadableInput(f"`{iri}` combines nothing", hint="give it an `sv:operand`")
        ordered = sorted(found, key=lambda o: (self.triples.number(o, "order") or 0, o))
        return tuple(self.condition(operand) for operand in ordered)

    def the(self, iri: str, name: str) -> m.Condition:
        """Build the one condition a property points to, or say what lacks it or has several."""
        found = self.triples.needed(iri, name)
        if len(self.triples.ids(iri, name)) > 1:
            raise UnreadableInput(
                f"`{iri}` has more than one `sv:{name}`", hint="combine them in an `sv:AllOf`"
            )
        return self.condition(found)

    def maybe(self, iri: str, name: str) -> m.Condition | None:
        """Build the one condition a property points to, if it points to any."""
        found = self.triples.id(iri, name)
        return None if found is None else self.condition(found)


Build = Callable[[Trees, str, m.Mode | None], m.Condition]


def _within(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    return m.Within(
        id=iri,
        mode=mode,
        operand=trees.the(iri, "operand"),
        since=trees.triples.day(iri, "windowFrom"),
        until=trees.triples.day(iri, "windowUntil"),
        anchor=trees.maybe(iri, "anchor"),
        days=trees.triples.number(iri, "days"),
    )


def _after(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    operand, anchor = trees.the(iri, "operand"), trees.the(iri, "anchor")
    days = trees.triples.number(iri, "days") or 0
    return m.After(id=iri, mode=mode, operand=operand, anchor=anchor, days=days)


def _occurs(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    return m.Occurs(
        id=iri,
        mode=mode,
        event=trees.triples.needed(iri, "matter"),
        count=trees.triples.number(iri, "minimumCount") or 1,
        since=trees.triples.day(iri, "windowFrom"),
        until=trees.triples.day(iri, "windowUntil"),
    )


def _approved(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    return m.Approved(
        id=iri,
        mode=mode,
        measure=trees.triples.needed(iri, "measure"),
        body=trees.triples.id(iri, "approver"),
        each_debtor=trees.triples.true(iri, "eachDebtor"),
        applies_to=trees.triples.id(iri, "appliesTo"),
    )


def _date_reached(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    day = trees.triples.day(iri, "date")
    if day is None:
        raise UnreadableInput(f"`{iri}` has no `sv:date`", hint="say which day")
    return m.DateReached(id=iri, mode=mode, day=day)


def _quantity_reached(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    t = trees.triples
    amount = t.needed(iri, "threshold")
    return m.QuantityReached(
        id=iri,
        mode=mode,
        stage=t.needs(iri, "quantityStage", STAGES),
        quantity=t.decimal(amount, "quantity"),
        unit=t.text(amount, "unit") or "",
        price_basis=t.text(amount, "priceBasis"),
    )


def _in_state(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    t = trees.triples
    commitment = t.needed(iri, "inStateOf")
    if not t.classes(commitment) & set(KINDS):
        raise UnreadableInput(
            f"`{iri}` looks at the state of `{commitment}`, which is no undertaking",
            hint="describe it, or mend the spelling",
        )
    t.needed(iri, "requiredState")
    names = [name.removeprefix(SV) for name in t.ids(iri, "requiredState")]
    if unknown := [name for name in names if name not in STATES]:
        raise UnreadableInput(
            f"`{unknown[0]}` is no possible `sv:requiredState` of `{iri}`",
            hint="choose one of " + ", ".join(f"`sv:{name}`" for name in STATES),
        )
    states = frozenset(STATES[name] for name in names)
    return m.InState(id=iri, mode=mode, commitment=commitment, states=states)


def _at_least(trees: Trees, iri: str, mode: m.Mode | None) -> m.Condition:
    minimum = trees.triples.number(iri, "minimum")
    if minimum is None:
        raise UnreadableInput(f"`{iri}` has no `sv:minimum`", hint="say how many must be met")
    return m.AtLeast(id=iri, mode=mode, minimum=minimum, operands=trees.operands(iri))


_BUILDERS: Final[Mapping[str, Build]] = {
    "AllOf": lambda t, iri, mode: m.AllOf(id=iri, mode=mode, operands=t.operands(iri)),
    "AnyOf": lambda t, iri, mode: m.AnyOf(id=iri, mode=mode, operands=t.operands(iri)),
    "AtLeast": _at_least,
    "Not": lambda t, iri, mode: m.Not(id=iri, mode=mode, operand=t.the(iri, "operand")),
    "Within": _within,
    "After": _after,
    "Before": lambda t, iri, mode: m.Before(
        id=iri, mode=mode, operand=t.the(iri, "operand"), anchor=t.the(iri, "anchor")
    ),
    "Occurs": _occurs,
    "Holds": lambda t, iri, mode: m.Holds(
        id=iri, mode=mode, state_of_affairs=t.triples.needed(iri, "matter")
    ),
    "Determined": lambda t, iri, mode: m.Determined(
        id=iri,
        mode=mode,
        matter=t.triples.needed(iri, "matter"),
        authority=t.triples.id(iri, "determinedBy"),
    ),
    "Approved": _approved,
    "DateReached": _date_reached,
    "Elapsed": lambda t, iri, mode: m.Elapsed(
        id=iri, mode=mode, anchor=t.the(iri, "anchor"), days=t.triples.number(iri, "days") or 0
    ),
    "QuantityReached": _quantity_reached,
    "InState": _in_state,
    "Consents": lambda t, iri, _: t.consent(iri, t.maybe(iri, "consentsWhen")),
}
