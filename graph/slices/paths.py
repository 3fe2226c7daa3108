"""Property paths as one automaton: which triples are read on the way from a focus node."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import URIRef
    from rdflib.paths import MulPath, Path


class Unsupported(Exception):
    """A shape reads in a way that is not followed; the reason says which."""


@dataclass(frozen=True)
class Step:
    """One triple to read from a node: `predicate` None is any; backwards means subjects."""

    predicate: str | None
    backwards: bool
    to: int


class Automaton:
    """States and the steps between them; where a path has come to is a state.

    It accepts exactly the paths that were added. A *leap* changes the state at the same node.
    """

    def __init__(self) -> None:
        """Start without states."""
        self.steps: list[dict[Step, None]] = []
        self.leaps: list[set[int]] = []
        self._taken: dict[tuple[int, str | None, bool], int] = {}

    def state(self) -> int:
        """Add a state that nothing leads to."""
        self.steps.append({})
        self.leaps.append(set())
        return len(self.steps) - 1

    def step(self, source: int, predicate: str | None, *, backwards: bool = False) -> int:
        """Read the triples with a predicate; the same step from one state leads to one state."""
        key = (source, predicate, backwards)
        if key not in self._taken:
            self._taken[key] = self.state()
            self.steps[source][Step(predicate, backwards, self._taken[key])] = None
        return self._taken[key]

    def follow(self, source: int, path: URIRef | Path, *, backwards: bool = False) -> int:
        """Add a path and give the state at its end (SPARQL 1.1, section 9; SHACL, section 2.3.1).

        Raises Unsupported for a negated property set.
        """
        from rdflib import URIRef, paths

        match path:
            case URIRef():
                return self.step(source, str(path), backwards=backwards)
            case paths.InvPath():
                return self.follow(source, path.arg, backwards=not backwards)
            case paths.SequencePath():
                for part in reversed(path.args) if backwards else path.args:
                    source = self.follow(source, part, backwards=backwards)
                return source
            case paths.AlternativePath():
                end = self.state()
                for part in path.args:
                    self.leaps[self.follow(source, part, backwards=backwards)].add(end)
                return end
            case paths.MulPath():
                return self._repeated(source, path, backwards=backwards)
        raise Unsupported(f"the path {path} is not followed")

    def _repeated(self, source: int, path: MulPath, *, backwards: bool) -> int:
        """Add a path with `?`, `*` or `+`; its end is a state of its own, so that loops stay in."""
        first = source if path.zero else self.follow(source, path.path, backwards=backwards)
        end = self.state()
        self.leaps[first].add(end)
        if path.more:
            self.leaps[self.follow(end, path.path, backwards=backwards)].add(end)
        elif path.zero:
            self.leaps[self.follow(source, path.path, backwards=backwards)].add(end)
        return end


class Readers:
    """The automaton turned round: who reads a triple, and from where the reader came."""

    def __init__(self, automaton: Automaton) -> None:
        """Index the steps by predicate, and steps and leaps by where they lead."""
        self.of: dict[str | None, list[tuple[int, bool]]] = defaultdict(list)
        self.steps_into: dict[int, list[tuple[int, Step]]] = defaultdict(list)
        self.leaps_into: dict[int, list[int]] = defaultdict(list)
        for source, steps in enumerate(automaton.steps):
            for step in steps:
                self.of[step.predicate].append((source, step.backwards))
                self.steps_into[step.to].append((source, step))
        for source, ends in enumerate(automaton.leaps):
            for end in ends:
                self.leaps_into[end].append(source)
