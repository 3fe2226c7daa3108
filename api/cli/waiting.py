"""What `deadlocks` and `unlock` share: chosen readings, the rules under them, names of atoms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

import typer

from graph.circularity import Atom, Rules, Sort
from graph.dependencies import Dependencies
from graph.lifecycle import Lifecycle
from graph.model import Id
from graph.readings import under
from graph.unlocking import holders

if TYPE_CHECKING:
    from api.cli.situation import Json, Situation

Readings = Annotated[
    list[str] | None,
    typer.Option(
        "--reading",
        metavar="ID",
        help="A reading of a contested term to choose, such as reading/binding-is-enough; "
        "repeatable.",
    ),
]


@dataclass(frozen=True)
class Waiting:
    """A situation under chosen readings, with its rules."""

    situation: Situation
    readings: tuple[Id, ...]

    @cached_property
    def rules(self) -> Rules:
        """Give what needs what on the day asked about."""
        day = self.situation.as_of
        return Dependencies(Lifecycle(self.situation.world), day).rules()

    @cached_property
    def _holders(self) -> Mapping[Id, Id]:
        return holders(self.situation.model)

    def holder(self, atom: Atom) -> Id | None:
        """Give who holds an atom: who consents, finds or approves; a commitment, its debtors."""
        return self._holders.get(atom.iri)

    def held_by(self, atom: Atom) -> str:
        """Name who holds an atom, or nobody in particular."""
        undertaking = self.situation.model.undertakings.get(atom.iri)
        if undertaking is not None:
            return ", ".join(self.situation.name(debtor) for debtor in undertaking.debtors)
        holder = self.holder(atom)
        return "nobody in particular" if holder is None else self.situation.name(holder)

    def named(self, atom: Atom) -> str:
        """Name an atom."""
        name = self.situation.name(atom.iri)
        match atom.sort:
            case Sort.BINDS:
                return f"{name} binds"
            case Sort.IN_FORCE:
                return f"{name} is in force"
            case Sort.WAIVER:
                return f"{name}, without its condition"
        return name

    def as_json(self, atom: Atom) -> Json:
        """Give an atom as JSON."""
        return {
            "id": atom.iri,
            "sort": atom.sort.value,
            "label": self.named(atom),
            "holder": self.holder(atom),
            "heldBy": self.held_by(atom),
        }

    def caption(self) -> str:
        """Name in one line what the answer depends on, the readings among it."""
        chosen = ", ".join(self.situation.name(reading) for reading in self.readings)
        return f"{self.situation.caption()}, readings {chosen or 'none'}"


def waiting(situation: Situation, readings: Sequence[str] | None) -> Waiting:
    """Choose readings of contested terms; raises NotFound for one that is not there."""
    from api.cli.situation import identified

    model = situation.model
    chosen = tuple(identified(each, model.readings, "reading") for each in readings or ())
    read = under(model, [model.readings[each] for each in chosen])
    world = replace(situation.world, model=read)
    return Waiting(replace(situation, world=world), chosen)
