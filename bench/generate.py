"""Generates RDF graphs of any size in the shapes of the shipped data, as one dataset.

The datasets of `data/` are copied again and again. In each copy all things but the states have new
names, states change places, dates lie other years back and quantities are other ones; texts stay.
So what shapes, proportions and languages there are is always what the shipped data has. Models
for the evaluators, without RDF, are drawn by `bench.generated`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pyoxigraph as ox

from graph.dataset import Dataset, read_datasets
from graph.namespaces import DATA, ONTOLOGY, PREFIXES, SV
from graph.store import Term

SHIPPED: Final = Path(__file__).resolve().parent.parent / "data"
GRAPH: Final = ox.NamedNode(f"{DATA}generated")
LEAST: Final = 1_000
"""How many triples there are at least: fewer would hold no dataset with all that it refers to."""

_ACTORS: Final = ox.NamedNode(f"{DATA}actors")
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_STATE: Final = ox.NamedNode(f"{SV}State")
_DATASET: Final = ox.NamedNode(f"{SV}Dataset")
_NAMES: Final = frozenset({PREFIXES["rdfs"] + "label", f"{SV}title"})
_DATE_TIME: Final = PREFIXES["xsd"] + "dateTime"
_DECIMAL: Final = PREFIXES["xsd"] + "decimal"
_IRI: Final = PREFIXES["xsd"] + "anyURI"
# Whole cycles of leap years, so that each day exists in the other year.
_CYCLE: Final = 4
_CYCLES: Final = 6
_FACTORS: Final = range(1, 10)


@dataclass(frozen=True)
class Block:
    """What is copied as one: a dataset without its header, or what links a single actor.

    `size` is the most quads that come of it, and `needs` are the names of all blocks that it refers
    to, directly or not, and its own.
    """

    quads: tuple[ox.Quad, ...]
    size: int
    needs: frozenset[str]


@dataclass(frozen=True)
class Pattern:
    """The shipped data: what is copied, what describes each state, and all other things."""

    blocks: Mapping[str, Block]
    states: Mapping[str, tuple[ox.Quad, ...]]
    things: frozenset[str]


def generated(triples: int, seed: int) -> Iterator[ox.Quad]:
    """Draw so many quads, or few less: the same for the same seed and the same shipped data.

    They are drawn one by one, in little more memory than the shipped data takes. Raises ValueError
    for fewer than LEAST.
    """
    if triples < LEAST:
        raise ValueError(f"a generated graph has at least {LEAST} triples")
    header = _header()
    yield from header
    left, number = triples - len(header), 0
    described: set[str] = set()
    whole = True
    while whole:
        chosen = _chosen(left, Random(f"{seed} blocks {number}"))
        whole = len(chosen) == len(_pattern().blocks)
        for quad in _Copy(seed, number, described).quads(chosen):
            left -= 1
            yield quad
        number += 1


def _chosen(room: int, random: Random) -> list[str]:
    """Choose blocks with all that they refer to: all of them where there is room."""
    blocks = _pattern().blocks
    names = sorted(blocks)
    random.shuffle(names)
    # Actors that nothing chosen speaks of come last.
    names.sort(key=lambda name: not name.startswith(DATA))
    chosen: dict[str, None] = {}
    for name in names:
        more = sorted(blocks[name].needs - chosen.keys())
        size = sum(blocks[each].size for each in more)
        if size <= room:
            room -= size
            chosen.update(dict.fromkeys(more))
    return list(chosen)


class _Copy:
    """One copy of some blocks."""

    def __init__(self, seed: int, number: int, described: set[str]) -> None:
        """Give things their names in this copy; the states in `described` have been described."""
        self._random = Random(f"{seed} values {number}")
        self._number = number
        self._years = _CYCLE * self._random.randrange(_CYCLES)
        self._described = described
        states = sorted(_pattern().states)
        others = self._random.sample(states, len(states))
        self._states = dict(zip(states, others, strict=True))
        self._names = {
            **{thing: ox.NamedNode(f"{thing}-{number}") for thing in _pattern().things},
            **{state: ox.NamedNode(other) for state, other in self._states.items()},
        }

    def quads(self, blocks: Iterable[str]) -> Iterator[ox.Quad]:
        """Copy blocks, and describe the states that are new."""
        for name in blocks:
            yield from self._description(name)
            for quad in _pattern().blocks[name].quads:
                thing = self._names[_iri(quad.subject)]
                yield ox.Quad(thing, quad.predicate, self._object(quad), GRAPH)

    def _description(self, name: str) -> Iterator[ox.Quad]:
        state = self._states.get(name)
        if state is not None and state not in self._described:
            self._described.add(state)
            yield from _pattern().states[state]

    def _object(self, quad: ox.Quad) -> Term:
        item = quad.object
        if isinstance(item, ox.NamedNode):
            return self._names.get(item.value, item)
        assert isinstance(item, ox.Literal)
        if quad.predicate.value in _NAMES:
            return ox.Literal(f"{item.value} ({self._number})", language=item.language)
        return self._value(item)

    def _value(self, item: ox.Literal) -> ox.Literal:
        kind, text = item.datatype.value, item.value
        if kind == _DATE_TIME:
            text = f"{int(text[:4]) - self._years}{text[4:]}"
        elif kind == _DECIMAL:
            text = str(Decimal(text) * self._random.choice(_FACTORS))
        elif kind == _IRI:
            text = f"{text}#{self._number}"
        else:
            return item
        return ox.Literal(text, datatype=item.datatype)


@cache
def _pattern() -> Pattern:
    """Read the shipped data and cut it."""
    # What several files say counts for the first of them.
    said = {
        quad.triple: quad
        for dataset in read_datasets([SHIPPED])[::-1]
        for quad in _content(dataset)[::-1]
    }
    quads = list(said.values())[::-1]
    owners = {_iri(quad.subject): _block(quad) for quad in quads if quad.predicate == _TYPE}
    states = {_iri(quad.subject) for quad in quads if quad.object == _STATE}
    parts: dict[str, list[ox.Quad]] = {name: [] for name in owners.values()}
    descriptions: dict[str, list[ox.Quad]] = {state: [] for state in states}
    for quad in quads:
        subject = _iri(quad.subject)
        is_link = isinstance(quad.object, ox.NamedNode) and _iri(quad.object) in owners
        if subject in states and not is_link:
            descriptions[subject].append(_here(quad))
        else:
            parts[_block(quad)].append(quad)
    needs = {
        name: {owners[each] for each in _named(part) & owners.keys()}
        for name, part in parts.items()
    }
    longest = max(map(len, descriptions.values()))
    blocks = {
        name: Block(tuple(part), len(part) + longest * (name in states), _reached(name, needs))
        for name, part in parts.items()
    }
    described = {state: tuple(description) for state, description in descriptions.items()}
    return Pattern(blocks, described, frozenset(owners) - states)


def _content(dataset: Dataset) -> list[ox.Quad]:
    """Leave out what describes the file."""
    own = {quad.subject for quad in dataset.quads if quad.object == _DATASET} | {dataset.graph}
    return [quad for quad in dataset.quads if quad.subject not in own]


def _block(quad: ox.Quad) -> str:
    """Name the block of a quad: an actor is one of its own."""
    return _iri(quad.subject) if quad.graph_name == _ACTORS else _iri(quad.graph_name)


def _iri(term: Term | ox.DefaultGraph) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


def _here(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, quad.object, GRAPH)


def _named(quads: Iterable[ox.Quad]) -> set[str]:
    terms = {term for quad in quads for term in (quad.subject, quad.object)}
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def _reached(name: str, needs: Mapping[str, set[str]]) -> frozenset[str]:
    reached, waiting = {name}, [name]
    while waiting:
        more = needs[waiting.pop()] - reached
        reached |= more
        waiting += more
    return frozenset(reached)


def _header() -> list[ox.Quad]:
    """Describe the dataset."""
    imports = ox.NamedNode(PREFIXES["owl"] + "imports")
    return [
        ox.Quad(GRAPH, _TYPE, ox.NamedNode(PREFIXES["owl"] + "Ontology"), GRAPH),
        ox.Quad(GRAPH, imports, ox.NamedNode(f"{ONTOLOGY}core"), GRAPH),
    ]


def main() -> None:
    """Write a graph to a file or to the standard output."""
    parser = ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", default="-", metavar="FILE.nq|FILE.trig|-")
    given = parser.parse_args()
    name = "x.nq" if given.output == "-" else given.output
    format_ = ox.RdfFormat.from_extension(Path(name).suffix.removeprefix("."))
    if format_ is None or given.triples < LEAST:
        parser.error(f"give a file *.nq or *.trig, and at least {LEAST} triples")
    output = sys.stdout.buffer if given.output == "-" else given.output
    ox.serialize(generated(given.triples, given.seed), output, format=format_, prefixes=PREFIXES)


if __name__ == "__main__":
    main()
