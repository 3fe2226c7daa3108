"""The whole graph at a glance: states by actor, and what commitments lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from api.asked import Columns
from api.jobs.job import Job
from api.situation import Json, Situation
from graph.gaps import absent
from graph.model import Id, State, Undertaking, UndertakingKind

_NONE = "none stated"


Counts = dict[tuple[Id, Id | None], Counter[State]]


@dataclass(frozen=True)
class Matrix(Job):
    """How many undertakings of each named actor are in which state, by domain or component.

    One of two domains counts in both.
    """

    columns: Columns = Columns.domain

    def answer(self, situation: Situation) -> Json:
        """Answer with the cells that are not empty; column null takes what has no other."""
        cells = [
            {
                "actor": actor,
                "label": situation.name(actor),
                "column": column,
                "columnLabel": _NONE if column is None else situation.name(column),
                "states": {state.value: found[state] for state in State if state in found},
            }
            for (actor, column), found in self._counts(situation).items()
        ]
        return {"columns": self.columns.value, "cells": cells}

    def _counts(self, situation: Situation) -> Counts:
        counts: Counts = defaultdict(Counter)
        of = domains if self.columns is Columns.domain else components
        for undertaking in situation.model.undertakings.values():
            within: list[Id | None] = list(dict.fromkeys(of(situation, undertaking.id)))
            for debtor, state in states(situation, undertaking).items():
                for column in within or (None,):
                    counts[debtor, column][state] += 1
        return counts


def states(situation: Situation, undertaking: Undertaking) -> dict[Id, State]:
    """Give the state of an undertaking for each named debtor."""
    of, day = situation.lifecycle, situation.as_of
    return {
        debtor: of.phase(undertaking.id, debtor, day).standing.state
        for debtor in undertaking.debtors
    }


def components(situation: Situation, undertaking: Id) -> tuple[Id, ...]:
    """Give the components of an undertaking."""
    return situation.triples.ids(undertaking, "component")


def domains(situation: Situation, undertaking: Id) -> Iterator[Id]:
    """Give the domains of the components of an undertaking and of its content."""
    contents = situation.triples.ids(undertaking, "content")
    for part in (*components(situation, undertaking), *contents):
        yield from situation.triples.ids(part, "domain")


@dataclass(frozen=True)
class Gaps(Job):
    """What does each commitment lack, and what are its texts known to leave open."""

    def answer(self, situation: Situation) -> Json:
        """Answer for every commitment, with where it stands."""
        commitments = [
            {
                "commitment": each.id,
                "label": situation.name(each.id),
                "distribution": _distribution(situation, each),
                "absent": [particular.value for particular in absent(each)],
                "particulars": dict(situation.snapshot.particulars.get(each.id, {})),
            }
            for each in situation.model.undertakings.values()
            if each.kind is UndertakingKind.COMMITMENT
        ]
        return {"commitments": commitments}


def _distribution(situation: Situation, undertaking: Undertaking) -> str:
    found = states(situation, undertaking).values()
    return situation.sentences.distribution(found, undertaking.unnamed)
