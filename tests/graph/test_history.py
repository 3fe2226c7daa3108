"""Every past state, difference and interval is what plain sets of quads say."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.errors import NotFound
from graph.history import (
    Held,
    Pattern,
    difference,
    held,
    quads_at,
    reversals,
    store_at,
    touched_after,
)
from graph.journal import Change
from tests.graph.conftest import quad, typed
from tests.graph.histories import STEPS, State, commit, many_steps, play

ONE = quad("p1", "amount", typed("1", "integer"))
TWO = quad("p2", "amount", typed("2", "integer"))
THREE = quad("p2", "note", ox.Literal("three"))


def intervals(states: list[State], pattern: Pattern) -> list[Held]:
    """Find them the long way: version by version."""
    found: list[Held] = []
    for version, state in enumerate(states):
        if any(map(pattern.fits, state)):
            continues = found and found[-1].last == version - 1
            first = found.pop().first if continues else version
            found.append(Held(first, version))
    if found and found[-1].last == len(states) - 1:
        found.append(Held(found.pop().first, None))
    return found


def check(database: Database, states: list[State], random: Random, rounds: int) -> None:
    """Ask about some versions, and about the quads of two of them."""
    journal, last = database.journal, len(states) - 1
    for _ in range(rounds):
        one, other = random.randint(0, last), random.randint(0, last)
        assert quads_at(journal, one) == states[one]
        assert set(store_at(journal, other).quads()) == states[other]
        change = difference(journal, one, other)
        assert set(change.adds) == states[other] - states[one]
        assert set(change.removes) == states[one] - states[other]
    known = sorted(frozenset().union(*states), key=str)
    for chosen in random.sample(known, min(2, len(known))):
        patterns = (
            Pattern(*chosen),
            Pattern(subject=chosen.subject),
            Pattern(predicate=chosen.predicate, graph=chosen.graph_name),
            Pattern(object=chosen.object),
        )
        for pattern in patterns:
            assert held(journal, pattern) == intervals(states, pattern)


@settings(max_examples=2)
@given(st.integers())
def test_a_thousand_transactions_are_remembered_as_sets_remember_them(seed: int) -> None:
    with TemporaryDirectory() as folder:
        with Database.open(Path(folder)) as database:
            states = play(database, many_steps(seed, 1150))
        assert len(states) > 1000
        with Database.open(Path(folder), writable=False) as reader:
            check(reader, states, Random(seed), 8)


@settings(max_examples=60)
@given(STEPS, st.integers())
def test_a_few_transactions_of_hostile_texts_are_too(
    steps: list[tuple[set[ox.Quad], set[ox.Quad]]], seed: int
) -> None:
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        check(database, play(database, steps), Random(seed), 5)


def test_a_pattern_tells_spellings_apart(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(quad("p1", "amount", typed("1.50", "decimal")),)))
        assert held(database.journal, Pattern(object=typed("1.50", "decimal"))) == [Held(1, None)]
        assert held(database.journal, Pattern(object=typed("1.5", "decimal"))) == []


def test_a_version_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(ONE,)))
        for version in (-1, 2):
            for ask in (
                lambda v: quads_at(database.journal, v),
                lambda v: store_at(database.journal, v),
                lambda v: difference(database.journal, 0, v),
            ):
                with pytest.raises(NotFound, match=f"no version {version}"):
                    ask(version)


def test_what_touched_a_quad_later_and_what_undid_it_are_known(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(ONE,)))
        commit(database, Change(adds=(TWO,)))
        commit(database, Change(removes=(ONE,)))
        database.commit(Change(adds=(ONE,)), author="", role="", reason="", source="", undoes=3)
        assert touched_after(database.journal, 1, [ONE]) == [3, 4]
        assert touched_after(database.journal, 1, [TWO]) == [2]
        assert reversals(database.journal) == {3: 4}


def test_a_reader_can_open_a_past_version(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(ONE,)))
        commit(database, Change(adds=(TWO,)))
    with Database.open(tmp_path, writable=False, version=1) as past:
        assert (past.version, past.journal.head) == (1, 2)
        assert set(past.store.quads()) == {ONE}
    with pytest.raises(NotFound, match="no version 3"):
        Database.open(tmp_path, writable=False, version=3)


def test_a_store_knows_when_what_is_said_of_a_subject_last_changed(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        for change in (Change(adds=(ONE, TWO)), Change(removes=(ONE,)), Change(adds=(THREE,))):
            commit(database, change)
        moments = dict(database.journal.moments())
        for version, expected in enumerate(((1, 1), (2, 1), (2, 3)), 1):
            past = store_at(database.journal, version)
            found = [past.changed(str(each.subject)[1:-1]) for each in (ONE, TWO)]
            assert found == [moments[number] for number in expected]
        assert [database.store.changed(str(each.subject)[1:-1]) for each in (ONE, TWO)] == found
        assert database.store.changed("urn:nothing") is None
