"""The graph at one version, read for judging; the latest is kept, so that it is read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from api.labels import Naming, best, naming
from graph.model import Id, Model
from graph.query import NamedQuery, find, run
from graph.read import Reader
from graph.triples import Triples

if TYPE_CHECKING:
    from graph.store import Store

_PARTICULARS: Final = "gap-matrix"
# What that query names beside its particulars.
_NO_PARTICULARS: Final = ("commitment", "commitmentLabel")
_ENGLISH: Final = "en"


@dataclass(frozen=True)
class Snapshot:
    """A version of the graph: its model, and what the semantics does not need.

    `triples` hold domains, paragraphs and quotations, `naming` what gives things their labels.
    """

    version: int
    store: Store
    model: Model
    triples: Triples
    naming: tuple[Naming, ...]
    _names: dict[str, Mapping[Id, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Snapshot:
        """Read a store; raises UnreadableInput for what cannot be judged."""
        version, quads = store.head, list(store.quads())
        triples = Triples.of(quads)
        return cls(
            version=version,
            store=store,
            model=Reader(triples).model(),
            triples=triples,
            naming=tuple(naming(quads)),
        )

    def names(self, language: str) -> Mapping[Id, str]:
        """Give the labels of things in a language, else in English, else in any."""
        known = language if language in self._languages else _ENGLISH
        if known not in self._names:
            self._names[known] = best(self.naming, known)
        return self._names[known]

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(label.language or "" for _, _, label in self.naming)

    @cached_property
    def particulars(self) -> Mapping[Id, Mapping[str, str]]:
        """Give for each commitment the particulars that are stated, open or not recorded."""
        results = run(self.store, particulars_query(), {})
        names = [name for name in results.variables if name not in _NO_PARTICULARS]
        return {
            row["commitment"].value: {name: row[name].value for name in names}
            for row in results.rows()
        }


@cache
def particulars_query() -> NamedQuery:
    """Read the query for particulars, once: where it is asked later, no file can be opened."""
    return find(_PARTICULARS)


class Latest:
    """Keeps the snapshot of a store's latest version, and no older one."""

    def __init__(self, store: Store) -> None:
        """Begin without a snapshot: reading the graph is left to the first question."""
        self._store = store
        self._lock = Lock()
        self._kept: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """Give the snapshot; reads the graph if it has changed since the last time."""
        with self._lock:
            if self._kept is None or self._kept.version != self._store.head:
                self._kept = None
                self._kept = Snapshot.of(self._store)
            return self._kept
