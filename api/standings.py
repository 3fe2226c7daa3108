"""Writes as JSON where an undertaking stands for a debtor, and what made a difference to that."""

from __future__ import annotations

from collections.abc import Iterable

from api.obligations import obligations_json
from api.situation import Json, Situation, shown_day
from graph.difference import Cause, Difference, Turn
from graph.explain import Explanation
from graph.model import Id
from graph.sentences import remarks

_DAYS_COME = {Turn.MADE: "it was made", Turn.DUE: "its due day passed"}


def standing_json(situation: Situation, explanation: Explanation) -> Json:
    """Give the state, its remarks, and the sentence."""
    standing = explanation.phase.standing
    return {
        "state": standing.state.value,
        "remarks": remarks(standing),
        "sentence": situation.sentences.explanation(explanation),
    }


def debtor_json(situation: Situation, explanation: Explanation) -> Json:
    """Give where an undertaking stands for one debtor, since when, and what is owed under it."""
    of = explanation.undertaking, explanation.debtor, situation.as_of
    return {
        "debtor": explanation.debtor,
        "label": situation.name(explanation.debtor),
        "since": shown_day(explanation.phase.start),
        **standing_json(situation, explanation),
        "share": situation.lifecycle.share(*of),
        "obligations": obligations_json(situation, explanation.undertaking, explanation.debtor),
    }


def causes_json(situation: Situation, causes: Iterable[Cause], debtor: Id) -> list[Json]:
    """Give causes: which kind, about what, and in words."""
    return [
        {
            "kind": cause.turn.value,
            "about": cause.about,
            "before": None if cause.before is None else cause.before.verdict.value,
            "after": None if cause.after is None else cause.after.verdict.value,
            "text": _text(situation, cause, debtor),
        }
        for cause in causes
    ]


def _text(situation: Situation, cause: Cause, debtor: Id) -> str:
    if cause.condition is None or cause.before is None or cause.after is None:
        return _DAYS_COME.get(cause.turn) or situation.name(cause.about)
    named = situation.sentences.condition(cause.condition, debtor, exact=True)
    return f"{named}: {cause.before.verdict.value} -> {cause.after.verdict.value}"


def change_json(situation: Situation, change: Difference) -> Json:
    """Give a change; `ofState` is false where only what is waited for differs."""
    return {
        "undertaking": change.undertaking,
        "label": situation.name(change.undertaking),
        "debtor": change.debtor,
        "debtorLabel": situation.name(change.debtor),
        "ofState": change.of_state,
        "before": standing_json(situation, change.before),
        "after": standing_json(situation, change.after),
        "because": causes_json(situation, change.because, change.debtor),
    }
