"""What a change can reach: the elements of a model, each with the names it looks at and bears on.

It derives nothing. What it gives is never too small: an answer depends on nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final, TypeAlias

from graph.model import (
    Act,
    Approved,
    Condition,
    Consents,
    Determined,
    Evidence,
    Holds,
    Id,
    InState,
    Matter,
    Model,
    Occurs,
    Power,
    Provision,
    Reading,
    Reservation,
    Undertaking,
    operands,
)


class Kind(Enum):
    """What part of a model an element is."""

    UNDERTAKING = "undertaking"
    MATTER = "matter"
    NEEDS = "what a matter needs to come about"
    EVIDENCE = "evidence"
    RANK = "the weight of a source"
    POWER = "power"
    ACT = "act"
    PROVISION = "provision"
    CONSENT = "what a consent hangs on"
    READING = "reading"
    GROUPS = "the groups of an actor"
    RESERVATIONS = "the reservations of a party"


@dataclass(frozen=True, slots=True)
class Reservations:
    """What one party reserves, each with the undertaking it is about."""

    made: tuple[tuple[Id, Reservation], ...]

    @classmethod
    def of(cls, made: tuple[tuple[Id, Reservation], ...]) -> Reservations | None:
        """Give the reservations, if there are any."""
        return cls(made) if made else None


Key: TypeAlias = tuple[Kind, Id]
Element: TypeAlias = (
    Undertaking
    | Matter
    | Evidence
    | Power
    | Act
    | Provision
    | Condition
    | Reading
    | Reservations
    | int
    | frozenset[Id]
    | tuple[Condition, ...]
)

OF_CIRCLES: Final = frozenset({Kind.NEEDS, Kind.READING})
"""What bears on circles and unlocking alone, and not on where undertakings stand."""


@dataclass
class Elements:
    """The elements of a model, found by the names they look at and those they bear on."""

    _kept: dict[Kind, dict[Id, Element]] = field(default_factory=lambda: {k: {} for k in Kind})
    _bearing: defaultdict[Id, set[Key]] = field(default_factory=lambda: defaultdict(set))
    _looking: defaultdict[Id, set[Key]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, model: Model) -> Elements:
        """Take a model apart; which matters are incompatible bears on no answer here."""
        found = cls()
        for key, element in _parts(model):
            found.put(key, element)
        return found

    def put(self, key: Key, element: Element | None) -> frozenset[Id]:
        """Put an element in its place, or take it away; give the names that this bears on."""
        of_kind, iri = self._kept[key[0]], key[1]
        old = of_kind.get(iri)
        if old == element:
            return frozenset()
        if old is not None:
            self._index(key, old, set.discard)
            del of_kind[iri]
        if element is not None:
            self._index(key, element, set.add)
            of_kind[iri] = element
        return _bears_on(key, old) | _bears_on(key, element)

    def _index(self, key: Key, element: Element, change: Callable[[set[Key], Key], None]) -> None:
        for name in _bears_on(key, element):
            change(self._bearing[name], key)
        for name in _looks_at(key, element):
            change(self._looking[name], key)

    def ids(self, kind: Kind) -> Set[Id]:
        """Give the identifiers of everything of one kind."""
        return self._kept[kind].keys()

    def readings(self) -> list[Reading]:
        """Give the readings of contested terms."""
        return [each for each in self._kept[Kind.READING].values() if isinstance(each, Reading)]

    def reached(self, names: Iterable[Id], without: Collection[Kind] = ()) -> set[Key]:
        """Give every element whose meaning may change with what the names stand for."""
        found: set[Key] = set()
        waiting, seen = list(names), set(names)
        while waiting:
            for key in self._looking.get(waiting.pop(), ()):
                if key not in found and key[0] not in without:
                    found.add(key)
                    more = _bears_on(key, self._kept[key[0]][key[1]]) - seen
                    seen |= more
                    waiting += more
        return found

    def around(self, roots: Iterable[Id], without: Collection[Kind] = ()) -> Model:
        """Give the part of the model that the answers about some names depend on."""
        found: set[Key] = set()
        waiting, seen = list(roots), set(roots)
        while waiting:
            for key in self._bearing.get(waiting.pop(), ()):
                if key not in found and key[0] not in without:
                    found.add(key)
                    more = _looks_at(key, self._kept[key[0]][key[1]]) - seen
                    seen |= more
                    waiting += more
        return _model({kind: {i for k, i in found if k is kind} for kind in Kind}, self._kept)

    def whole(self) -> Model:
        """Give the whole model."""
        return _model({kind: self.ids(kind) for kind in Kind}, self._kept)


def _model(chosen: Mapping[Kind, Iterable[Id]], kept: Mapping[Kind, Mapping[Id, Any]]) -> Model:
    """Build a model of some elements, in the order of their identifiers."""
    of_kind = {kind: {iri: kept[kind][iri] for iri in sorted(chosen[kind])} for kind in Kind}
    undertakings: dict[Id, Undertaking] = of_kind[Kind.UNDERTAKING]
    for each in of_kind[Kind.RESERVATIONS].values():
        for iri, reservation in each.made:
            if iri in undertakings:
                made = (*undertakings[iri].reservations, reservation)
                undertakings[iri] = replace(undertakings[iri], reservations=made)
    return Model(
        undertakings=undertakings,
        matters=of_kind[Kind.MATTER],
        evidence=tuple(of_kind[Kind.EVIDENCE].values()),
        members=of_kind[Kind.GROUPS],
        ranks=of_kind[Kind.RANK],
        powers=tuple(of_kind[Kind.POWER].values()),
        acts=tuple(of_kind[Kind.ACT].values()),
        provisions=tuple(of_kind[Kind.PROVISION].values()),
        consents=of_kind[Kind.CONSENT],
        readings=of_kind[Kind.READING],
    )


def _parts(model: Model) -> Iterator[tuple[Key, Element]]:
    of_kind: Mapping[Kind, Mapping[Id, Element]] = {
        Kind.UNDERTAKING: {
            each.id: replace(each, reservations=()) for each in model.undertakings.values()
        },
        Kind.RESERVATIONS: {
            each.id: Reservations(tuple((each.id, made) for made in each.reservations))
            for each in model.undertakings.values()
            if each.reservations
        },
        Kind.MATTER: model.matters,
        Kind.NEEDS: {m.id: m.enabled_when for m in model.matters.values() if m.enabled_when},
        Kind.EVIDENCE: {claim.id: claim for claim in model.evidence},
        Kind.RANK: model.ranks,
        Kind.POWER: {str(place): power for place, power in enumerate(model.powers)},
        Kind.ACT: {act.event: act for act in model.acts},
        Kind.PROVISION: {str(place): one for place, one in enumerate(model.provisions)},
        Kind.CONSENT: model.consents,
        Kind.READING: model.readings,
        Kind.GROUPS: model.members,
    }
    for kind, elements in of_kind.items():
        for iri, element in elements.items():
            yield (kind, iri), element


def _bears_on(key: Key, element: Element | None) -> frozenset[Id]:
    """Give the names whose answers an element has a part in."""
    match element:
        case None:
            return frozenset()
        case Matter():
            known = {element.id, element.occurrence_of, element.measure}
            return frozenset(name for name in known if name is not None)
        case Evidence():
            return frozenset({element.matter})
        case Power() | Act() | Provision():
            return frozenset({element.undertaking})
        case Reservations():
            return frozenset(iri for iri, _ in element.made)
        case Reading():
            known = {element.id, element.matter}
            return frozenset(name for name in known if name is not None)
    return frozenset({key[1]})


def _looks_at(key: Key, element: Element) -> frozenset[Id]:
    """Give the names that an element's meaning depends on."""
    match element:
        case Undertaking():
            named = _names(element.gates.values())
            return frozenset({element.id, *element.debtors, *named})
        case Matter():
            return frozenset({element.id})
        case Evidence() | Provision():
            return frozenset(element.sources)
        case Act():
            return frozenset({element.event})
        case Reservations():
            return _names(made.only_when for _, made in element.made if made.only_when is not None)
        case Reading():
            trees = [*element.presupposes, *([element.read_as] if element.read_as else [])]
            known = {element.id, element.matter, element.taken_as, *_names(trees)}
            return frozenset(name for name in known if name is not None)
        case tuple():
            return _names(element)
        case Power() | int() | frozenset():
            return frozenset()
    return _names([element])


def _names(roots: Iterable[Condition]) -> frozenset[Id]:
    return frozenset(name for root in roots for _, name in asked(root))


def asked(root: Condition) -> Iterator[tuple[Condition, Id]]:
    """Give each leaf of a tree with what it asks about; a consent answers for what it hangs on."""
    match root:
        case Occurs():
            yield root, root.event
        case Holds():
            yield root, root.state_of_affairs
        case Determined():
            yield root, root.matter
        case Approved():
            yield root, root.measure
        case InState():
            yield root, root.commitment
        case Consents():
            yield root, root.id
        case _:
            for operand in operands(root):
                yield from asked(operand)
