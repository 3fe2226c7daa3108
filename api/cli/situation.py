"""The graph at a version with what is asked of it, which every answer names."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli.database import opened_for_reading
from api.cli.options import PolicyName
from api.cli.terminal import write
from graph.claims import Policy, Rule
from graph.difference import View
from graph.errors import NotFound
from graph.lifecycle import Lifecycle
from graph.model import Id, Model, Undertaking
from graph.namespaces import ID
from graph.sentences import Sentences
from graph.timeline import BEGINNING, NEVER, Day
from graph.world import Assumption, World

if TYPE_CHECKING:
    from graph.database import Database
    from graph.triples import Triples

Json = dict[str, Any]


@dataclass(frozen=True)
class Situation:
    """A world on a day at a version of the graph; the scenario is only named here.

    `triples` hold what the semantics does not need: domains, paragraphs, quotations.
    """

    world: World
    as_of: Day
    version: int
    triples: Triples
    names: Mapping[Id, str]
    scenario: tuple[Assumption, ...] = ()

    @property
    def model(self) -> Model:
        """Give the model of the graph."""
        return self.world.model

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """Give the standings of what is recorded, without the scenario."""
        return Lifecycle(self.world)

    @property
    def view(self) -> View:
        """Give the standings on the day asked about."""
        return View(self.lifecycle, self.as_of)

    @cached_property
    def sentences(self) -> Sentences:
        """Give what puts explanations into words."""
        return Sentences(self.model, self.names)

    def name(self, thing: Id) -> str:
        """Give the label of a thing, or the end of its IRI."""
        return self.sentences.name(thing)

    def undertaking(self, text: str) -> Undertaking:
        """Find the undertaking an identifier names."""
        return self.model.undertakings[identified(text, self.model.undertakings, "undertaking")]

    def caption(self) -> str:
        """Name in one line what the answer depends on."""
        assumed = ", ".join(
            f"{self.name(each.about)} {each.truth.value} from {shown_day(each.since)}"
            for each in self.scenario
        )
        return (
            f"as of {shown_day(self.as_of)}, known at {shown_day(self.world.known_at)}, "
            f"policy {self.world.policy}, scenario {assumed or 'none'}, "
            f"graph version {self.version}"
        )

    def write_json(self, answer: Json) -> None:
        """Write an answer to stdout as a JSON object that begins with what it depends on."""
        depends_on = {
            "as_of": shown_day(self.as_of),
            "known_at": shown_day(self.world.known_at),
            "policy": str(self.world.policy),
            "scenario": [assumption_json(each) for each in self.scenario],
            "version": self.version,
        }
        write(json.dumps({**depends_on, **answer}, ensure_ascii=False, indent=2).encode())


def asked(
    data_dir: Path | None, as_of: date | None, known_at: date | None, policy: PolicyName
) -> Situation:
    """Read the graph of a data directory and say what is asked of it."""
    with opened_for_reading(data_dir) as database:
        return situation(database, as_of, known_at, policy)


def situation(
    database: Database, as_of: date | None, known_at: date | None, policy: PolicyName
) -> Situation:
    """Say what is asked of an open graph; without a date, it is today's (UTC)."""
    from api.labels import NAMING, best
    from graph.read import Reader
    from graph.triples import Triples

    today = datetime.now(UTC).date()
    quads = list(database.store.quads())
    triples = Triples.of(quads)
    return Situation(
        world=World(
            Reader(triples).model(),
            known_at=(known_at or today).toordinal(),
            policy=Policy(Rule(policy.value)),
        ),
        as_of=(as_of or today).toordinal(),
        version=database.version,
        triples=triples,
        names=best(
            (quad.subject, quad.predicate, quad.object)  # type: ignore[misc]
            for quad in quads
            if quad.predicate in NAMING
        ),
    )


def assumption_json(assumption: Assumption) -> Json:
    """Give what is assumed, and from which day on, as JSON."""
    return {
        "about": assumption.about,
        "truth": assumption.truth.value,
        "since": shown_day(assumption.since),
    }


def identified(text: str, known: Collection[Id], noun: str) -> Id:
    """Find what a short identifier, `id:` name or IRI names; raises NotFound with the nearest."""
    given = text.strip().removeprefix("id:")
    iri = given if "://" in given else ID + given
    if iri in known:
        return iri
    shown = {each.removeprefix(ID) for each in known}
    # A bare name is compared with the ends of identifiers, a whole one with the whole.
    ends = {each.rpartition("/")[2]: each for each in sorted(shown)}
    short = iri.removeprefix(ID)
    near = get_close_matches(short, shown, n=1) or [
        ends[end] for end in get_close_matches(short.rpartition("/")[2], ends, n=1)
    ]
    hint = f"did you mean `{near[0]}`" if near else _example(sorted(shown), noun)
    raise NotFound(f"no {noun} is called `{text}`", hint=hint)


def _example(known: list[str], noun: str) -> str:
    if not known:
        return f"the graph holds no {noun}"
    return f"give an identifier such as `{known[0]}`"


def short(iri: Id) -> str:
    """Write an identifier as a command takes it."""
    return iri.removeprefix(ID)


def shown_day(day: Day) -> str | None:
    """Write a day; None for the beginning of time and for never."""
    return date.fromordinal(day).isoformat() if BEGINNING < day < NEVER else None
