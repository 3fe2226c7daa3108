"""The index in this process's memory; whatever is in it can be rebuilt from the journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, Self

import pyoxigraph as ox

from graph.errors import InvalidRequest
from graph.journal import Transaction
from graph.keywords import sees_named_graphs
from graph.malformed import malformed
from graph.namespaces import PREFIXES
from graph.results import Results
from graph.store import Graph, Term, is_derived

_MERGE: Final = ox.DefaultGraph()
_STRING = ox.NamedNode(PREFIXES["xsd"] + "string")


class MemoryStore:
    """A store in this process's memory.

    The engine's default graph holds the merge of all graphs. Its own union of them would match a
    triple once for each graph that states it, and so count it more than once. The engine goes
    through all quads with a term, of whatever graph; so it is faster where it has but the merge.
    """

    def __init__(self) -> None:
        """Start empty, at version 0."""
        self._index = ox.Store()
        self._merge: ox.Store | None = None
        self._head = 0
        self._changed: dict[str, datetime] = {}
        # The engine keeps "1.50" as "1.5". For each quad it changed: how the quad was written,
        # which may be in more ways than one.
        self._spellings: dict[ox.Quad, frozenset[ox.Quad]] = {}

    @classmethod
    def of(
        cls, quads: Iterable[ox.Quad], head: int, changed: Mapping[str, datetime] | None = None
    ) -> Self:
        """Fill a store with the quads there are after the transaction `head`, in one step.

        `changed` has when what is recorded of each subject last changed.
        """
        store = cls()
        store._change((), quads)
        store._head = head
        store._changed = dict(changed or {})
        # The first question after much was added takes the engine 0.7 µs a quad, whatever it asks:
        # asked here, it is paid once and not by each worker that is forked from this process.
        store.query("ASK {}")
        return store

    @property
    def head(self) -> int:
        """Give the number of the last transaction applied."""
        return self._head

    def apply(self, transaction: Transaction) -> None:
        """Take over the next transaction; readers see all of it or nothing."""
        if transaction.seq != self._head + 1:
            raise ValueError(f"transaction {transaction.seq} does not follow {self._head}")
        self._change(transaction.removes, transaction.adds)
        self._changed |= dict.fromkeys(transaction.subjects(), transaction.at)
        self._head = transaction.seq

    def changed(self, subject: str) -> datetime | None:
        """Give when what is recorded of a subject last changed, None for what was never said of."""
        return self._changed.get(subject)

    def _change(self, removes: Iterable[ox.Quad], adds: Iterable[ox.Quad]) -> None:
        ways: dict[ox.Quad, frozenset[ox.Quad]] = {}
        for quad in removes:
            indexed = _indexed(quad)
            ways[indexed] = ways.get(indexed, self._ways(indexed)) - {quad}
        for quad in adds:
            indexed = _indexed(quad)
            ways[indexed] = ways.get(indexed, self._ways(indexed)) | {quad}
        self._replace(
            [quad for quad in ways if not ways[quad]], [quad for quad in ways if ways[quad]]
        )
        for indexed, spellings in ways.items():
            if spellings - {indexed}:
                self._spellings[indexed] = spellings
            else:
                self._spellings.pop(indexed, None)

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
        bindings: Mapping[str, Term] | None = None,
        base: str | None = None,
    ) -> Results:
        """Answer a SPARQL 1.1 query as `Store.query` says."""
        chosen = default_graphs is not None or named_graphs is not None
        index = self._index
        if self._merge is not None and not chosen and not sees_named_graphs(text):
            index = self._merge
        try:
            found = index.query(
                text,
                base_iri=base,
                default_graph=[*(default_graphs or ())] if chosen else None,
                named_graphs=[*(named_graphs or ())] if chosen else None,
                substitutions={ox.Variable(name): term for name, term in (bindings or {}).items()},
            )
        except SyntaxError as error:
            raise malformed(error, text) from None
        except RuntimeError as error:
            raise _unanswerable(error) from None
        return Results(found)

    def index_merge(self) -> None:
        """Index the merge by itself as `Store.index_merge` says."""
        self._merge = ox.Store()
        self._merge.extend(self._index.quads_for_pattern(None, None, None, _MERGE))
        self._merge.query("ASK {}")

    def derive(self, removes: Iterable[ox.Quad], adds: Iterable[ox.Quad]) -> None:
        """Change derived graphs as `Store.derive` says."""
        _change(self._index, list(removes), list(adds))

    def graphs(self) -> list[ox.NamedNode]:
        """List the graphs of what is recorded that hold a quad, by IRI."""
        return [graph for graph in self._graphs() if not is_derived(graph)]

    def derived_graphs(self) -> list[ox.NamedNode]:
        """List the derived graphs that hold a quad, by IRI."""
        return [graph for graph in self._graphs() if is_derived(graph)]

    def _graphs(self) -> list[ox.NamedNode]:
        named = [each for each in self._index.named_graphs() if isinstance(each, ox.NamedNode)]
        return sorted((each for each in named if self._holds(each)), key=str)

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Give the quads of one graph, as they were written, or of all that is recorded."""
        for each in self.graphs() if graph is None else [graph]:
            for quad in self._index.quads_for_pattern(None, None, None, each):
                yield from self._spellings.get(quad, (quad,))

    def about(self, subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give what is recorded of a subject, as it was written."""
        for quad in self._index.quads_for_pattern(subject, None, None):
            if _is_recorded(quad.graph_name):
                yield from self._spellings.get(quad, (quad,))

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002
    ) -> list[ox.Quad]:
        """Give what is recorded with some of its terms given, as it was written."""
        return [
            written
            for quad in self._index.quads_for_pattern(subject, predicate, object)
            if _is_recorded(quad.graph_name)
            for written in self._spellings.get(quad, (quad,))
        ]

    def __contains__(self, quad: ox.Quad) -> bool:
        """Say whether exactly this quad is there, lexical form included."""
        return quad in self._ways(_indexed(quad))

    def _holds(self, graph: ox.NamedNode) -> bool:
        return next(iter(self._index.quads_for_pattern(None, None, None, graph)), None) is not None

    def _ways(self, indexed: ox.Quad) -> frozenset[ox.Quad]:
        if indexed not in self._index:
            return frozenset()
        return self._spellings.get(indexed) or frozenset((indexed,))

    def _replace(self, gone: Sequence[ox.Quad], come: Sequence[ox.Quad]) -> None:
        """Change each index in one step."""
        arriving = dict.fromkeys(quad.triple for quad in come)
        merged = [_in_merge(triple) for triple in arriving]
        leaving = set(gone)
        orphans = [
            _in_merge(quad.triple)
            for quad in leaving
            if quad.triple not in arriving and not self._stated_beside(quad, leaving)
        ]
        _change(self._index, [*leaving, *orphans], [*come, *merged])
        if self._merge is not None:
            _change(self._merge, orphans, merged)

    def _stated_beside(self, quad: ox.Quad, leaving: set[ox.Quad]) -> bool:
        """Tell whether a graph that stays states the triple of a quad that leaves."""
        stating = self._index.quads_for_pattern(quad.subject, quad.predicate, quad.object)
        return any(_is_recorded(other.graph_name) and other not in leaving for other in stating)


def _is_recorded(graph: Graph) -> bool:
    return graph != _MERGE and not is_derived(graph)


def _in_merge(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, _MERGE)


def _change(index: ox.Store, gone: Sequence[ox.Quad], come: Sequence[ox.Quad]) -> None:
    """Change an index in one step; `update` is the engine's only one that removes and adds."""
    if gone:
        index.update(f"DELETE DATA {{ {_data(gone)} }}; INSERT DATA {{ {_data(come)} }}")
    else:
        index.extend(come)


def _data(quads: Iterable[ox.Quad]) -> str:
    return "\n".join(
        f"{quad.triple} ."
        if quad.graph_name == _MERGE
        else f"GRAPH {quad.graph_name} {{ {quad.triple} }}"
        for quad in quads
    )


def _indexed(quad: ox.Quad) -> ox.Quad:
    """Give a quad as the engine keeps it."""
    literal = quad.object
    if not isinstance(literal, ox.Literal) or literal.language or literal.datatype == _STRING:
        return quad
    return ox.Quad(quad.subject, quad.predicate, _indexed_literal(literal), quad.graph_name)


@lru_cache(maxsize=65536)
def _indexed_literal(literal: ox.Literal) -> ox.Literal:
    scratch = ox.Store()
    scratch.add(ox.Quad(_STRING, _STRING, literal))
    (kept,) = scratch.quads_for_pattern(None, None, None)
    assert isinstance(kept.object, ox.Literal)
    return kept.object


def _unanswerable(error: RuntimeError) -> InvalidRequest:
    unprojected = re.search(r"does not contains? variable \?(\w+)", str(error))
    if unprojected:
        return InvalidRequest(
            f"`?{unprojected[1]}` cannot be given a value: the query does not project it",
            hint=f"add ?{unprojected[1]} to what it selects",
            line=1,
        )
    return InvalidRequest(f"the query cannot be answered: {error}", line=1)
