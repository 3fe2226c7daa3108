"""Which focus nodes a change can touch, and the part of the graph that their rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, TypeAlias

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.slices.reads import SUBCLASS, TYPE, Reads, Targeted
from graph.store import Term

_Place: TypeAlias = tuple[Term, int]

MOST_FOCI: Final = 2_000
_MOST_PLACES: Final = 100_000
_SUBCLASS: Final = ox.NamedNode(SUBCLASS)


class TooMany(Exception):
    """A change touches more than is worth being followed."""


class Affected:
    """What the shapes have to do with the nodes of a candidate state.

    A focus node is affected if a changed triple lies on a path of one of its shapes. The paths are
    walked back in the new state alone: of an old path that lost several triples, the part before
    the first of them is still there and leads to the same focus node.
    """

    def __init__(self, reads: Reads, state: Candidate) -> None:
        """Look at a state through what is read of it."""
        self._reads = reads
        self._state = state
        self._shapes_of: dict[Term, frozenset[int]] = {}
        self._by_class: dict[str, set[int]] = defaultdict(set)
        self._by_subject: dict[str, set[int]] = defaultdict(set)
        self._by_object: dict[str, set[int]] = defaultdict(set)
        self._by_node: dict[str, set[int]] = defaultdict(set)
        for shape in reads.shapes:
            self._index(shape)

    def _index(self, shape: Targeted) -> None:
        for cls in shape.classes:
            self._by_class[f"<{cls}>"].add(shape.start)
        for kind, index in (
            (shape.subjects_of, self._by_subject),
            (shape.objects_of, self._by_object),
            (shape.nodes, self._by_node),
        ):
            for iri in kind:
                index[iri].add(shape.start)

    def foci(self) -> set[Term]:
        """Give the focus nodes whose findings may differ, and the subjects of the change.

        Raises TooMany for more than `MOST_FOCI`.
        """
        changed = {*self._state.change.adds, *self._state.change.removes}
        found: set[Term] = {quad.subject for quad in changed}
        starts = {shape.start for shape in self._reads.shapes}
        waiting = list(self._readers_of(changed))
        # A node may have been a target by the changed triple alone.
        found |= {node for node, state in waiting if state in starts}
        seen = set(waiting)
        while waiting:
            node, state = waiting.pop()
            if state in starts and state in self._shapes(node):
                found.add(node)
            before = set(self._before(node, state)) - seen
            seen |= before
            waiting += before
            if len(found) > MOST_FOCI or len(seen) > _MOST_PLACES:
                raise TooMany
        return found

    def slice(self, foci: Iterable[Term]) -> set[ox.Quad]:
        """Give every quad the shapes of the focus nodes read, those about them, and the classes."""
        found = set(self._state.match(predicate=_SUBCLASS))
        seen: set[_Place] = set()
        for focus in foci:
            if isinstance(focus, ox.NamedNode):
                found.update(self._state.match(focus))
            seen |= {(focus, start) for start in self._shapes(focus)}
        waiting = list(seen)
        while waiting:
            node, state = waiting.pop()
            after = {(node, end) for end in self._reads.automaton.leaps[state]}
            for step in self._reads.automaton.steps[state]:
                for quad in self._read(node, step.predicate, backwards=step.backwards):
                    found.add(quad)
                    end = quad.subject if step.backwards else quad.object
                    after.add((end, step.to))
            waiting += after - seen
            seen |= after
        return found

    def _readers_of(self, quads: Iterable[ox.Quad]) -> Iterator[_Place]:
        """Give the places that the changed triples are read from."""
        readers = self._reads.readers.of
        for quad in quads:
            for state, backwards in (*readers[quad.predicate.value], *readers[None]):
                node = quad.object if backwards else quad.subject
                yield node, state

    def _before(self, node: Term, state: int) -> Iterator[_Place]:
        """Give the places that lead to a place in one step or leap."""
        for source in self._reads.readers.leaps_into[state]:
            yield node, source
        for source, step in self._reads.readers.steps_into[state]:
            for quad in self._read(node, step.predicate, backwards=not step.backwards):
                start = quad.object if step.backwards else quad.subject
                yield start, source

    def _read(self, node: Term, predicate: str | None, *, backwards: bool) -> Iterable[ox.Quad]:
        name = None if predicate is None else ox.NamedNode(predicate)
        if backwards:
            return self._state.match(None, name, node)
        return self._state.match(node, name) if isinstance(node, ox.NamedNode) else ()

    def _shapes(self, node: Term) -> frozenset[int]:
        """Give the starts of the shapes that have a node among their targets."""
        if node not in self._shapes_of:
            self._shapes_of[node] = frozenset(self._targeting(node))
        return self._shapes_of[node]

    def _targeting(self, node: Term) -> Iterator[int]:
        if isinstance(node, ox.NamedNode):
            yield from self._by_node.get(node.value, ())
            about = list(self._state.match(node))
            for predicate in {quad.predicate.value for quad in about}:
                yield from self._by_subject.get(predicate, ())
            for cls in {str(quad.object) for quad in about if quad.predicate.value == TYPE}:
                for above in self._classes_above(cls):
                    yield from self._by_class.get(above, ())
        for predicate, starts in self._by_object.items():
            if any(True for _ in self._read(node, predicate, backwards=True)):
                yield from starts

    def _classes_above(self, cls: str) -> set[str]:
        """Give a class and those it is, directly or not, a subclass of, as N-Triples write them."""
        found = {cls}
        waiting = [cls]
        while waiting:
            above = self._superclasses.get(waiting.pop(), set()) - found
            found |= above
            waiting += above
        return found

    @cached_property
    def _superclasses(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self._state.match(predicate=_SUBCLASS):
            found[str(quad.subject)].add(str(quad.object))
        return found
