"""Selects what of a graph belongs to a few things: all that is needed to judge them, and no more.

A selection is made of the recorded quads; it judges nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from graph.namespaces import DATA, ID, PREFIXES, SV

_IMPORTS: Final = ox.NamedNode(PREFIXES["owl"] + "imports")
# What is said of a thing stands mostly at the thing; this is said of it from elsewhere. An actor
# takes part in nearly everything, and so it is asked for less.
_SAID_OF: Final = frozenset(
    SV + name
    for name in (
        "about",
        "actOn",
        "adheresTo",
        "approvalOf",
        "belongsTo",
        "componentOf",
        "evidenceFor",
        "gapIn",
        "hasReservation",
        "hinders",
        "incompatibleWith",
        "occurrenceOf",
        "powerOver",
        "providedUnder",
        "readingOf",
        "replacesCondition",
        "reserves",
        "takenAs",
    )
)
_SAID_OF_ACTORS: Final = frozenset(SV + name for name in ("memberOf",))
_ACTOR: Final = f"{ID}actor/"
_OWED: Final = frozenset(SV + name for name in ("debtor", "creditor"))
_RECORDED_IN: Final = frozenset({SV + "recordedIn"})


def of_graphs(quads: Iterable[ox.Quad], graphs: Collection[str]) -> list[ox.Quad]:
    """Give the quads of the named graphs, and no others."""
    return [quad for quad in quads if _iri(quad.graph_name) in graphs]


def of_things(quads: Iterable[ox.Quad], things: Iterable[str]) -> list[ox.Quad]:
    """Give what is recorded of things and of all that judging them looks at.

    An actor stands for the undertakings that it owes or can claim, an instrument for those it
    records. The headers of the graphs come along, without imports of what was left out. The
    modules of the ontology do not: whoever judges has them.
    """
    recorded = [quad for quad in quads if _iri(quad.graph_name).startswith(DATA)]
    found = _closure(recorded, things)
    kept = [quad for quad in recorded if _iri(quad.subject) in found]
    graphs = {_iri(quad.graph_name) for quad in kept}
    headers = (quad for quad in recorded if _iri(quad.subject) == _iri(quad.graph_name))
    return kept + [quad for quad in headers if _belongs(quad, graphs)]


def named(
    quads: Iterable[ox.Quad], graphs: Collection[str], things: Iterable[str]
) -> list[ox.Quad]:
    """Give what is said in graphs, and of things with the undertakings that they stand for.

    For lists: nothing comes along that judging them would look at.
    """
    recorded = list(quads)
    wanted = set(things)
    wanted |= {
        _iri(quad.subject)
        for quad in recorded
        if quad.predicate.value in _OWED | _RECORDED_IN and _iri(quad.object) in wanted
    }
    return [
        quad for quad in recorded if _iri(quad.graph_name) in graphs or _iri(quad.subject) in wanted
    ]


def _belongs(quad: ox.Quad, graphs: Collection[str]) -> bool:
    """Tell whether a statement of a header holds of a selection from these graphs."""
    imported = _iri(quad.object)
    is_left_out = quad.predicate == _IMPORTS and imported.startswith(DATA)
    return _iri(quad.graph_name) in graphs and not (is_left_out and imported not in graphs)


def _closure(quads: Iterable[ox.Quad], things: Iterable[str]) -> set[str]:
    said: dict[str, list[tuple[str, str]]] = {}
    said_of: dict[str, list[tuple[str, str]]] = {}
    for quad in quads:
        subject, value = _iri(quad.subject), _iri(quad.object)
        if subject.startswith(ID) and value.startswith(ID):
            said.setdefault(subject, []).append((quad.predicate.value, value))
            said_of.setdefault(value, []).append((quad.predicate.value, subject))
    waiting = [*things]
    for thing in tuple(waiting):
        waiting += _subjects(said_of.get(thing, ()), _OWED | _RECORDED_IN)
    found: set[str] = set()
    while waiting:
        thing = waiting.pop()
        if thing in found:
            continue
        found.add(thing)
        waiting += (value for _, value in said.get(thing, ()))
        wanted = _SAID_OF_ACTORS if thing.startswith(_ACTOR) else _SAID_OF
        waiting += _subjects(said_of.get(thing, ()), wanted)
    return found


def _subjects(links: Iterable[tuple[str, str]], wanted: Collection[str]) -> Iterator[str]:
    return (subject for predicate, subject in links if predicate in wanted)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
