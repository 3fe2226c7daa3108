"""Power indices: textbook games with published values, and the definitions by enumeration."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from graph.circularity import AtLeastOf, Atom, Formula, Rules, Sort, either, every
from graph.diagrams import Diagram, Diagrams
from graph.power import Power, powers
from tests.graph.systems import ATOMS, A, B, C, formulas, holds, sets_of, systems


def diagram(
    formula: Formula, rules: Rules | None = None, player: Callable[[Atom], str] = lambda a: a.iri
) -> Diagram[str]:
    return Diagrams(rules or Rules({}), [formula], player).of(formula)


def by_player(found: list[Power[str]]) -> dict[str, tuple[int, Fraction, Fraction]]:
    return {each.player: (each.swings, each.banzhaf, each.shapley_shubik) for each in found}


def test_one_of_three_with_50_49_and_1_of_51_votes_has_two_thirds_of_the_power() -> None:
    # A. D. Taylor and A. M. Pacelli, Mathematics and Politics (2008), chapter 3
    found = powers(diagram(either((every((A, B)), every((A, C))))))
    assert by_player(found) == {
        "a": (3, Fraction(3, 5), Fraction(2, 3)),
        "b": (1, Fraction(1, 5), Fraction(1, 6)),
        "c": (1, Fraction(1, 5), Fraction(1, 6)),
    }


def test_a_permanent_member_of_the_security_council_has_a_hundred_times_the_power() -> None:
    # A. D. Taylor and A. M. Pacelli, Mathematics and Politics (2008), chapter 3
    permanent, others = (
        [Atom(f"{name}-{number}", Sort.ACT) for number in range(count)]
        for name, count in (("permanent", 5), ("elected", 10))
    )
    council = every((*permanent, AtLeastOf(9, (*permanent, *others))))
    found = by_player(powers(diagram(council)))
    for member in permanent:
        assert found[member.iri] == (848, Fraction(848, 5080), Fraction(421, 2145))
    for member in others:
        assert found[member.iri] == (84, Fraction(84, 5080), Fraction(4, 2145))


def test_who_cannot_make_a_difference_has_no_power() -> None:
    found = by_player(powers(diagram(either((A, every((A, B)))))))
    assert found == {"a": (2, Fraction(1), Fraction(1)), "b": (0, Fraction(0), Fraction(0))}


def test_nobody_has_power_over_what_has_come_about() -> None:
    assert by_player(powers(diagram(AtLeastOf(0, (A, B))))) == {
        "a": (0, Fraction(0), Fraction(0)),
        "b": (0, Fraction(0), Fraction(0)),
    }


def test_who_holds_two_acts_plays_as_one() -> None:
    holder = {"a": "x", "b": "x", "c": "c"}
    two_of_three = AtLeastOf(2, (A, B, C))
    found = by_player(powers(diagram(two_of_three, player=lambda atom: holder[atom.iri])))
    assert found == {"x": (2, Fraction(1), Fraction(1)), "c": (0, Fraction(0), Fraction(0))}


@given(
    systems(),
    formulas(*ATOMS),
    st.dictionaries(st.sampled_from([atom.iri for atom in ATOMS]), st.sampled_from("xy")),
)
def test_the_indices_are_what_their_definitions_say(
    rules: Rules, target: Formula, blocks: dict[str, str]
) -> None:
    """Every set of players, and every order of them, is tried."""

    def player(atom: Atom) -> str:
        return blocks.get(atom.iri, atom.iri)

    drawn = diagram(target, rules, player)
    found = by_player(powers(drawn))
    acts = {one: {atom for atom in ATOMS if player(atom) == one} for one in drawn.variables}

    def win(players: frozenset[str]) -> bool:
        done = {atom for one in players for atom in acts[one] if atom not in rules.needs}
        return holds(target, rules.following(done))

    assert set(found) == set(drawn.variables)
    swings = dict.fromkeys(drawn.variables, 0)
    for coalition in sets_of(drawn.variables):
        for one in set(drawn.variables) - coalition:
            swings[one] += win(coalition | {one}) and not win(coalition)
    assert {one: each[0] for one, each in found.items()} == swings
    total = sum(swings.values())
    assert all(each[1] * total == each[0] for each in found.values())
    if len(drawn.variables) <= 5:
        pivots = dict.fromkeys(drawn.variables, 0)
        orders = list(permutations(drawn.variables))
        for order in orders:
            for place, one in enumerate(order):
                before = frozenset(order[:place])
                pivots[one] += win(before | {one}) and not win(before)
        expected = {one: Fraction(count, len(orders)) for one, count in pivots.items()}
        assert {one: each[2] for one, each in found.items()} == expected


@given(systems(), formulas(*ATOMS))
def test_the_parts_add_up_to_one_unless_nobody_matters(rules: Rules, target: Formula) -> None:
    found = powers(diagram(target, rules))
    assert sum(each.banzhaf for each in found) == sum(each.shapley_shubik for each in found)
    assert sum(each.banzhaf for each in found) in (0, 1)
