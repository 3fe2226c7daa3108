"""Reads the elements of a graph, and after a change those again whose reading looked at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from graph.elements import Element, Elements, Key, Kind, Reservations
from graph.errors import UnreadableInput
from graph.model import Id
from graph.read import CROWDS, MATTERS, Reader, members_of
from graph.store import Store
from graph.trees import KINDS
from graph.triples import Triples

_CLASSES: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.UNDERTAKING: frozenset(KINDS),
    Kind.MATTER: frozenset(MATTERS),
    Kind.NEEDS: frozenset(MATTERS),
    Kind.EVIDENCE: frozenset({"Evidence"}),
    Kind.RANK: frozenset({"Source"}),
    Kind.POWER: frozenset({"Power"}),
    Kind.ACT: frozenset({"Act"}),
    Kind.PROVISION: frozenset({"Provision"}),
    Kind.CONSENT: frozenset({"Consents"}),
    Kind.READING: frozenset({"Reading"}),
    Kind.RESERVATIONS: frozenset({"Adherence"}),
}
_BUILD: Final[Mapping[Kind, Callable[[Reader, Id], Element | None]]] = {
    Kind.UNDERTAKING: Reader.undertaking,
    Kind.MATTER: Reader.matter,
    Kind.NEEDS: lambda reader, iri: reader.matter(iri).enabled_when or None,
    Kind.EVIDENCE: Reader.evidence,
    Kind.RANK: Reader.rank,
    Kind.POWER: Reader.power,
    Kind.ACT: Reader.act,
    Kind.PROVISION: Reader.provision,
    Kind.CONSENT: Reader.consents_when,
    Kind.READING: Reader.reading,
    Kind.RESERVATIONS: lambda reader, iri: Reservations.of(reader.reservations(iri)),
}


class Following:
    """The elements of a store's graph, kept in step with it.

    `faults` holds what could not be read; it is left out of the elements until it is mended.
    """

    def __init__(self, store: Store) -> None:
        """Read everything that is recorded."""
        self._store = store
        self._triples = Triples.of(store.quads())
        self._reader = _reader(self._triples)
        self._readers: defaultdict[str, set[Key]] = defaultdict(set)
        self._seen: dict[Key, frozenset[str]] = {}
        self.elements = Elements()
        self.faults: dict[Key, UnreadableInput] = {}
        for actor, groups in self._reader.groups.items():
            self.elements.put((Kind.GROUPS, actor), groups)
        for subject in list(self._triples.types):
            for key in self._keys(subject):
                self._read(key)

    def follow(self, subjects: Iterable[Id]) -> frozenset[Id]:
        """Read again what looked at some subjects; give the names that changed thereby."""
        looked_at: set[str] = set()
        touched: set[Id] = set()
        memberships = False
        for subject in subjects:
            old = (self._triples.ids(subject, "memberOf"), self._triples.classes(subject) & CROWDS)
            if self._triples.replace(subject, self._store.about(ox.NamedNode(subject))):
                looked_at.add(subject)
                new = self._triples.ids(subject, "memberOf")
                memberships |= old != (new, self._triples.classes(subject) & CROWDS)
                memberships |= bool(old[0] or new)
        if memberships:
            touched |= self._regroup(looked_at)
        again = {key for name in looked_at for key in self._readers.get(name, ())}
        again |= {key for subject in looked_at for key in self._keys(subject)}
        for key in again:
            touched |= self._read(key)
        return frozenset(touched)

    def _regroup(self, looked_at: set[str]) -> set[Id]:
        """Work memberships out anew; what read a list of members that differs is to be read again.

        They are few beside the rest, and each may reach through any number of groups.
        """
        old, self._reader = self._reader, _reader(self._triples)
        new, touched = self._reader, set[Id]()
        for actor in old.groups.keys() | new.groups.keys():
            touched |= self.elements.put((Kind.GROUPS, actor), new.groups.get(actor))
        for crowd in old.named_members.keys() | new.named_members.keys():
            if old.named_members.get(crowd) != new.named_members.get(crowd):
                looked_at.add(members_of(crowd))
        return touched

    def _keys(self, subject: Id) -> Iterator[Key]:
        classes = self._triples.classes(subject)
        return ((kind, subject) for kind, named in _CLASSES.items() if classes & named)

    def _read(self, key: Key) -> frozenset[Id]:
        """Build one element, or take it away, and remember what this looked at."""
        kind, iri = key
        self.faults.pop(key, None)
        self._triples.seen.clear()
        element = None
        if self._triples.classes(iri) & _CLASSES[kind]:
            try:
                element = _BUILD[kind](self._reader, iri)
            except UnreadableInput as error:
                self.faults[key] = error
        self._remember(key, frozenset(self._triples.seen))
        return self.elements.put(key, element)

    def _remember(self, key: Key, seen: frozenset[str]) -> None:
        for name in self._seen.pop(key, frozenset()) - seen:
            self._readers[name].discard(key)
        for name in seen:
            self._readers[name].add(key)
        self._seen[key] = seen


def _reader(triples: Triples) -> Reader:
    """Give a reader that knows the memberships of now, whatever becomes of the triples."""
    reader = Reader(triples)
    _ = reader.named_members
    return reader
