"""What opens a commitment is looked for in the rules that bear on it, and is the same in all."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from graph.circularity import AtLeastOf, Atom, Exclusion, Formula, Rules, Sort, every, holds
from graph.unlocking import Unlocking, unlocking
from tests.graph.systems import ATOMS, A, B, C, formulas

CONSENT = Atom("consent", Sort.CONSENT)
PAIRS = ((A, B), (C, CONSENT))


def systems_with_a_consent() -> st.SearchStrategy[Rules]:
    return st.dictionaries(
        st.sampled_from([A, B, C, CONSENT]), formulas(*ATOMS, CONSENT), max_size=4
    ).map(Rules)


def in_all_rules(rules: Rules, target: Formula, exclusions: Sequence[Exclusion]) -> list[Unlocking]:
    free = rules.with_waivers()
    found = []
    for acts in free.unlocking(target):
        conflicts = (
            each.pair
            for each in exclusions
            if holds(each.formula, free.following(acts)) and not rules.already(each.formula)
        )
        found.append(Unlocking(tuple(sorted(acts)), tuple(conflicts)))
    return sorted(found, key=lambda each: (len(each.conflicts), len(each.acts), each.acts))


@given(systems_with_a_consent(), formulas(*ATOMS, CONSENT))
def test_rules_that_do_not_bear_on_it_open_nothing_and_clash_with_nothing(
    rules: Rules, target: Formula
) -> None:
    exclusions = [Exclusion((one.iri, other.iri), every((one, other))) for one, other in PAIRS]
    assert unlocking(rules, target, exclusions) == in_all_rules(rules, target, exclusions)


def test_what_another_commitment_takes_is_not_reckoned() -> None:
    half = [Atom(f"act {number}", Sort.ACT) for number in range(24)]
    rules = Rules({A: B, C: AtLeastOf(12, tuple(half))})
    assert [each.acts for each in unlocking(rules, A, [])] == [(B,)]
