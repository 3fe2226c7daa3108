"""How likely something is to come about, given how likely each free act is.

Acts are independent of each other; matters declared incompatible are excluded by conditioning.
Rules: docs/semantics.md, "Odds".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from graph.circularity import EXCLUDED, GIVEN, Atom, Exclusion, Formula, Rules, Sort, either
from graph.diagrams import Diagram, Diagrams
from graph.errors import InvalidRequest
from graph.model import Id


@dataclass(frozen=True)
class Odds:
    """How likely something is: None where `missing` names acts without a probability.

    The pairs `excluded` were conditioned on. Those `aside` bear on it as well and were left out
    of account, because a matter of theirs that it does not hang on has no probability.
    """

    probability: Fraction | None
    missing: tuple[Atom, ...] = ()
    excluded: tuple[tuple[Id, Id], ...] = ()
    aside: tuple[tuple[Id, Id], ...] = ()


@dataclass(frozen=True)
class Chances:
    """The probability of each act, and that of acts without one, if there is any.

    What has a probability no longer waits for what it needs. A consent without its condition is
    never given unless it has a probability of its own.
    """

    given: Mapping[Atom, Fraction]
    otherwise: Fraction | None = None

    def of(self, atom: Atom) -> Fraction | None:
        """Give the probability of an act, None where it has none."""
        return self.given.get(atom, self.otherwise)

    def over(self, rules: Rules) -> Rules:
        """Give the rules in which what has a probability hangs on nothing else.

        What is certain, or certain not to come, is no act any more: nothing else is asked for then.
        """
        needs = dict(rules.with_waivers().needs)
        for atom in rules.needs:
            if atom.sort is Sort.CONSENT:
                needs[Atom(atom.iri, Sort.WAIVER)] = EXCLUDED
        for atom, chance in self.given.items():
            needs.pop(atom, None)
            if chance in _CERTAIN:
                needs[atom] = _CERTAIN[chance]
        return Rules(needs)


_CERTAIN: Final = {Fraction(0): EXCLUDED, Fraction(1): GIVEN}


def odds(
    rules: Rules, targets: Sequence[Formula], chances: Chances, exclusions: Iterable[Exclusion]
) -> list[Odds]:
    """Give the odds of each target: exact, P(target and no excluded pair) / P(no excluded pair).

    Of a pair that is so already, against what was declared, no account is taken. Raises
    InvalidRequest where the given probabilities make a pair certain.
    """
    pairs = [each for each in exclusions if not rules.already(each.formula)]
    diagrams = Diagrams(
        chances.over(rules),
        [*targets, *(each.formula for each in pairs)],
        player=lambda atom: atom,
    )
    drawn = [(each, diagrams.of(each.formula)) for each in pairs]
    weighing = _Weighing(diagrams, chances, drawn)
    weighing.check()
    return [weighing.odds(target) for target in targets]


@dataclass(frozen=True)
class _Weighing:
    diagrams: Diagrams[Atom]
    chances: Chances
    exclusions: Sequence[tuple[Exclusion, Diagram[Atom]]]

    def check(self) -> None:
        """Refuse a pair that is certain; if none is, they are not certain together either."""
        for each, drawn in self.exclusions:
            if not self._missing(drawn) and probability(drawn, self.chances) == 1:
                raise InvalidRequest(
                    "`{}` and `{}` exclude each other and are both certain".format(*each.pair),
                    hint="give one of them a probability below 1",
                )

    def odds(self, target: Formula) -> Odds:
        diagram = self.diagrams.of(target)
        missing = tuple(sorted(self._missing(diagram)))
        if missing:
            return Odds(None, missing)
        bearing, aside = self._bearing(diagram)
        return Odds(
            self._conditional(target, bearing),
            excluded=tuple(each.pair for each in bearing),
            aside=tuple(each.pair for each in aside),
        )

    def _missing(self, diagram: Diagram[Atom]) -> list[Atom]:
        return [atom for atom in diagram.support if self.chances.of(atom) is None]

    def _bearing(self, diagram: Diagram[Atom]) -> tuple[list[Exclusion], list[Exclusion]]:
        """Give the exclusions that share an act with a target, or with one that does, and so on.

        All others are independent of it and cancel out. Those that lack a probability are apart.
        """
        touched = set(diagram.support)
        far, bearing, aside = list(self.exclusions), list[Exclusion](), list[Exclusion]()
        while near := [each for each in far if each[1].support & touched]:
            far = [each for each in far if not each[1].support & touched]
            for exclusion, drawn in near:
                if self._missing(drawn):
                    aside.append(exclusion)
                else:
                    bearing.append(exclusion)
                    touched |= drawn.support
        return bearing, aside

    def _conditional(self, target: Formula, exclusions: Sequence[Exclusion]) -> Fraction:
        """Condition on that no excluded pair comes about.

        P(f and not g) is P(f or g) - P(g): that asks for nothing but what only rises.
        """
        excluded = either(each.formula for each in exclusions)
        clash = self._probability(excluded)
        return (self._probability(either((target, excluded))) - clash) / (1 - clash)

    def _probability(self, formula: Formula) -> Fraction:
        return probability(self.diagrams.of(formula), self.chances)


def probability(diagram: Diagram[Atom], chances: Chances) -> Fraction:
    """Give the probability of a function of independent acts.

    Raises KeyError where an act that makes a difference has no probability.
    """
    each = {
        place: p
        for place, act in enumerate(diagram.variables)
        if (p := chances.of(act)) is not None
    }
    found = [Fraction(0), Fraction(1)]
    for variable, so, not_so in diagram.nodes:
        found.append(found[not_so] + each[variable] * (found[so] - found[not_so]))
    return found[diagram.root]
