"""Maps an ODRL policy, a request and a state of the world to a model; it judges nothing.

A rule is an undertaking that is judged for the party that makes the request. What the rule says of
party, target, action and time is its gate `activated when`. A duty is an undertaking of its own,
due before the request; if it is violated, the rule is suspended, and a duty in doubt suspends none.
The triples of the request and of the state of the world are claims made at the current time. Both
are taken for complete: what they do not say is not so. Only whether a duty was performed can be
unknown.

Rules: https://www.w3.org/TR/odrl-model/, sections 2.5 and 2.6. A term that has no rule here is
refused and never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, TypeAlias

from graph import model as m
from graph.timeline import BEGINNING, Day, Span
from tests.conformance.odrl_suite import CREATED, ODRL, REPORT, TYPE, Case

Scale: TypeAlias = Callable[[datetime], Day]
"""Gives the day of the model on which an instant lies."""

PREMISES: Final = {"assignee": "partOf", "target": "partOf", "action": "includedIn"}
"""What a rule may ask of a request, each with the property by which a narrower value will do."""

_INCLUDED_IN: Final = {"read": "use", "write": "use", "sell": "transfer"}
"""From https://www.w3.org/TR/odrl-vocab/, where `write` is the older name of `modify`."""

_RULE_TERMS: Final = {TYPE, *(ODRL + name for name in (*PREMISES, "constraint", "duty"))}
_COMPARISON_TERMS: Final = {ODRL + name for name in ("leftOperand", "operator", "rightOperand")}


class Unmapped(Exception):
    """An ODRL term for which there is no rule."""


def by_the_instant(case: Case) -> Scale:
    """Give each instant that a case names a day of its own, in their order, with days between."""
    order = sorted(case.given.instants)
    return {instant: 2 * place for place, instant in enumerate(order, 1)}.__getitem__


def by_the_day(_case: Case) -> Scale:
    """Give an instant its day of the calendar: the grain that real data has."""
    return lambda instant: instant.astimezone(UTC).toordinal()


@dataclass(frozen=True)
class Translation:
    """One case as a model; `scale` places its instants on days."""

    case: Case
    scale: Scale

    @cached_property
    def model(self) -> m.Model:
        """Give everything that the case says."""
        undertakings = [self._rule_undertaking(), *map(self._duty_undertaking, self.duties)]
        gates = (gate for each in undertakings for gate in each.gates.values())
        matters = [matter for gate in gates for node in nodes(gate) for matter in _matters(node)]
        return m.Model(
            undertakings={each.id: each for each in undertakings},
            matters={each.id: each for each in matters},
            evidence=(*self._statements(), *self._performances()),
        )

    def is_of_the_policy(self, node: m.Condition) -> bool:
        """Tell a premise or a constraint of the policy from what it is made of here."""
        premises = {premise_id(self.rule, name) for name in PREMISES}
        return node.id in premises or bool(self.case.given.predicates(node.id))

    @cached_property
    def now(self) -> Day:
        """Give the day on which the request is judged."""
        return self.scale(self.case.now)

    @cached_property
    def rule(self) -> str:
        """Give the one rule of the policy."""
        return self._only_rule(self.case.policy)

    @cached_property
    def asker(self) -> str:
        """Give the party that makes the request."""
        return self._object(self._asked, "assignee")

    @cached_property
    def duties(self) -> list[str]:
        """Give the duties of the rule."""
        return self._objects(self.rule, "duty")

    @cached_property
    def _asked(self) -> str:
        """Give the one rule of the request: what its party wants to do."""
        return self._only_rule(self.case.request)

    def _only_rule(self, policy: str) -> str:
        kinds = ("permission", "prohibition", "obligation")
        found = [(kind, rule) for kind in kinds for rule in self._objects(policy, kind)]
        if len(found) != 1 or found[0][0] == "obligation":
            raise Unmapped(f"`{policy}` has not just one permission or prohibition: {found}")
        return found[0][1]

    def _objects(self, subject: str, name: str) -> list[str]:
        return self.case.given.objects(subject, ODRL + name)

    def _object(self, subject: str, name: str) -> str:
        return self.case.given.object(subject, ODRL + name)

    # Undertakings

    def _rule_undertaking(self) -> m.Undertaking:
        self._refuse_other(self.rule, _RULE_TERMS)
        premises = (self._premise(name, v) for name in PREMISES for v in self._wanted(name))
        constraints = map(self._constraint, self._objects(self.rule, "constraint"))
        activated = m.AllOf(id=f"{self.rule} premises", operands=(*premises, *constraints))
        violated = m.AnyOf(
            id=f"{self.rule} violations", operands=tuple(map(_violation, self.duties))
        )
        return self._owed(self.rule, {m.Gate.ACTIVATED: activated, m.Gate.SUSPENDED: violated})

    def _duty_undertaking(self, duty: str) -> m.Undertaking:
        """Take a duty for due before the request, as what must be done first."""
        self._refuse_other(duty, {TYPE, ODRL + "action"})
        performed = m.Occurs(id=f"{duty} performance", event=_performing(duty))
        due = m.DateReached(id=f"{duty} due", day=self.now - 1)
        return self._owed(duty, {m.Gate.DISCHARGED: performed, m.Gate.DUE: due})

    def _owed(self, iri: str, gates: Mapping[m.Gate, m.Condition]) -> m.Undertaking:
        made = Span(BEGINNING, BEGINNING)
        return m.Undertaking(iri, m.UndertakingKind.COMMITMENT, (self.asker,), made, gates)

    def _refuse_other(self, subject: str, known: set[str]) -> None:
        if other := self.case.given.predicates(subject) - known:
            raise Unmapped(f"`{subject}` has {sorted(other)}")

    # Conditions

    def _wanted(self, name: str) -> list[str]:
        values = self._objects(self.rule, name)
        if len(values) > 1:
            raise Unmapped(f"`{self.rule}` has several values of `odrl:{name}`")
        return values

    def _premise(self, name: str, wanted: str) -> m.Condition:
        """Ask that the request names what the rule does, or something that is part of it."""
        same = _triple(self._asked, name, wanted)
        narrower = _triple(self._object(self._asked, name), PREMISES[name], wanted)
        leaves = tuple(m.Holds(id=each, state_of_affairs=each) for each in (same, narrower))
        return m.AnyOf(id=premise_id(self.rule, name), operands=leaves)

    def _constraint(self, constraint: str) -> m.Condition:
        terms = self.case.given.predicates(constraint) - {TYPE}
        if terms == {ODRL + "and"}:
            return m.AllOf(id=constraint, operands=self._operands(constraint, "and"))
        if terms == {ODRL + "or"}:
            return m.AnyOf(id=constraint, operands=self._operands(constraint, "or"))
        if terms != _COMPARISON_TERMS:
            raise Unmapped(f"`{constraint}` has {sorted(terms)}")
        return self._comparison(constraint)

    def _operands(self, constraint: str, name: str) -> tuple[m.Condition, ...]:
        return tuple(map(self._constraint, self._objects(constraint, name)))

    def _comparison(self, constraint: str) -> m.Condition:
        """Compare the current time with an instant by whether it was reached and has passed."""
        left = self._object(constraint, "leftOperand")
        if left != ODRL + "dateTime":
            raise Unmapped(f"`{constraint}` has the left operand `{left}`")
        operator = self._object(constraint, "operator").removeprefix(ODRL)
        day = self.scale(datetime.fromisoformat(self._object(constraint, "rightOperand")))
        reached = m.DateReached(id=f"{constraint} reached", day=day)
        passed = m.DateReached(id=f"{constraint} passed", day=day + 1)
        to_come = m.Not(id=f"{constraint} to come", operand=reached)
        not_passed = m.Not(id=f"{constraint} not passed", operand=passed)
        comparisons: dict[str, m.Condition] = {
            "lt": to_come,
            "lteq": not_passed,
            "eq": m.AllOf(id=constraint, operands=(reached, not_passed)),
            "neq": m.AnyOf(id=constraint, operands=(to_come, passed)),
            "gteq": reached,
            "gt": passed,
        }
        if operator not in comparisons:
            raise Unmapped(f"`{constraint}` has the operator `{operator}`")
        return replace(comparisons[operator], id=constraint)

    # Evidence

    def _statements(self) -> Iterator[m.Evidence]:
        """Give what the request, the state of the world and the vocabulary say, as of now."""
        now = Span(self.now, self.now)
        for matter, source in self._stated():
            yield m.Evidence(f"claim that {matter}", matter, True, now, now, (source,))

    def _stated(self) -> Iterator[tuple[m.Id, str]]:
        for subject, predicate, value in self.case.given.triples:
            if subject == self._asked:
                yield _triple(subject, predicate.removeprefix(ODRL), value), self.case.request
            elif predicate == ODRL + "partOf":
                yield _triple(subject, "partOf", value), self.case.world
        for narrow, broad in _INCLUDED_IN.items():
            yield _triple(ODRL + narrow, "includedIn", ODRL + broad), ODRL

    def _performances(self) -> Iterator[m.Evidence]:
        """Give what reports in the state of the world say of the performance of duties."""
        for duty in self.duties:
            for report in self.case.given.subjects(REPORT + "rule", duty):
                yield from self._performance(duty, report)

    def _performance(self, duty: str, report: str) -> Iterator[m.Evidence]:
        """Read a report: performed some day up to then, or not by then; an unknown says nothing."""
        given = self.case.given
        (whole,) = given.subjects(REPORT + "ruleReport", report)
        at = self.scale(datetime.fromisoformat(given.object(whole, CREATED)))
        then, by_then = Span(at, at), Span(BEGINNING, at)
        match given.object(report, REPORT + "performanceState").removeprefix(REPORT):
            case "Performed":
                yield m.Evidence(report, _performing(duty), True, by_then, then, (whole,))
            case "Unperformed":
                yield m.Evidence(report, _performing(duty), False, then, then, (whole,))
            case "Unknown":
                pass
            case other:
                raise Unmapped(f"`{report}` has the performance state `{other}`")


def premise_id(rule: str, name: str) -> m.Id:
    """Give the id of the condition that compares one property of a rule with the request."""
    return f"{rule} {name}"


def nodes(tree: m.Condition) -> Iterator[m.Condition]:
    """Give a condition and all that it is made of."""
    yield tree
    for operand in m.operands(tree):
        yield from nodes(operand)


def _matters(node: m.Condition) -> Iterator[m.Matter]:
    if isinstance(node, m.Holds):
        yield m.Matter(node.state_of_affairs, m.MatterKind.STATE, monitored=True)
    if isinstance(node, m.Occurs):
        yield m.Matter(node.event, m.MatterKind.EVENT)


def _triple(subject: str, name: str, value: str) -> m.Id:
    """Give the id of the state of affairs that a triple describes."""
    return f"{subject} {name} {value}"


def _performing(duty: str) -> m.Id:
    return f"{duty} is performed"


def _violation(duty: str) -> m.Condition:
    violated = frozenset({m.State.VIOLATED})
    return m.InState(id=f"{duty} violation", commitment=duty, states=violated)
