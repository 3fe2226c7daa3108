"""Evidence as arrays, grouped by what is judged from it: a matter, or an authority's word on it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from typing import Final

import numpy as np

from graph.model import Evidence, Id, Matter, MatterKind
from graph.timeline import NEVER, Span
from graph.vectorised.codes import Days, Marks, Numbers, Places

NOBODY: Final = -1
"""Stands for an authority that is not named."""

_OPEN: Final = Span(NEVER, NEVER)
_EVENT, _APPROVAL, _MONITORED = 1, 2, 4
"""How a matter is judged, as bits."""


@dataclass(frozen=True)
class Spans:
    """Spans of days, end by end."""

    earliest: Days
    latest: Days

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Spans:
        """Write spans as arrays."""
        ends = (map(attrgetter(end), spans) for end in ("earliest", "latest"))
        return cls(*(np.fromiter(days, np.int32, len(spans)) for days in ends))

    def __getitem__(self, chosen: Places | Numbers | slice) -> Spans:
        """Give some of the spans."""
        return Spans(self.earliest[chosen], self.latest[chosen])


@dataclass(frozen=True)
class Evidences:
    """All claims, a place for each; `source` is the place of all its sources in `sources`."""

    holds: Marks
    open: Marks
    since: Spans
    until: Spans
    published: Days
    source: Numbers
    sources: tuple[tuple[Id, ...], ...]
    ranks: Mapping[Id, int]

    def rank_of(self, source: Id) -> int:
        """Give the weight of a source."""
        return self.ranks.get(source, 0)


@dataclass(frozen=True)
class Groups:
    """Which claims belong to which group, and how a group is judged."""

    members: Numbers
    bounds: Places
    event: Marks
    approval: Marks
    monitored: Marks


class Grouping:
    """Numbers matters and claims as they come, and groups of claims as they are asked for."""

    def __init__(self) -> None:
        """Begin with no group."""
        self._matters: dict[Id, int] = {}
        self._words: defaultdict[Id, dict[Id, int]] = defaultdict(dict)
        self._authorities: defaultdict[Id, int] = defaultdict(count().__next__)
        self._speakers: defaultdict[tuple[Id, ...], int] = defaultdict(count().__next__)
        self._sources: defaultdict[tuple[Id, ...], int] = defaultdict(count().__next__)
        # A place for each group.
        self._about, self._authority, self._kind = array("i"), array("i"), array("b")
        # A place for each claim.
        self._matter, self._speaker, self._source = array("i"), array("i"), array("i")
        self._holds, self._open = bytearray(), bytearray()
        self._since, self._until = (array("i"), array("i")), (array("i"), array("i"))
        self._published = array("i")

    def learn(self, matters: Iterable[Matter], claims: Sequence[Evidence]) -> None:
        """Take in matters, and claims about them or about matters that were taken in before."""
        for matter in matters:
            self._kind[self.of(matter.id)] = _kind(matter)
        since = [claim.since for claim in claims]
        until = [claim.until or _OPEN for claim in claims]
        self._matter.fromlist([self.of(claim.matter) for claim in claims])
        self._speaker.fromlist([self._speakers[claim.speakers] for claim in claims])
        self._source.fromlist([self._sources[claim.sources] for claim in claims])
        self._holds.extend([claim.holds for claim in claims])
        self._open.extend([claim.until is None for claim in claims])
        self._published.fromlist([claim.published.latest for claim in claims])
        for spans, (earliest, latest) in ((since, self._since), (until, self._until)):
            earliest.fromlist([span.earliest for span in spans])
            latest.fromlist([span.latest for span in spans])

    def of(self, matter: Id) -> int:
        """Give the group of the claims about a matter."""
        group = self._matters.get(matter)
        if group is None:
            group = self._matters[matter] = self._group(len(self._about), NOBODY, 0)
        return group

    def word(self, matter: Id, authority: Id) -> int:
        """Give the group of what an authority said of a matter; its latest word counts."""
        said, about = self._words[authority], self.of(matter)
        if matter not in said:
            watched = self._kind[about] & _MONITORED
            said[matter] = self._group(about, self._authorities[authority], watched)
        return said[matter]

    def is_event(self, matter: Id) -> bool:
        """Tell whether something is known as an event: it may be a condition, or nothing known."""
        group = self._matters.get(matter)
        return group is not None and bool(self._kind[group] & _EVENT)

    def monitored(self, matter: Id) -> bool:
        """Tell whether no news of a matter is news that it is not so."""
        return bool(self._kind[self.of(matter)] & _MONITORED)

    def _group(self, about: int, authority: int, kind: int) -> int:
        self._about.append(about)
        self._authority.append(authority)
        self._kind.append(kind)
        return len(self._about) - 1

    def evidence(self, ranks: Mapping[Id, int]) -> Evidences:
        """Give all claims that were taken in."""
        return Evidences(
            np.frombuffer(self._holds, np.bool_),
            np.frombuffer(self._open, np.bool_),
            Spans(*(np.frombuffer(days, np.int32) for days in self._since)),
            Spans(*(np.frombuffer(days, np.int32) for days in self._until)),
            np.frombuffer(self._published, np.int32),
            np.frombuffer(self._source, np.int32),
            tuple(self._sources),
            ranks,
        )

    def groups(self) -> Groups:
        """Give what was numbered."""
        group, members = self._members()
        said = self._said(group, members)
        bounds = np.zeros(len(self._about) + 1, dtype=np.int64)
        np.cumsum(np.bincount(group[said], minlength=len(self._about)), out=bounds[1:])
        kind = np.frombuffer(self._kind, np.int8)
        bits = (kind & bit != 0 for bit in (_EVENT, _APPROVAL, _MONITORED))
        return Groups(members[said], bounds, *bits)

    def _said(self, group: Numbers, members: Numbers) -> Marks:
        """Mark what an authority said, alone or with others, and all where none is named."""
        authority = np.frombuffer(self._authority, np.int32)[group].astype(np.int64)
        said: Marks = authority == NOBODY
        asked, size = np.flatnonzero(~said), len(self._authorities)
        speakers = np.frombuffer(self._speaker, np.int32)[members[asked]].astype(np.int64)
        words = [
            number * size + self._authorities[name]
            for names, number in self._speakers.items()
            for name in names
            if name in self._authorities
        ]
        said[asked] = np.isin(speakers * size + authority[asked], words)
        return said

    def _members(self) -> tuple[Numbers, Numbers]:
        """Give the claims about the matter of each group, each with its group."""
        matter = np.frombuffer(self._matter, np.int32)
        about = np.frombuffer(self._about, np.int32)
        sizes = np.bincount(matter, minlength=len(about))
        ends = np.cumsum(sizes)
        size = sizes[about]
        group = np.repeat(np.arange(len(about), dtype=np.int32), size)
        shift = np.repeat(ends[about] - np.cumsum(size), size)
        order = np.argsort(matter, kind="stable").astype(np.int32)
        return group, order[shift + np.arange(len(group))]


def _kind(matter: Matter) -> int:
    watched = _MONITORED if matter.monitored else 0
    if matter.kind is MatterKind.EVENT:
        return watched | _EVENT
    return watched | _APPROVAL if matter.kind is MatterKind.APPROVAL else watched
