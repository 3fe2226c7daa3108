"""Counts what a list has by what its items have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from api.jobs.listed import Listed
from api.situation import Json, Situation


class Facet(StrEnum):
    """What undertakings can be counted by."""

    debtor = "debtor"
    creditor = "creditor"
    domain = "domain"
    component = "component"
    instrument = "instrument"
    binding = "binding"
    kind = "kind"
    state = "state"


_VALUES: Final[Mapping[Facet, Callable[[Listed], Collection[str]]]] = {
    Facet.debtor: lambda row: row.debtors,
    Facet.creditor: lambda row: row.of.creditors,
    Facet.domain: lambda row: row.domains,
    Facet.component: lambda row: row.components,
    Facet.instrument: lambda row: row.instruments,
    Facet.binding: lambda row: row.forces,
    Facet.kind: lambda row: (row.of.kind.value,),
    Facet.state: lambda row: [state.value for state in row.states.values()],
}
_WORDS: Final = frozenset({Facet.kind, Facet.state})


def facets(situation: Situation, rows: Sequence[Listed], wanted: Iterable[str]) -> Json:
    """Count the undertakings of a list by each wanted facet; one of two values counts for both."""
    found = {}
    for facet in map(Facet, wanted):
        named = (lambda word: word) if facet in _WORDS else situation.name
        found[facet.value] = counted((_VALUES[facet](row) for row in rows), named)
    return found


def counted(values: Iterable[Iterable[str]], named: Callable[[str], str]) -> list[Json]:
    """Count how many items have each value, those first that most have."""
    counts = Counter(value for each in values for value in set(each))
    shown = [{"value": each, "label": named(each), "count": counts[each]} for each in counts]
    return sorted(shown, key=lambda one: (-one["count"], one["label"].casefold(), one["value"]))
