"""Evidence as arrays, grouped by what is judged from it: a matter, or an authority's word on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from typing import Final

import numpy as np

from graph.model import Id, MatterKind, Model
from graph.timeline import NEVER, Span
from graph.vectorised.codes import Days, Marks, Places

NOBODY: Final = -1
"""Stands for an authority that is not named."""

UNHEARD: Final = -2
"""Stands for an authority that said nothing at all."""

LOWEST: Final = np.int64(-(2**62))
"""The rank of a claim that no source stands behind."""

_OPEN: Final = Span(NEVER, NEVER)


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

    def __getitem__(self, chosen: Places | slice) -> Spans:
        """Give some of the spans."""
        return Spans(self.earliest[chosen], self.latest[chosen])


@dataclass(frozen=True)
class Sources:
    """The sources of all claims: a place for each pair of a claim and one of its sources."""

    claim: Places
    source: Places
    rank: Places
    names: tuple[Id, ...]

    @classmethod
    def of(cls, model: Model) -> Sources:
        """Write the sources of the claims of a model as arrays."""
        each = [claim.sources for claim in model.evidence]
        source, names = numbered(one for sources in each for one in sources)
        ranks = np.array([model.ranks.get(one, 0) for one in names], dtype=np.int64)
        return cls(_owners(each), source, ranks[source], tuple(names))

    def ranked(self, allowed: frozenset[Id] | None, size: int) -> tuple[Marks, Places]:
        """Mark the claims that a source that counts stands behind, and give their highest rank."""
        counts = np.array([allowed is None or one in allowed for one in self.names], dtype=np.bool_)
        chosen = np.flatnonzero(counts[self.source])
        rank = np.full(size, LOWEST)
        np.maximum.at(rank, self.claim[chosen], self.rank[chosen])
        return rank > LOWEST, rank


def _owners(each: Sequence[Sized]) -> Places:
    """Give the place of the owner of each of the things in some collections."""
    sizes = np.fromiter(map(len, each), np.int64, len(each))
    return np.repeat(np.arange(len(each), dtype=np.int64), sizes)


@dataclass(frozen=True)
class Evidences:
    """All claims of a model, a place for each."""

    holds: Marks
    open: Marks
    since: Spans
    until: Spans
    published: Days
    sources: Sources

    @classmethod
    def of(cls, model: Model) -> Evidences:
        """Write the claims of a model as arrays."""
        claims, size = model.evidence, len(model.evidence)
        until = [claim.until for claim in claims]
        return cls(
            np.fromiter(map(attrgetter("holds"), claims), np.bool_, size),
            np.fromiter((end is None for end in until), np.bool_, size),
            Spans.of([claim.since for claim in claims]),
            Spans.of([end or _OPEN for end in until]),
            np.fromiter(map(attrgetter("published.latest"), claims), np.int32, size),
            Sources.of(model),
        )


def numbered(names: Iterable[Id]) -> tuple[Places, dict[Id, int]]:
    """Give each name the number of its first appearance."""
    numbers: dict[Id, int] = defaultdict(count().__next__)
    places = np.array([numbers[name] for name in names], dtype=np.int64)
    return places, dict(numbers)


@dataclass(frozen=True)
class Groups:
    """Which claims belong to which group, and how a group is judged."""

    members: Places
    bounds: Places
    event: Marks
    approval: Marks
    monitored: Marks


class Grouping:
    """Numbers groups of claims as they are first asked for."""

    def __init__(self, model: Model) -> None:
        """Begin with no group."""
        self._model = model
        self._numbers: dict[tuple[Id, Id | None], int] = {}

    def of(self, matter: Id, authority: Id | None) -> int:
        """Give the group of a matter, or of one authority's word on it."""
        return self._numbers.setdefault((matter, authority), len(self._numbers))

    def arrays(self) -> Groups:
        """Give what was numbered."""
        group, members = self._about()
        said = self._said(group, members)
        bounds = np.zeros(len(self._numbers) + 1, dtype=np.int64)
        np.cumsum(np.bincount(group[said], minlength=len(self._numbers)), out=bounds[1:])
        return Groups(members[said], bounds, *self._kinds())

    def _about(self) -> tuple[Places, Places]:
        """Give the claims about the matter of each group, each with its group."""
        matter, matters = numbered(claim.matter for claim in self._model.evidence)
        # One place more, at the end, is that of the matters without a claim.
        sizes = np.bincount(matter, minlength=len(matters) + 1)
        ends = np.cumsum(sizes)
        wanted = (matters.get(name, len(matters)) for name, _ in self._numbers)
        about = np.fromiter(wanted, np.int64, len(self._numbers))
        size = sizes[about]
        group = np.repeat(np.arange(len(about), dtype=np.int64), size)
        shift = np.repeat(ends[about] - np.cumsum(size), size)
        return group, np.argsort(matter, kind="stable")[shift + np.arange(len(group))]

    def _said(self, group: Places, members: Places) -> Marks:
        """Mark what an authority said itself, and everything where none is named."""
        each = [claim.speakers for claim in self._model.evidence]
        speaker, speakers = numbered(one for several in each for one in several)
        wanted = (
            NOBODY if authority is None else speakers.get(authority, UNHEARD)
            for _, authority in self._numbers
        )
        authority = np.fromiter(wanted, np.int64, len(self._numbers))[group]
        said: Marks = authority == NOBODY
        asked = np.flatnonzero(authority >= 0)
        words = _owners(each) * len(speakers) + speaker
        said[asked] = np.isin(members[asked] * len(speakers) + authority[asked], words)
        return said

    def _kinds(self) -> tuple[Marks, Marks, Marks]:
        kinds, known = [], self._model.matters
        for name, authority in self._numbers:
            about = known.get(name)
            kind = MatterKind.STATE if about is None or authority is not None else about.kind
            watched = about is not None and about.monitored
            kinds.append((kind is MatterKind.EVENT, kind is MatterKind.APPROVAL, watched))
        event, approval, monitored = np.array(kinds, dtype=np.bool_).reshape(-1, 3).T
        return event, approval, monitored
