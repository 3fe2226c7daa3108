"""Writes as JSON what a debtor owes under an undertaking, and by which event."""

from __future__ import annotations

from api.situation import Json, Situation, shown_day
from graph.model import Id
from graph.obligations import Obligation, obligations
from graph.sentences import remarks
from graph.standing import Phase, Standing
from graph.timeline import NEVER, Span


def obligations_json(situation: Situation, undertaking: Id, debtor: Id) -> list[Json]:
    """Give the obligations that have begun, or may have, by the day asked about."""
    return [
        _obligation(situation, each, standing)
        for each in obligations(situation.lifecycle, undertaking, debtor)
        if (standing := each.standing(situation.as_of)) is not None
    ]


def _obligation(situation: Situation, obligation: Obligation, standing: Standing) -> Json:
    trigger = obligation.trigger
    of = obligation.undertaking, obligation.debtor, situation.as_of
    return {
        "trigger": trigger and {"id": trigger, "label": situation.name(trigger)},
        "since": _span(obligation.since),
        "due": _span(obligation.due),
        "state": standing.state.value,
        "remarks": remarks(standing),
        "unforeseeable": obligation.unforeseeable(situation.as_of),
        "share": situation.lifecycle.share(*of),
        "phases": [_phase(each) for each in obligation.phases],
    }


def _phase(phase: Phase) -> Json:
    return {
        "from": shown_day(phase.start),
        "to": shown_day(phase.end if phase.end >= NEVER else phase.end - 1),
        "state": phase.standing.state.value,
        "remarks": remarks(phase.standing),
    }


def _span(span: Span) -> Json | None:
    """Give the days that one day may be; None for one that does not come."""
    if span.earliest >= NEVER:
        return None
    return {"earliest": shown_day(span.earliest), "latest": shown_day(span.latest)}
