"""A model as it looks under chosen readings of contested terms; without any, it stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from graph.errors import InvalidRequest
from graph.model import Condition, Id, Model, Reading, Reservation, Undertaking


def under(model: Model, readings: Iterable[Reading]) -> Model:
    """Give the model in which each chosen reading holds.

    A matter taken as another is that other everywhere, or what that is taken as; a condition
    read as another is replaced by it; what a reading presupposes is added to what the matter needs
    to come about. Raises InvalidRequest if matters are taken as each other in a circle.
    """
    chosen = tuple(readings)
    if not chosen:
        return model
    if (matter := turned_back(chosen)) is not None:
        raise InvalidRequest(
            f"the chosen readings take `{matter}` for other matters and these for it again",
            hint="leave out one of the readings",
        )
    rewriting = _Rewriting(
        matters=_followed(_taken_as(chosen)),
        conditions={
            reading.replaces: reading.read_as
            for reading in chosen
            if reading.replaces is not None and reading.read_as is not None
        },
    )
    return rewriting.model(_presupposing(model, chosen))


def turned_back(readings: Iterable[Reading]) -> Id | None:
    """Give a matter that comes to be taken as itself by way of others, if there is one."""
    taken_as = _taken_as(readings)
    for matter in taken_as:
        target, seen = taken_as[matter], {matter}
        while target in taken_as and target not in seen:
            seen.add(target)
            target = taken_as[target]
        if target in seen:
            return target
    return None


def _taken_as(readings: Iterable[Reading]) -> dict[Id, Id]:
    return {
        reading.matter: reading.taken_as
        for reading in readings
        if reading.matter is not None
        and reading.taken_as is not None
        and reading.matter != reading.taken_as
    }


def _followed(taken_as: Mapping[Id, Id]) -> dict[Id, Id]:
    """Give what each matter is taken as in the end."""

    def end(matter: Id) -> Id:
        return end(taken_as[matter]) if matter in taken_as else matter

    return {matter: end(matter) for matter in taken_as}


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
    _read: frozenset[Id] = frozenset()

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
                    occurrence_of=matter.occurrence_of and self._taken_for(matter.occurrence_of),
                )
                for iri, matter in model.matters.items()
                if iri not in self.matters
            },
            evidence=tuple(
                replace(claim, matter=self._taken_for(claim.matter)) for claim in model.evidence
            ),
            undertakings={
                iri: self._undertaking(undertaking)
                for iri, undertaking in model.undertakings.items()
            },
            acts=tuple(replace(act, event=self._taken_for(act.event)) for act in model.acts),
            incompatible=frozenset(self._pairs(model.incompatible)),
            consents={iri: self.condition(tree) for iri, tree in model.consents.items()},
        )

    def _taken_for(self, matter: Id) -> Id:
        return self.matters.get(matter, matter)

    def _pairs(self, incompatible: Iterable[tuple[Id, Id]]) -> Iterator[tuple[Id, Id]]:
        """Give each pair; what is taken for the very thing it excludes does not exclude itself."""
        for pair in incompatible:
            one, other = map(self._taken_for, pair)
            if one != other:
                yield one, other

    def _undertaking(self, undertaking: Undertaking) -> Undertaking:
        return replace(
            undertaking,
            gates={gate: self.condition(node) for gate, node in undertaking.gates.items()},
            reservations=tuple(map(self._reservation, undertaking.reservations)),
            brings_about=tuple(map(self._taken_for, undertaking.brings_about)),
        )

    def _reservation(self, made: Reservation) -> Reservation:
        when = made.only_when
        return made if when is None else replace(made, only_when=self.condition(when))

    def condition(self, node: Condition) -> Condition:
        """Rewrite a condition; within what it is read as, it stands for itself."""
        if node.id in self.conditions and node.id not in self._read:
            inside = replace(self, _kept={}, _read=self._read | {node.id})
            return self._once(node.id, lambda: inside.condition(self.conditions[node.id]))
        return self._once(node.id, lambda: self._rewritten(node))

    def _once(self, iri: Id, rewrite: Callable[[], Condition]) -> Condition:
        if iri not in self._kept:
            self._kept[iri] = rewrite()
        return self._kept[iri]

    def _rewritten(self, node: Condition) -> Condition:
        changed: dict[str, Any] = {
            each.name: new
            for each in fields(node)
            if (new := self._value(getattr(node, each.name), each.name))
            is not getattr(node, each.name)
        }
        return replace(node, **changed) if changed else node

    def _value(self, value: object, name: str) -> object:
        """Rewrite what a field holds: a condition, several, or the matter it asks about."""
        if isinstance(value, Condition):
            return self.condition(value)
        if name == "operands" and isinstance(value, tuple):
            return tuple(self.condition(each) for each in value)
        if name in {"event", "state_of_affairs", "matter"} and isinstance(value, str):
            return self.matters.get(value, value)
        return value
