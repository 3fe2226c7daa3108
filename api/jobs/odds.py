"""How likely commitments are to come in force, and which do without further approvals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from api.asked import InvalidValue
from api.jobs.fractions import fraction_json
from api.jobs.job import Job
from api.jobs.waiting import Waiting
from api.likely import Likely
from api.situation import Json, Situation, chosen
from graph.bounds import within
from graph.circularity import Atom, Formula, Rules, Sort, atoms_of, every
from graph.dependencies import Dependencies
from graph.model import Id, Undertaking
from graph.odds import Chances, Odds, odds
from graph.truth import Truth
from graph.unlocking import without_approvals


@dataclass(frozen=True)
class HowLikely(Job):
    """How likely each commitment is to come in force, for all of its debtors and for each.

    `most` is how many debtors of undertakings the graph may have.
    """

    likely: Likely
    most: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer for every commitment with named debtors, all weighed in one diagram."""
        waiting = Waiting(situation)
        subjects = _commitments(waiting, self.most)
        given, read = _chances(waiting, self.likely), waiting.dependencies
        targets = [target for each in subjects for target in _targets(read, each)]
        weighed = iter(odds(waiting.rules, targets, given, read.exclusions()))
        return {
            "hypothetical": True,
            "readings": waiting.readings(),
            "commitments": [
                {
                    "commitment": each.id,
                    "label": situation.name(each.id),
                    **_odds(waiting, next(weighed)),
                    "debtors": [
                        {**_debtor(situation, debtor), **_odds(waiting, next(weighed))}
                        for debtor in each.debtors
                    ],
                }
                for each in subjects
            ],
        }


def _commitments(waiting: Waiting, most: int | None) -> list[Undertaking]:
    undertakings = waiting.situation.model.undertakings.values()
    within(sum(len(each.debtors) for each in undertakings), most)
    needs = waiting.rules.needs
    return [each for each in undertakings if each.debtors and Atom(each.id, Sort.IN_FORCE) in needs]


def _targets(read: Dependencies, subject: Undertaking) -> Iterator[Formula]:
    """Give what it takes for all who owe it together, and then for each debtor."""
    needs = {debtor: read.in_force(subject, debtor) for debtor in subject.debtors}
    yield every(needs[debtor] for debtor in read.owing(subject) or subject.debtors)
    yield from needs.values()


def _debtor(situation: Situation, debtor: Id) -> Json:
    return {"debtor": debtor, "debtorLabel": situation.name(debtor)}


def _odds(waiting: Waiting, each: Odds) -> Json:
    def pairs(found: Iterable[tuple[Id, Id]]) -> list[list[Json]]:
        return [[waiting.situation.thing(one) for one in pair] for pair in found]

    return {
        "probability": None if each.probability is None else fraction_json(each.probability),
        "missing": [waiting.atom(act) for act in each.missing],
        "excluded": pairs(each.excluded),
        "aside": pairs(each.aside),
    }


# Which acts are meant


def _chances(waiting: Waiting, likely: Likely) -> Chances:
    atoms = _by_name(waiting)
    given: dict[Atom, Fraction] = {}
    for name, number in likely.acts:
        _enter(given, _act(waiting, name, atoms), number, name)
    for name, number in likely.waivers:
        consent = _consent(name, atoms)
        if consent in given:
            raise InvalidValue(
                f"`{name}` is given a probability with its condition and one without it",
                hint="give the one or the other",
                parameter="waiver",
            )
        _enter(given, Atom(consent.iri, Sort.WAIVER), number, name)
    return Chances(given, likely.otherwise)


def _by_name(waiting: Waiting) -> dict[Id, Atom]:
    """Give what commitments hang on, and what excludes it, without the commitments."""
    exclusions = waiting.dependencies.exclusions()
    excluding = (one for each in exclusions for one in atoms_of(each.formula))
    commitments = {Sort.BINDS, Sort.IN_FORCE}
    atoms = {*waiting.rules.atoms, *excluding}
    return {atom.iri: atom for atom in atoms if atom.sort not in commitments}


def _act(waiting: Waiting, name: str, atoms: dict[Id, Atom]) -> Atom:
    situation = waiting.situation
    known = {*atoms, *situation.model.matters}
    iri = chosen(name, known, "matter, consent or finding", "probability")
    if iri in atoms:
        return atoms[iri]
    already = situation.world.timeline(iri).at(situation.as_of).truth is Truth.TRUE
    why = "is so on that day already" if already else "brings no commitment in force"
    raise InvalidValue(f"`{name}` {why}", hint="leave it out", parameter="probability")


def _consent(name: str, atoms: dict[Id, Atom]) -> Atom:
    consents = {iri for iri, atom in atoms.items() if atom.sort is Sort.CONSENT}
    return atoms[chosen(name, consents, "consent that a commitment hangs on", "waiver")]


def _enter(given: dict[Atom, Fraction], atom: Atom, number: Fraction, name: str) -> None:
    if given.setdefault(atom, number) != number:
        raise InvalidValue(
            f"`{name}` is given two probabilities", hint="give it one", parameter="probability"
        )


# Without approvals


@dataclass(frozen=True)
class WithoutApprovals(Job):
    """Which commitments bind, and come in force, even if no further approval is given.

    `most` is how many debtors of undertakings the graph may have.
    """

    most: int | None = None

    def answer(self, situation: Situation) -> Json:
        """Answer for every debtor of every commitment, with where it stands now."""
        waiting = Waiting(situation)
        subjects = _commitments(waiting, self.most)
        rules, read = without_approvals(situation.model, waiting.rules), waiting.dependencies
        return {
            "hypothetical": True,
            "readings": waiting.readings(),
            "commitments": [
                {
                    "commitment": each.id,
                    "label": situation.name(each.id),
                    **_debtor(situation, debtor),
                    "state": _state(situation, each.id, debtor),
                    "binds": _way(rules, read.binds(each, debtor)),
                    "inForce": _way(rules, read.in_force(each, debtor)),
                }
                for each in subjects
                for debtor in each.debtors
            ],
        }


def _state(situation: Situation, undertaking: Id, debtor: Id) -> str:
    phase = situation.lifecycle.phase(undertaking, debtor, situation.as_of)
    return phase.standing.state.value


def _way(rules: Rules, formula: Formula) -> str:
    return "already" if rules.already(formula) else rules.way(formula).value
