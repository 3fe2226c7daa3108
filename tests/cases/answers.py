"""Answers what cases ask; here from the pure core, and one day from a running service.

`Answers` is the seam: whoever can load Turtle and tell standings and verdicts can run every case.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import pyoxigraph as ox

from graph import rdf
from graph.claims import Policy, Rule
from graph.errors import UnreadableInput
from graph.lifecycle import Lifecycle
from graph.model import Condition, Model
from graph.namespaces import ID
from graph.obligations import obligations
from graph.read import Reader
from graph.timeline import NEVER, Span
from graph.triples import Triples
from graph.truth import Truth
from graph.world import Assumption, World
from tests.cases.cases import Ask
from tests.cases.writer import DATASET


@dataclass(frozen=True)
class Standing:
    """Where an undertaking stands for one debtor, in words."""

    state: str
    remarks: frozenset[str]
    share: float | None


@dataclass(frozen=True)
class Owed:
    """An obligation: since and until when, by which event, and where it stands, in words."""

    trigger: str | None
    since: Span
    due: Span | None
    state: str
    unforeseeable: bool


class Answers(Protocol):
    """Answers about one loaded text; things go by the names that the case gives them."""

    def named(self, undertaking: str) -> tuple[str, ...]:
        """Give the named debtors."""

    def unnamed(self, undertaking: str) -> int | None:
        """Give how many debtors a source counts and does not name; None if it gives no number."""

    def standing(self, undertaking: str, debtor: str, ask: Ask) -> Standing:
        """Tell where an undertaking stands."""

    def obligations(self, undertaking: str, debtor: str, ask: Ask) -> list[Owed]:
        """Tell what a debtor owes by the day asked about."""

    def verdict(self, condition: str, undertaking: str, debtor: str, ask: Ask) -> str:
        """Tell what a condition comes to, for a debtor of an undertaking."""


@dataclass(frozen=True)
class CoreAnswers:
    """Answers from the pure core in this process."""

    turtle: str

    @cached_property
    def _reader(self) -> Reader:
        graph = ox.NamedNode(DATASET)
        quads = rdf.read(self.turtle.encode(), format=rdf.TURTLE, graph=graph, source="the case")
        return Reader(Triples.of(quads))

    @cached_property
    def _model(self) -> Model:
        return self._reader.model()

    def named(self, undertaking: str) -> tuple[str, ...]:
        """Give the named debtors."""
        debtors = self._model.undertakings[_iri("undertaking", undertaking)].debtors
        return tuple(debtor.removeprefix(ID + "actor/") for debtor in debtors)

    def unnamed(self, undertaking: str) -> int | None:
        """Give how many debtors a source counts and does not name."""
        return self._model.undertakings[_iri("undertaking", undertaking)].unnamed

    def standing(self, undertaking: str, debtor: str, ask: Ask) -> Standing:
        """Tell where an undertaking stands."""
        lifecycle = self._lifecycle(ask)
        of = (_iri("undertaking", undertaking), _iri("actor", debtor), ask.as_of.toordinal())
        found = lifecycle.phase(*of).standing
        remarks = frozenset(flag.name.lower().replace("_", " ") for flag in found.flags)
        return Standing(found.state.value, remarks, lifecycle.share(*of))

    def obligations(self, undertaking: str, debtor: str, ask: Ask) -> list[Owed]:
        """Tell what a debtor owes by the day asked about."""
        of, day = (_iri("undertaking", undertaking), _iri("actor", debtor)), ask.as_of.toordinal()
        return [
            Owed(
                trigger=each.trigger and each.trigger.removeprefix(ID + "matter/"),
                since=each.since,
                due=None if each.due.earliest >= NEVER else each.due,
                state=standing.state.value,
                unforeseeable=each.unforeseeable(day),
            )
            for each in obligations(self._lifecycle(ask), *of)
            if (standing := each.standing(day)) is not None
        ]

    def verdict(self, condition: str, undertaking: str, debtor: str, ask: Ask) -> str:
        """Tell what a condition comes to."""
        tree: Condition = self._reader.trees.condition(_iri("condition", condition))
        of = (_iri("undertaking", undertaking), _iri("actor", debtor))
        timeline = self._lifecycle(ask).timeline(tree, *of)
        return timeline.at(ask.as_of.toordinal()).verdict.value

    def _lifecycle(self, ask: Ask) -> Lifecycle:
        sources = None if ask.sources is None else frozenset(_iri("source", s) for s in ask.sources)
        return Lifecycle(
            World(
                self._model,
                known_at=ask.known_at.toordinal(),
                policy=Policy(Rule(ask.rule), sources),
                scenario=tuple(
                    Assumption(self._about(about), Truth(truth), since.toordinal())
                    for about, truth, since in ask.scenario
                ),
            )
        )

    def _about(self, name: str) -> str:
        """Find the matter or the condition that a scenario is about."""
        matter, condition = _iri("matter", name), _iri("condition", name)
        if matter in self._model.matters:
            return matter
        if condition in self._reader.triples.types:
            return condition
        raise UnreadableInput(f"`{name}` is neither a matter nor a condition of the case")


def _iri(kind: str, name: str) -> str:
    return f"{ID}{kind}/{name}"
