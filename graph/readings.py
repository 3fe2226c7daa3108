"""A model as it looks under chosen readings of contested terms; without any, it stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from graph.model import Condition, Id, Model, Reading, Reservation


def under(model: Model, readings: Iterable[Reading]) -> Model:
    """Give the model in which each chosen reading holds.

    A matter taken as another is that other everywhere; a condition read as another is replaced by
    it; what a reading presupposes is added to what the matter needs to come about.
    """
    chosen = tuple(readings)
    if not chosen:
        return model
    rewriting = _Rewriting(
        matters={
            reading.matter: reading.taken_as
            for reading in chosen
            if reading.matter is not None
            and reading.taken_as is not None
            and reading.matter != reading.taken_as
        },
        conditions={
            reading.replaces: reading.read_as
            for reading in chosen
            if reading.replaces is not None and reading.read_as is not None
        },
    )
    return rewriting.model(_presupposing(model, chosen))


def _presupposing(model: Model, readings: Iterable[Reading]) -> Model:
    matters = dict(model.matters)
    for reading in readings:
        if reading.presupposes and reading.matter in matters:
            matter = matters[reading.matter]
            needs = (*matter.enabled_when, *reading.presupposes)
            matters[matter.id] = replace(matter, enabled_when=needs)
    return replace(model, matters=matters)


@dataclass
class _Rewriting:
    """Replaces matters and conditions throughout a model."""

    matters: Mapping[Id, Id]
    conditions: Mapping[Id, Condition]
    _kept: dict[Id, Condition] = field(default_factory=dict)

    def model(self, model: Model) -> Model:
        needs: dict[Id, tuple[Condition, ...]] = {}
        for matter in model.matters.values():
            target = self.matters.get(matter.id, matter.id)
            found = tuple(self.condition(node) for node in matter.enabled_when)
            needs[target] = tuple(dict.fromkeys((*needs.get(target, ()), *found)))
        return replace(
            model,
            matters={
                iri: replace(
                    matter,
                    enabled_when=needs[iri],
                    occurrence_of=self._taken_for(matter.occurrence_of),
                )
                for iri, matter in model.matters.items()
                if iri not in self.matters
            },
            evidence=tuple(
                replace(claim, matter=self.matters.get(claim.matter, claim.matter))
                for claim in model.evidence
            ),
            undertakings={
                iri: replace(
                    undertaking,
                    gates={gate: self.condition(n) for gate, n in undertaking.gates.items()},
                    reservations=tuple(map(self._reservation, undertaking.reservations)),
                )
                for iri, undertaking in model.undertakings.items()
            },
            consents={iri: self.condition(tree) for iri, tree in model.consents.items()},
        )

    def _taken_for(self, matter: Id | None) -> Id | None:
        return None if matter is None else self.matters.get(matter, matter)

    def _reservation(self, made: Reservation) -> Reservation:
        when = made.only_when
        return made if when is None else replace(made, only_when=self.condition(when))

    def condition(self, node: Condition) -> Condition:
        if node.id in self.conditions:
            node = self.conditions[node.id]
        if node.id not in self._kept:
            changed: dict[str, Any] = {
                each.name: new
                for each in fields(node)
                if (new := self._value(getattr(node, each.name), each.name))
                is not getattr(node, each.name)
            }
            self._kept[node.id] = replace(node, **changed) if changed else node
        return self._kept[node.id]

    def _value(self, value: object, name: str) -> object:
        """Rewrite what a field holds: a condition, several, or the matter it asks about."""
        if isinstance(value, Condition):
            return self.condition(value)
        if name == "operands" and isinstance(value, tuple):
            return tuple(self.condition(each) for each in value)
        if name in {"event", "state_of_affairs", "matter"} and isinstance(value, str):
            return self.matters.get(value, value)
        return value
