"""The jobs that read and evaluate what a client wants to change; none of them changes anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.candidate import Candidate
from graph.content import Content, addition, replacement
from graph.errors import NotFound, UnreadableInput
from graph.journal import Change
from graph.memory_store import MemoryStore
from graph.namespaces import DEFAULT, ID, PREFIXES, SV
from graph.rdf import nquads, read_nquads
from graph.rules import read_rules, rules_of
from graph.slices.verdict import judge_change
from graph.store import Store
from graph.update import Update, changes
from graph.validate import Finding
from graph.worker import Out
from graph.write import refuse_unknown_terms


@dataclass(frozen=True)
class Proposal:
    """What would change; `existed` tells whether the one graph it is about is there."""

    change: Change
    existed: bool = True


@dataclass(frozen=True)
class Evaluate:
    """Evaluates an update."""

    update: Update

    def run(self, store: Store, out: Out) -> None:
        """Send what it would change; raises as `changes` does."""
        _send(Proposal(changes(store, self.update)), out)


@dataclass(frozen=True)
class Replace:
    """Puts what is sent in the place of a graph."""

    graph: str
    content: Content

    def run(self, store: Store, out: Out) -> None:
        """Send what it would change; raises as `replacement` does."""
        graph = ox.NamedNode(self.graph)
        _send(Proposal(replacement(store, graph, self.content), holds(store, graph)), out)


@dataclass(frozen=True)
class Add:
    """Adds what is sent to a graph."""

    graph: str
    content: Content

    def run(self, store: Store, out: Out) -> None:
        """Send what it would change; raises as `addition` does."""
        graph = ox.NamedNode(self.graph)
        _send(Proposal(addition(store, graph, self.content), holds(store, graph)), out)


@dataclass(frozen=True)
class Delete:
    """Takes away a graph."""

    graph: str

    def run(self, store: Store, out: Out) -> None:
        """Send what it would change; raises NotFound for a graph that holds nothing."""
        graph = ox.NamedNode(self.graph)
        if not holds(store, graph):
            raise absent(self.graph)
        _send(Proposal(replacement(store, graph, None), True), out)


@dataclass(frozen=True)
class Validate:
    """Judges what is sent as if it were written, in the place of a graph or beside all there is.

    `shapes` are the texts of the shapes: a worker reads no file.
    """

    graph: str | None
    content: Content
    shapes: tuple[tuple[str, bytes], ...]

    def run(self, store: Store, out: Out) -> None:
        """Send the findings as a JSON array; raises as `replacement` and `judge_change` do."""
        if self.graph is None:
            change = addition(store, ox.NamedNode(DEFAULT), self.content)
        else:
            change = replacement(store, ox.NamedNode(self.graph), self.content)
        state = Candidate(store, change)
        refuse_unknown_terms(state)
        verdict = judge_change(state, rules_of(self.shapes))
        out.begin({})
        out.write(json.dumps([asdict(each) for each in verdict.findings]).encode())


def prepare_judge(shapes: Path | None) -> None:
    """Have the judge import, and compile the shapes of a folder, where files can be opened."""
    thing, kind = ox.NamedNode(ID + "thing"), ox.NamedNode(SV + "Commitment")
    broken = ox.Quad(thing, ox.NamedNode(PREFIXES["rdf"] + "type"), kind, ox.NamedNode(DEFAULT))
    # Shapes that cannot be used are told to those who write.
    with suppress(UnreadableInput):
        judge_change(Candidate(MemoryStore(), Change(adds=(broken,))), read_rules(shapes))


def findings(chunks: Iterable[bytes]) -> list[Finding]:
    """Read what Validate sent."""
    return [Finding(**each) for each in json.loads(b"".join(chunks))]


def holds(store: Store, graph: ox.NamedNode) -> bool:
    """Tell whether a graph is there; the default graph always is."""
    return graph.value == DEFAULT or any(True for _ in store.quads(graph))


def absent(graph: str) -> NotFound:
    """Say that a graph is not there."""
    return NotFound(
        f"there is no graph `{graph}`",
        hint="the service description at /sparql lists those there are",
    )


def _send(proposal: Proposal, out: Out) -> None:
    adds = nquads(proposal.change.adds).encode()
    out.begin({"adds": len(adds), "existed": proposal.existed})
    out.write(adds + nquads(proposal.change.removes).encode())


def received(head: Mapping[str, Any], chunks: Iterable[bytes]) -> Proposal:
    """Read what one of these jobs sent."""
    text, adds = b"".join(chunks), head["adds"]
    change = Change(read_nquads(text[:adds].decode()), read_nquads(text[adds:].decode()))
    return Proposal(change, head["existed"])
