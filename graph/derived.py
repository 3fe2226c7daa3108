"""Writes phases and circles as the triples of derived graphs, under names that never change.

It derives nothing: `graph.derivation` does. Rules: docs/semantics.md, "Derived graphs".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from graph.chronicle import Chronicle, Entry
from graph.circularity import Atom, Sort, Way
from graph.claims import Rule
from graph.edges import Choice, Waiting
from graph.lifecycle import Flag, Standing
from graph.model import Id
from graph.namespaces import DERIVED, PREFIXES, SV
from graph.obligations import Obligation
from graph.timeline import BEGINNING, Day
from graph.trees import STATES

_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_XSD: Final = PREFIXES["xsd"]
_POLICIES: Final = {
    Rule.SCEPTICAL: "Sceptical",
    Rule.RANKED: "Ranked",
    Rule.CREDULOUS: "Credulous",
}
_STATES: Final = {state: name for name, state in STATES.items()}
_REMARKS: Final = {
    Flag.UNKNOWN: "ActivationUnknown",
    Flag.DISPUTED: "SourcesClash",
    Flag.REPUDIATED: "Repudiated",
    Flag.TIMING_UNKNOWN: "TimingUnknown",
    Flag.IMPOSSIBLE: "NoLongerPossible",
    Flag.RESERVED: "ExcludedByReservation",
    Flag.IMPERMISSIBLE: "ImpermissibleReservation",
}
_WAYS: Final = {Way.STEP_BY_STEP: "StepByStep", Way.AT_ONCE: "OnlyAtOnce", Way.NOT: "Unreachable"}
_SORTS: Final = {
    Sort.MATTER: "BeingSo",
    Sort.CONSENT: "BeingConsented",
    Sort.BINDS: "Binding",
    Sort.IN_FORCE: "BeingInForce",
}
_LAST: Final = date.max.toordinal()
"""What comes later has no date: a phase that begins after it is not written."""

Value = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class View:
    """What a derived graph holds the answers for: a source policy and a day of knowledge.

    Without a day of knowledge, everything that is recorded counts.
    """

    rule: Rule
    known_at: Day | None = None

    @property
    def graph(self) -> ox.NamedNode:
        """Name the graph of what holds for every day."""
        known = "" if self.known_at is None else f"/known-at/{_written(self.known_at)}"
        return ox.NamedNode(f"{DERIVED}{self.rule.value}{known}")

    @property
    def on_the_day(self) -> ox.NamedNode:
        """Name the graph of what holds on one day."""
        return ox.NamedNode(f"{self.graph.value}/current")


VIEWS: Final = tuple(View(rule) for rule in Rule)
"""The views that are kept of every graph that is served."""

GRAPHS: Final = tuple(graph for view in VIEWS for graph in (view.graph, view.on_the_day))
"""The graphs that they are kept in."""


def heading(view: View, version: int, day: Day, faults: Iterable[str]) -> Iterator[ox.Quad]:
    """Let both graphs of a view say what they are answers to, or why they hold none."""
    for graph in (view.graph, view.on_the_day):
        yield _quad(graph, graph.value, "type", _word("DerivedGraph"))
        yield _quad(graph, graph.value, "policy", _word(_POLICIES[view.rule]))
        yield _quad(graph, graph.value, "graphVersion", _typed("integer", str(version)))
        for fault in faults:
            yield _quad(graph, graph.value, "fault", ox.Literal(fault))
        if view.known_at is not None:
            yield _quad(graph, graph.value, "knownAt", _moment(view.known_at))
    yield _quad(view.on_the_day, view.on_the_day.value, "asOf", _moment(day))


def phases(view: View, undertaking: Id, debtor: Id, entries: Iterable[Entry]) -> Iterator[ox.Quad]:
    """Write the phases of an undertaking for one debtor."""
    for entry in entries:
        if entry.start > _LAST:
            continue
        phase = _name(view, "phase", undertaking, debtor, str(entry.start))
        about: list[tuple[str, Value]] = [
            ("ofCommitment", ox.NamedNode(undertaking)),
            ("ofDebtor", ox.NamedNode(debtor)),
            *(("because", ox.NamedNode(cause)) for cause in entry.because),
            *(("waitsFor", ox.NamedNode(leaf)) for leaf in entry.waits_for),
            *_stretch(entry.standing, entry.start, entry.end),
        ]
        yield from (_quad(view.graph, phase, name, value) for name, value in about)


def obligation(view: View, owed: Obligation) -> Iterator[ox.Quad]:
    """Write an obligation with its phases; they name it, and no commitment of their own."""
    node = _name(view, "obligation", owed.undertaking, owed.debtor, owed.trigger or "")
    about: list[tuple[str, Value]] = [
        ("type", _word("Obligation")),
        ("ofCommitment", ox.NamedNode(owed.undertaking)),
        ("ofDebtor", ox.NamedNode(owed.debtor)),
        ("unforeseeable", _typed("boolean", str(owed.became_known_late).lower())),
        *([] if owed.trigger is None else [("triggeredBy", ox.NamedNode(owed.trigger))]),
        *([("since", _moment(owed.since.latest))] if _has_date(owed.since.latest) else []),
        *([("due", _moment(owed.due.latest))] if _has_date(owed.due.latest) else []),
    ]
    yield from (_quad(view.graph, node, name, value) for name, value in about)
    for phase in owed.phases:
        if phase.start > _LAST:
            continue
        part = f"{node}/{phase.start}"
        yield _quad(view.graph, part, "ofObligation", ox.NamedNode(node))
        for name, value in _stretch(phase.standing, phase.start, phase.end):
            yield _quad(view.graph, part, name, value)


def current(
    view: View, undertaking: Id, chronicles: Iterable[Chronicle], day: Day
) -> Iterator[ox.Quad]:
    """Write in which states an undertaking is on a day, each once, for whichever debtor."""
    states = {
        entry.standing.state
        for chronicle in chronicles
        for entry in chronicle.entries
        if entry.start <= day < entry.end
    }
    for state in states:
        yield _quad(view.on_the_day, undertaking, "currentState", _word(_STATES[state]))


def choice(view: View, chosen: Choice) -> Iterator[ox.Quad]:
    """Write which readings are chosen together."""
    node = _choice(view, chosen)
    yield _quad(view.on_the_day, node, "type", _word("ReadingChoice"))
    for reading in chosen:
        yield _quad(view.on_the_day, node, "choosesReading", ox.NamedNode(reading))


def circle(view: View, found: Waiting) -> Iterator[ox.Quad]:
    """Write a circle: its members in order, and its edges."""
    atoms = found.circle.atoms
    key = [*sorted(found.choice), *(f"{atom.sort} {atom.iri}" for atom in atoms)]
    node = _name(view, "circle", *key)
    members = {atom: f"{node}/{place}" for place, atom in enumerate(atoms, 1)}
    graph = view.on_the_day
    yield _quad(graph, node, "type", _word("Circle"))
    yield _quad(graph, node, "hard", _typed("boolean", str(found.circle.hard).lower()))
    yield _quad(graph, node, "underChoice", ox.NamedNode(_choice(view, found.choice)))
    for place, (atom, way) in enumerate(zip(atoms, found.ways, strict=True), 1):
        about = _member(node, place, atom, way)
        yield from (_quad(graph, members[atom], name, value) for name, value in about)
    for place, edge in enumerate(found.edges, 1):
        parts: list[tuple[str, Value]] = [
            ("type", _word("CircleEdge")),
            ("waiter", ox.NamedNode(members[edge.waiter])),
            ("awaited", ox.NamedNode(members[edge.awaited])),
            *(("heldBy", ox.NamedNode(holder)) for holder in edge.holders),
            *(("through", ox.NamedNode(leaf)) for leaf in edge.through),
        ]
        yield from (_quad(graph, f"{node}/edge/{place}", name, value) for name, value in parts)


def _member(node: Id, place: int, atom: Atom, way: Way) -> list[tuple[str, Value]]:
    return [
        ("type", _word("CircleMember")),
        ("inCircle", ox.NamedNode(node)),
        ("memberOrder", _typed("integer", str(place))),
        ("whatWaits", ox.NamedNode(atom.iri)),
        ("comesAboutAs", _word(_SORTS[atom.sort])),
        ("way", _word(_WAYS[way])),
    ]


def _stretch(standing: Standing, start: Day, end: Day) -> Iterator[tuple[str, Value]]:
    yield "type", _word("Phase")
    yield "state", _word(_STATES[standing.state])
    for flag in standing.flags:
        yield "remark", _word(_REMARKS[flag])
    if _has_date(start):
        yield "from", _moment(start)
    if _has_date(end):
        yield "until", _moment(end)


def _has_date(day: Day) -> bool:
    return BEGINNING < day <= _LAST


def _choice(view: View, chosen: Choice) -> Id:
    return _name(view, "choice", *sorted(chosen))


def _name(view: View, kind: str, *key: str) -> Id:
    """Name a derived thing after what it is about, so that it keeps its name when it is redone."""
    digest = hashlib.sha256("\n".join(key).encode()).hexdigest()[:24]
    return f"{view.graph.value}/{kind}/{digest}"


def _quad(graph: ox.NamedNode, subject: Id, name: str, value: Value) -> ox.Quad:
    predicate = _TYPE if name == "type" else ox.NamedNode(SV + name)
    return ox.Quad(ox.NamedNode(subject), predicate, value, graph)


def _word(name: str) -> ox.NamedNode:
    return ox.NamedNode(SV + name)


def _moment(day: Day) -> ox.Literal:
    return _typed("dateTime", f"{_written(day)}T00:00:00Z")


def _written(day: Day) -> str:
    return date.fromordinal(day).isoformat()


def _typed(datatype: str, lexical: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(_XSD + datatype))
