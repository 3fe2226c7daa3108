"""The graph at one version, read for judging; the latest is kept, so that it is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import product
from threading import Lock, get_ident
from typing import TYPE_CHECKING, Any, Final, TypeVar

from api.labels import Naming, best, naming
from graph.claims import Rule
from graph.derived import View
from graph.label_search import LabelIndex
from graph.model import Evidence, Id, Model
from graph.query import NamedQuery, find, run
from graph.read import Reader
from graph.triples import Triples
from graph.vectorised.compiler import compiled
from graph.vectorised.program import Program

if TYPE_CHECKING:
    from graph.store import Store

T = TypeVar("T")
_PARTICULARS: Final = "gap-matrix"
# What that query names beside its particulars.
_NO_PARTICULARS: Final = ("commitment", "commitmentLabel")
_ENGLISH: Final = "en"
_TURNING_DAYS: Final = """
    PREFIX sv: <https://w3id.org/servanda/ns#>
    SELECT DISTINCT ?from WHERE {{
        GRAPH {graph} {{ ?phase sv:ofCommitment ?commitment ; sv:from ?from }}
    }}"""

# Of so many worlds it is kept what was derived in them.
_MOST_KEPT: Final = 8


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
    _derived: dict[Hashable, Any] = field(default_factory=dict)
    _turning_days: dict[str, Sequence[date]] = field(default_factory=dict)

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

    def labelled(self) -> Iterator[tuple[Id, str]]:
        """Give every label of every thing, in every language."""
        return ((subject.value, label.value) for subject, _, label in self.naming)

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(label.language or "" for _, _, label in self.naming)

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what was derived for an earlier question, else make it; the last are kept.

        Each thread has its own: what standings hold while they settle a question is provisional.
        """
        own = (get_ident(), key)
        found: T = self._derived.pop(own, None) or make()
        self._derived[own] = found
        for oldest in list(self._derived)[:-_MOST_KEPT]:
            self._derived.pop(oldest, None)
        return found

    @cached_property
    def program(self) -> Program:
        """Give the undertakings of the model as they are judged all at once."""
        return compiled(self.model)

    def turning_days(self, rule: str) -> Sequence[date]:
        """Give the days on which a phase begins by all that is recorded, under a source policy.

        There are none where the graph has no derived graphs.
        """
        if rule not in self._turning_days:
            rows = self.store.query(_TURNING_DAYS.format(graph=View(Rule(rule)).graph)).rows()
            days = {row["from"].value[:10] for row in rows}
            self._turning_days[rule] = sorted(map(date.fromisoformat, days))
        return self._turning_days[rule]

    @cached_property
    def claims(self) -> Mapping[Id, Evidence]:
        """Give the claims by their names."""
        return {claim.id: claim for claim in self.model.evidence}

    @cached_property
    def adherences(self) -> Mapping[tuple[Id, Id], Sequence[Id]]:
        """Give the adherences of a party to a text, by the text and the party."""
        found = defaultdict[tuple[Id, Id], list[Id]](list)
        of = self.triples
        for each in of.a("Adherence"):
            for text, party in product(of.ids(each, "adheresTo"), of.ids(each, "party")):
                found[text, party].append(each)
        return found

    @cached_property
    def labels(self) -> LabelIndex:
        """Index the labels, for searching."""
        return LabelIndex.of(self.store)

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
