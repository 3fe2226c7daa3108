"""The whole graph at a glance: states by actor, and what commitments lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from api.asked import Columns
from api.jobs.job import Job
from api.situation import Json, Situation
from graph.gaps import absent
from graph.model import Id, State, Undertaking, UndertakingKind
from graph.namespaces import SV

_NONE = "none stated"


@dataclass
class _Cell:
    """How many undertakings are in which state, and so many of them say no."""

    states: Counter[State] = field(default_factory=Counter)
    declined: Counter[State] = field(default_factory=Counter)


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
                "states": _counted(cell.states),
                "declined": _counted(cell.declined),
            }
            for (actor, column), cell in self._cells(situation).items()
        ]
        return {
            "columns": self.columns.value,
            "states": _counted(Counter(situation.states.values())),
            "cells": cells,
        }

    def _cells(self, situation: Situation) -> dict[tuple[Id, Id | None], _Cell]:
        cells: dict[tuple[Id, Id | None], _Cell] = defaultdict(_Cell)
        of = domains if self.columns is Columns.domain else components
        for undertaking in situation.model.undertakings.values():
            within: list[Id | None] = list(dict.fromkeys(of(situation, undertaking.id)))
            restraint = _is_plan_not_to(situation, undertaking)
            for debtor, state in states(situation, undertaking).items():
                declines = restraint or undertaking.excludes(debtor)
                for column in within or (None,):
                    cell = cells[debtor, column]
                    cell.states[state] += 1
                    if declines:
                        cell.declined[state] += 1
        return cells


def _is_plan_not_to(situation: Situation, undertaking: Undertaking) -> bool:
    """Tell a declared plan to refrain from something; a promise to refrain is a promise."""
    if undertaking.kind is not UndertakingKind.INTENTION:
        return False
    contents = situation.triples.ids(undertaking.id, "content")
    return any(SV + "Restraint" in situation.triples.ids(each, "actionType") for each in contents)


def _counted(found: Counter[State]) -> dict[str, int]:
    return {state.value: found[state] for state in State if state in found}


def states(situation: Situation, undertaking: Undertaking) -> dict[Id, State]:
    """Give the state of an undertaking for each named debtor."""
    return {debtor: situation.states[undertaking.id, debtor] for debtor in undertaking.debtors}


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
