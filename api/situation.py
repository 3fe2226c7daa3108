"""A snapshot of the graph with what is asked of it, which every answer names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, TypeVar

from api.asked import Asked, Assumed, InvalidValue
from api.identifiers import called
from api.snapshot import Snapshot
from graph.claims import Policy, Rule
from graph.difference import View
from graph.errors import NotFound
from graph.lifecycle import Lifecycle
from graph.model import Id, Model, State, Undertaking
from graph.readings import under
from graph.sentences import Sentences
from graph.timeline import BEGINNING, Day
from graph.trees import Trees
from graph.triples import Triples
from graph.truth import Truth
from graph.vectorised.evaluator import standings
from graph.vectorised.standings import Standings
from graph.world import Assumption, World

Json = dict[str, Any]
T = TypeVar("T")
_LAST: Final = date.max.toordinal()


@dataclass(frozen=True)
class Situation:
    """A world on a day, under chosen readings, at a version of the graph."""

    snapshot: Snapshot
    world: World
    as_of: Day
    language: str
    readings: tuple[Id, ...] = ()

    @classmethod
    def of(cls, snapshot: Snapshot, asked: Asked) -> Situation:
        """Put what is asked to a snapshot; raises InvalidValue for what it does not hold."""
        model, as_of = snapshot.model, asked.as_of.toordinal()
        readings = tuple(
            chosen(each, model.readings, "reading", "reading", snapshot.labelled())
            for each in asked.readings
        )
        world = World(
            under(model, [model.readings[each] for each in readings]),
            known_at=asked.known_at.toordinal(),
            policy=Policy(Rule(asked.rule), _sources(asked, model)),
            scenario=_scenario(asked.scenario, snapshot, as_of),
        )
        return cls(snapshot, world, as_of, asked.language, readings)

    @property
    def model(self) -> Model:
        """Give the model of the graph, under the readings."""
        return self.world.model

    @property
    def triples(self) -> Triples:
        """Give what the graph says beside the model."""
        return self.snapshot.triples

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """Give the standings; what an earlier question derived in the same world is kept."""
        return self.kept("standings", lambda: Lifecycle(self.world))

    def kept(self, what: str, make: Callable[[], T]) -> T:
        """Give what an earlier question derived in the same world, else make it."""
        world = self.world
        key = (what, world.known_at, world.policy, world.scenario, self.readings)
        return self.snapshot.kept(key, make)

    @cached_property
    def states(self) -> Mapping[tuple[Id, Id], State]:
        """Give the state of every undertaking for each named debtor on the day asked about."""
        found = self._standings(self.as_of)
        return {pair: found.state(row, 0) for row, pair in enumerate(found.pairs)}

    def differing(self, day: Day) -> list[tuple[Id, Id]]:
        """Give the undertakings and debtors whose state or remarks differ from those of a day."""
        found = self._standings(day, self.as_of)
        return [
            pair
            for pair, (before, after) in zip(found.pairs, found.cells, strict=True)
            if before != after
        ]

    def _standings(self, *days: Day) -> Standings:
        program = None if self.readings else self.snapshot.program
        return standings(self.world, days, program)

    @property
    def view(self) -> View:
        """Give the standings on the day asked about."""
        return View(self.lifecycle, self.as_of)

    @cached_property
    def sentences(self) -> Sentences:
        """Give what puts explanations into words."""
        return Sentences(self.model, self.snapshot.names(self.language))

    def name(self, thing: Id) -> str:
        """Give the label of a thing, or the end of its IRI."""
        return self.sentences.name(thing)

    def thing(self, thing: Id) -> Json:
        """Give a thing with its label as JSON."""
        return {"id": thing, "label": self.name(thing)}

    def undertaking(self, text: str) -> Undertaking:
        """Find the undertaking that is called so, by identifier or label."""
        undertakings = self.model.undertakings
        return undertakings[self.called(text, undertakings, "undertaking")]

    def called(self, text: str, known: Collection[Id], noun: str) -> Id:
        """Find which of some things is called so, by identifier or label."""
        return called(text, known, noun, self.snapshot.labelled())

    def depends_on(self) -> Json:
        """Give what an answer depends on as JSON."""
        sources = self.world.policy.sources
        return {
            "asOf": shown_day(self.as_of),
            "knownAt": shown_day(self.world.known_at),
            "policy": self.world.policy.rule.value,
            "sources": None if sources is None else sorted(sources),
            "scenario": [self.assumption(each) for each in self.world.scenario],
            "version": self.snapshot.version,
        }

    def assumption(self, assumption: Assumption) -> Json:
        """Give what is assumed, and from which day on, as JSON."""
        return {
            "about": assumption.about,
            "label": self.name(assumption.about),
            "truth": assumption.truth.value,
            "since": shown_day(assumption.since),
        }


def chosen(
    text: str,
    known: Collection[Id],
    noun: str,
    parameter: str,
    labels: Iterable[tuple[Id, str]] = (),
) -> Id:
    """Find what the value of a parameter names; raises InvalidValue with the nearest.

    With `labels`, what is called so by one of them, too.
    """
    try:
        return called(text, known, noun, labels)
    except NotFound as error:
        raise InvalidValue(error.message, hint=error.hint, parameter=parameter) from None


def _sources(asked: Asked, model: Model) -> frozenset[Id] | None:
    if asked.sources is None:
        return None
    return frozenset(chosen(each, model.ranks, "source", "sources") for each in asked.sources)


def _scenario(
    assumed: Collection[Assumed], snapshot: Snapshot, as_of: Day
) -> tuple[Assumption, ...]:
    if not assumed:
        return ()
    matters = snapshot.model.matters
    known = {*matters, *Trees(snapshot.triples).known()}
    # A condition often has the label of its matter, which is what people mean then.
    labels = [each for each in snapshot.labelled() if each[0] in matters]
    return tuple(
        Assumption(
            about=chosen(each.about, known, "matter or condition", "set", labels),
            truth=Truth(each.truth),
            since=as_of if each.since is None else each.since.toordinal(),
        )
        for each in dict.fromkeys(assumed)
    )


def shown_day(day: Day) -> str | None:
    """Write a day; None for the beginning of time, and for never or what no calendar has."""
    return date.fromordinal(day).isoformat() if BEGINNING < day <= _LAST else None
