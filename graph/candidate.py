"""The quads there would be if a change were made; the store and its readers see none of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from graph.journal import Change
from graph.store import Store, Term


class Candidate:
    """A store with a change laid over it, to be looked at before it is made."""

    def __init__(self, store: Store, change: Change) -> None:
        """Index the change; what it adds may be there and what it removes may be absent."""
        self.store = store
        self.change = change
        self._removed = frozenset(change.removes)
        self._added_to: dict[Term, list[ox.Quad]] = defaultdict(list)
        self._added_at: dict[Term, list[ox.Quad]] = defaultdict(list)
        for quad in change.adds:
            self._added_to[quad.subject].append(quad)
            self._added_at[quad.object].append(quad)

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: Term | None = None,  # noqa: A002
    ) -> Iterator[ox.Quad]:
        """Give the quads with some of their terms, as `Store.match` does; one may come twice."""
        for quad in self.store.match(subject, predicate, object):
            if quad not in self._removed:
                yield quad
        for quad in self._added(subject, object):
            if (
                (subject is None or quad.subject == subject)
                and (predicate is None or quad.predicate == predicate)
                and (object is None or quad.object == object)
            ):
                yield quad

    def quads(self) -> Iterator[ox.Quad]:
        """Give every quad once."""
        kept = set(self.change.adds)
        for quad in self.store.quads():
            if quad not in self._removed and quad not in kept:
                yield quad
        yield from self.change.adds

    def _added(self, subject: Term | None, item: Term | None) -> Sequence[ox.Quad]:
        if subject is not None:
            return self._added_to.get(subject, ())
        if item is not None:
            return self._added_at.get(item, ())
        return self.change.adds
