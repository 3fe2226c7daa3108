"""Any past state of a long history can be restored, quad by quad, and what was undone redone."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from graph.database import Database
from graph.history import quads_at
from graph.rdf import nquads
from graph.revert import restore, undo
from tests.conftest import Done
from tests.graph.conftest import turtle
from tests.graph.histories import many_steps, play


@pytest.fixture
def lenient(tmp_path: Path) -> Path:
    """Give a folder of a shape that judges nothing."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "none.ttl").write_text(turtle("sv:S a sh:NodeShape ."))
    return folder


def digest(database: Database) -> str:
    return hashlib.sha256(nquads(database.store.quads()).encode()).hexdigest()


@pytest.mark.soak
def test_a_hundred_states_of_a_thousand_transactions_come_back(
    tmp_path: Path, lenient: Path, done: Done
) -> None:
    random = Random(20261123)
    with Database.open(tmp_path / "graph") as database:
        states = play(database, many_steps(20261123, 1150))
        last = len(states) - 1
        assert last > 1000
        chosen = random.sample(range(last + 1), 100)
        for seq in chosen:
            assert quads_at(database.journal, seq) == states[seq]
        # A wrong number is seen: hardly a state is like the next.
        assert sum(quads_at(database.journal, seq) != states[seq - 1] for seq in chosen) > 95
        for seq in chosen[:20]:
            restore(database, seq, author="Ada", reason="back", shapes=lenient)
            assert set(database.store.quads()) == states[seq]
        undo_and_redo(database, lenient)
    done(f"{last} transactions, 100 states compared, 20 restored, 20 undone and redone")


def undo_and_redo(database: Database, lenient: Path) -> None:
    for _ in range(20):
        before = digest(database)
        undone = undo(database, database.version, author="Ada", reason="undo", shapes=lenient)
        assert digest(database) != before
        undo(database, undone.seq, author="Ada", reason="redo", shapes=lenient)
        assert digest(database) == before


@pytest.mark.soak
def test_each_transaction_says_who_when_and_why(tmp_path: Path) -> None:
    with Database.open(tmp_path / "graph") as database:
        play(database, many_steps(1, 1150))
        made = list(database.journal.transactions())
    assert len(made) > 1000
    assert all(each.author and each.reason and each.source for each in made)
    assert [each.at for each in made] == sorted(each.at for each in made)
    assert all(isinstance(quad, ox.Quad) for each in made for quad in each.adds)
