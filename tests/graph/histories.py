"""Random histories with what they add up to as plain Python sets, and a writer to be killed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import pyoxigraph as ox
from hypothesis import strategies as st

from graph.database import Database
from graph.journal import Change
from graph.namespaces import DATA
from tests.graph.conftest import PARIS, typed

State = frozenset[ox.Quad]

_WRITER = """
import itertools, os, sys; from pathlib import Path
from graph.database import Database; from graph.journal import Change
from tests.graph.conftest import quad, typed
database = Database.open(Path(sys.argv[1]))
if sys.argv[4]:
    database.journal._file._connection.execute(f"PRAGMA synchronous = {sys.argv[4]}")
for n in itertools.count(database.version):
    if n == int(sys.argv[2]):
        os.kill(os.getpid(), 9)
    value = typed(str(n), "integer")
    change = Change(adds=(quad(f"p{n}", "a", value), quad(f"p{n}", "b", value)))
    made = database.commit(change, author=sys.argv[3], role="", reason="", source="")
    os.write(1, f"{made.seq}\\n".encode())
"""


def writer(
    directory: Path, until: int = -1, author: str = "Ada", synchronous: str = ""
) -> list[str]:
    """Give the command that adds two quads a transaction and tells each number once it is kept.

    It kills itself when the graph is at version `until`. `synchronous` is a setting of SQLite that
    stands in for the journal's.
    """
    return [sys.executable, "-c", _WRITER, str(directory), str(until), author, synchronous]


_TEXTS = (
    st.text(max_size=8),
    st.sampled_from(
        ["", "\0", "a\0b", "\u202eabc\u2066", "\r\n\t\\\"'", "\x85\u2028\x0b", "A row ."]
    ),
    st.just("long " * 20_000),
)
_VALUES = st.one_of(
    st.one_of(*_TEXTS).map(ox.Literal),
    st.one_of(*_TEXTS).map(lambda text: ox.Literal(text, language="uk")),
    st.sampled_from(["1", "01", "+1"]).map(lambda text: typed(text, "integer")),
    st.sampled_from(["1.5", "1.50"]).map(lambda text: typed(text, "decimal")),
    st.sampled_from(["é", "a%20b", "#", "☃"]).map(lambda end: ox.NamedNode("http://e/" + end)),
)


def fact(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    """Make a quad of the Paris graph without a term of the vocabulary, which must be declared."""
    return ox.Quad(
        ox.NamedNode(f"http://e/{subject}"), ox.NamedNode(f"http://e/{predicate}"), value, PARIS
    )


QUADS = st.builds(fact, st.sampled_from(["p1", "p2"]), st.sampled_from(["a", "b"]), _VALUES)
STEPS = st.lists(
    st.tuples(st.sets(QUADS, max_size=4), st.sets(QUADS, max_size=4)), min_size=1, max_size=8
)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


def commit(database: Database, change: Change, reason: str = "test") -> int:
    """Record a change by Ada and give the version afterwards."""
    database.commit(change, author="Ada", role="editor", reason=reason, source="test")
    return database.version


def play(database: Database, steps: Iterable[tuple[set[ox.Quad], set[ox.Quad]]]) -> list[State]:
    """Record each step that changes anything; give the state of every version, from 0 on."""
    states = [State()]
    for adds, removes in steps:
        before = states[-1]
        commit(database, Change(tuple(adds - removes), tuple(removes - adds)))
        after = (before - (removes - adds)) | (adds - removes)
        if after != before:
            states.append(State(after))
    assert database.version == len(states) - 1
    return states


def many_steps(seed: int, count: int) -> Sequence[tuple[set[ox.Quad], set[ox.Quad]]]:
    """Draw steps that each add or remove some of a thousand quads in two graphs."""
    random = Random(seed)
    pool = [
        ox.Quad(
            ox.NamedNode(f"http://e/{n % 40}"),
            ox.NamedNode(f"http://e/p{n % 7}"),
            typed(str(n), "integer"),
            ox.NamedNode(f"{DATA}{n % 2}"),
        )
        for n in range(1000)
    ]
    return [
        (
            set(random.sample(pool, random.randrange(8))),
            set(random.sample(pool, random.randrange(8))),
        )
        for _ in range(count)
    ]
