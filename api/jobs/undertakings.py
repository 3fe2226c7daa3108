"""Where one undertaking stands for its debtors, why, and through which phases it goes."""

from __future__ import annotations

from dataclasses import dataclass

from api.identifiers import short
from api.jobs.job import Job
from api.obligations import obligations_json
from api.situation import Json, Situation, shown_day
from api.standings import causes_json, debtor_json
from api.trees import tree_json
from graph.difference import Cause, View, causes, explained
from graph.explain import Explainer, Explanation
from graph.lifecycle import Phase
from graph.model import Id, Undertaking
from graph.sentences import remarks
from graph.timeline import BEGINNING, NEVER, Day
from graph.trees import Trees


@dataclass(frozen=True)
class Show(Job):
    """In which state an undertaking is for each debtor, since when, and what it waits for."""

    id: str

    def answer(self, situation: Situation) -> Json:
        """Answer for every named debtor."""
        undertaking = situation.undertaking(self.id)
        found = [explained(situation.view, undertaking.id, each) for each in undertaking.debtors]
        states = [each.phase.standing.state for each in found]
        return {
            "undertaking": undertaking.id,
            "label": situation.name(undertaking.id),
            "kind": undertaking.kind.value,
            "distribution": situation.sentences.distribution(states, undertaking.unnamed),
            "unnamed": undertaking.unnamed,
            "debtors": [debtor_json(situation, each) for each in found],
        }


@dataclass(frozen=True)
class Explain(Job):
    """Why an undertaking stands where it stands, for each debtor or for one."""

    id: str
    debtor: str | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer with the tree of every gate."""
        undertaking = situation.undertaking(self.id)
        found = [
            explained(situation.view, undertaking.id, each)
            for each in _debtors(situation, undertaking, self.debtor)
        ]
        answers = [_explanation(situation, each) for each in found]
        return {"undertaking": undertaking.id, "debtors": answers}


def _debtors(situation: Situation, undertaking: Undertaking, only: str | None) -> tuple[Id, ...]:
    if only is None:
        return undertaking.debtors
    noun = f"named debtor of `{short(undertaking.id)}`"
    return (situation.called(only, undertaking.debtors, noun),)


def _explanation(situation: Situation, explanation: Explanation) -> Json:
    decides = explanation.phase.standing.gate
    return {
        **debtor_json(situation, explanation),
        "decidedBy": decides and decides.value,
        "gates": {
            gate.value: tree_json(situation, tree, explanation.debtor)
            for gate, tree in explanation.gates.items()
        },
    }


@dataclass(frozen=True)
class Judge(Job):
    """What a condition comes to for the debtors of an undertaking, in a gate or not."""

    id: str
    undertaking: str
    debtor: str | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer with the tree of the condition."""
        undertaking = situation.undertaking(self.undertaking)
        trees = Trees(situation.triples)
        node = trees.condition(situation.called(self.id, trees.known(), "condition"))

        def judged(debtor: Id) -> Json:
            explainer = Explainer(situation.lifecycle, undertaking.id, debtor, situation.as_of)
            tree = tree_json(situation, explainer.tree(node), debtor)
            return {"debtor": debtor, "label": situation.name(debtor), "tree": tree}

        debtors = [judged(each) for each in _debtors(situation, undertaking, self.debtor)]
        return {"condition": node.id, "undertaking": undertaking.id, "debtors": debtors}


@dataclass(frozen=True)
class Phases(Job):
    """Through which phases an undertaking goes for each debtor, and what began each."""

    id: str

    def answer(self, situation: Situation) -> Json:
        """Answer for every named debtor."""
        undertaking = situation.undertaking(self.id)
        debtors = [
            {
                **_named(situation, each),
                "phases": _phases(situation, undertaking, each),
                "obligations": obligations_json(situation, undertaking.id, each),
            }
            for each in undertaking.debtors
        ]
        return {"undertaking": undertaking.id, "debtors": debtors}


def _named(situation: Situation, debtor: Id) -> Json:
    return {"debtor": debtor, "label": situation.name(debtor)}


def _phases(situation: Situation, undertaking: Undertaking, debtor: Id) -> list[Json]:
    return [
        {
            "from": shown_day(phase.start),
            "to": shown_day(_last_day(phase)),
            "state": phase.standing.state.value,
            "remarks": remarks(phase.standing),
            "askedAbout": phase.start <= situation.as_of < phase.end,
            "because": causes_json(
                situation, _causes(situation, undertaking, debtor, phase), debtor
            ),
        }
        for phase in situation.lifecycle.phases(undertaking.id, debtor)
    ]


def _causes(
    situation: Situation, undertaking: Undertaking, debtor: Id, phase: Phase
) -> tuple[Cause, ...]:
    if phase.start == BEGINNING:
        return ()
    before, after = (View(situation.lifecycle, day) for day in (phase.start - 1, phase.start))
    return causes(undertaking, debtor, before, after)


def _last_day(phase: Phase) -> Day:
    return NEVER if phase.end >= NEVER else phase.end - 1
