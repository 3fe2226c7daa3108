"""Everything an answer can depend on, and the readings one may choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graph.model.conditions import Condition, throughout
from graph.model.matters import Evidence, Matter
from graph.model.names import Id
from graph.model.undertakings import Act, Power, Provision, Undertaking


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a contested term, which counts only where the one who asks chooses it.

    Under it `matter` is `taken_as` another matter (or itself), which cannot come about before
    what it `presupposes`, and the condition `replaces` is read as `read_as`.
    """

    id: Id
    matter: Id | None = None
    taken_as: Id | None = None
    presupposes: tuple[Condition, ...] = ()
    replaces: Id | None = None
    read_as: Condition | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Everything an answer can depend on, apart from what was asked.

    `members` maps an actor to every group it belongs to, `ranks` a source to its weight, where
    more is weightier, and `consents` a consent to the tree it hangs on.
    """

    undertakings: Mapping[Id, Undertaking]
    matters: Mapping[Id, Matter] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    members: Mapping[Id, frozenset[Id]] = field(default_factory=dict)
    ranks: Mapping[Id, int] = field(default_factory=dict)
    powers: tuple[Power, ...] = ()
    acts: tuple[Act, ...] = ()
    provisions: tuple[Provision, ...] = ()
    consents: Mapping[Id, Condition] = field(default_factory=dict)
    incompatible: frozenset[tuple[Id, Id]] = frozenset()
    readings: Mapping[Id, Reading] = field(default_factory=dict)

    @property
    def exclusive(self) -> list[tuple[Id, Id]]:
        """Give each pair of incompatible matters once, in a stable order."""
        return sorted({(min(pair), max(pair)) for pair in self.incompatible})

    def conditions(self) -> Iterator[Condition]:
        """Give every condition: of undertakings, of what matters need, of what consents hang on."""
        for undertaking in self.undertakings.values():
            for root in undertaking.conditions():
                yield from throughout(root)
        for matter in self.matters.values():
            for root in matter.enabled_when:
                yield from throughout(root)
        for tree in self.consents.values():
            yield from throughout(tree)
