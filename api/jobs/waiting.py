"""A situation with the rules of what hangs on what, and its atoms as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from api.situation import Json, Situation
from graph.circularity import Atom, Rules, Sort
from graph.dependencies import Dependencies
from graph.model import Id
from graph.unlocking import holders


@dataclass(frozen=True)
class Waiting:
    """A situation with its rules."""

    situation: Situation

    @cached_property
    def dependencies(self) -> Dependencies:
        """Give what reads rules off the conditions on the day asked about."""
        lifecycle, day = self.situation.lifecycle, self.situation.as_of
        return self.situation.kept(f"rules of day {day}", lambda: Dependencies(lifecycle, day))

    @property
    def rules(self) -> Rules:
        """Give what needs what on the day asked about."""
        return self.dependencies.rules

    @cached_property
    def _holders(self) -> Mapping[Id, Id]:
        return holders(self.situation.model)

    def holder(self, atom: Atom) -> Id | None:
        """Give who consents, finds or approves."""
        return self._holders.get(atom.iri)

    def readings(self) -> list[Json]:
        """Give the chosen readings."""
        return [self.situation.thing(reading) for reading in self.situation.readings]

    def atom(self, atom: Atom) -> Json:
        """Give an atom: `holder` is who consents, finds or approves; a commitment has debtors."""
        return {
            "id": atom.iri,
            "sort": atom.sort.value,
            "label": self._named(atom),
            "holder": self.holder(atom),
            "heldBy": self._held_by(atom),
        }

    def _held_by(self, atom: Atom) -> str:
        undertaking = self.situation.model.undertakings.get(atom.iri)
        if undertaking is not None:
            return ", ".join(self.situation.name(debtor) for debtor in undertaking.debtors)
        holder = self.holder(atom)
        return "nobody in particular" if holder is None else self.situation.name(holder)

    def _named(self, atom: Atom) -> str:
        name = self.situation.name(atom.iri)
        match atom.sort:
            case Sort.BINDS:
                return f"{name} binds"
            case Sort.IN_FORCE:
                return f"{name} is in force"
            case Sort.WAIVER:
                return f"{name}, without its condition"
        return name
