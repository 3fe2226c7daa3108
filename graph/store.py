"""What any index that answers SPARQL does; it is not the truth, which is the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias

import pyoxigraph as ox

from graph.journal import Transaction
from graph.namespaces import DERIVED
from graph.results import Results

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Graph: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class Store(Protocol):
    """An index of the quads of a journal up to the transaction `head`."""

    @property
    def head(self) -> int:
        """Give the number of the last transaction applied."""

    def apply(self, transaction: Transaction) -> None:
        """Take over the next transaction; readers see all of it or nothing."""

    def query(
        self,
        text: str,
        *,
        default_graphs: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
        bindings: Mapping[str, Term] | None = None,
        base: str | None = None,
    ) -> Results:
        """Answer a SPARQL 1.1 query on one consistent state.

        The default graph is the merge of all graphs, unless the query names graphs after FROM or
        the caller does, whose word counts (SPARQL 1.1 Protocol, section 2.1.4). `bindings` fix
        projected variables; relative IRIs are resolved against `base`. Raises InvalidRequest for a
        malformed query and for a binding of a variable that is not projected. The text is trusted:
        see `graph.guard` for texts that are not.
        """

    def index_merge(self) -> None:
        """Answer what names no graph from an index of its own from now on, which is faster.

        It takes half as much memory again.
        """

    def derive(self, removes: Iterable[ox.Quad], adds: Iterable[ox.Quad]) -> None:
        """Change derived graphs, in one step.

        They are found by GRAPH and FROM alone: neither the merge nor what lists, gives or exports
        what is recorded takes them in.
        """

    def graphs(self) -> list[ox.NamedNode]:
        """List the graphs of what is recorded that hold a quad, by IRI."""

    def derived_graphs(self) -> list[ox.NamedNode]:
        """List the derived graphs that hold a quad, by IRI."""

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Give the quads of one graph, as they were written, or of all that is recorded."""

    def about(self, subject: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give what is recorded of a subject, as it was written."""

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002
    ) -> list[ox.Quad]:
        """Give what is recorded with some of its terms given, as it was written.

        A literal matches other ways to write it if the index keeps them as one.
        """

    def changed(self, subject: str) -> datetime | None:
        """Give when what is recorded of a subject last changed, None for what nothing is said of.

        That is the time of the transaction (UTC), whatever day the change speaks of.
        """

    def __contains__(self, quad: ox.Quad) -> bool:
        """Say whether exactly this quad is there, lexical form included."""


def is_derived(graph: Graph) -> bool:
    """Tell whether a graph holds what is worked out, and not what is recorded."""
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(DERIVED)
