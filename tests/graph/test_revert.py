"""What was done can be taken back, by writes that are judged like any other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.errors import InvalidRequest, Irreversible, NotFound
from graph.history import quads_at
from graph.journal import Change, Transaction
from graph.load import load
from graph.namespaces import ONTOLOGY, PREFIXES, SV
from graph.revert import restore, undo
from graph.validate import Refused
from tests.graph.conftest import PARIS, turtle, typed
from tests.graph.histories import STEPS, commit, fact, play

IS_A = ox.NamedNode(PREFIXES["rdf"] + "type")
ONE = fact("p1", "amount", typed("1", "integer"))
TWO = fact("p2", "amount", typed("2", "integer"))
DECLARED = tuple(
    ox.Quad(ox.NamedNode(SV + name), IS_A, ox.NamedNode(PREFIXES["owl"] + kind), ONE.graph_name)
    for name, kind in (("Commitment", "Class"), ("debtor", "ObjectProperty"))
)
COMMITMENT = ox.Quad(ONE.subject, IS_A, ox.NamedNode(SV + "Commitment"), ONE.graph_name)
DEBTOR = ox.Quad(
    ONE.subject, ox.NamedNode(SV + "debtor"), ox.NamedNode("http://e/x"), ONE.graph_name
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.open(tmp_path / "db") as database:
        yield database


def undone(database: Database, seq: int, shapes: Path) -> Transaction:
    return undo(database, seq, author="Bob", reason="a slip", shapes=shapes)


def state(database: Database) -> tuple[int, set[ox.Quad]]:
    return database.version, set(database.store.quads())


def test_an_undo_is_a_transaction_that_names_the_one_it_undoes(
    database: Database, shapes: Path
) -> None:
    commit(database, Change(adds=(ONE,)))
    commit(database, Change(adds=(TWO,)))
    made = undone(database, 1, shapes)
    assert (made.seq, made.undoes, made.removes) == (3, 1, (ONE,))
    assert (made.author, made.reason, made.source) == ("Bob", "a slip", "transaction 1")
    assert len(made.report_digest) == 64
    assert state(database) == (3, {TWO})
    again = undone(database, 3, shapes)
    assert again.undoes == 3
    assert state(database) == (4, {ONE, TWO})


def test_an_undo_is_refused_with_the_numbers_of_what_came_later(
    database: Database, shapes: Path
) -> None:
    commit(database, Change(adds=(ONE, TWO)))
    commit(database, Change(removes=(ONE,)))
    commit(database, Change(adds=(ONE,)))
    before = state(database)
    with pytest.raises(Irreversible, match="transactions 2, 3 touched the same quads later"):
        undone(database, 1, shapes)
    for _ in range(6):
        commit(database, Change(removes=(ONE,)))
        commit(database, Change(adds=(ONE,)))
    with pytest.raises(Irreversible, match=r"transactions 2, 3, .*, 11 and 4 more touched"):
        undone(database, 1, shapes)
    assert before[1] == state(database)[1]


@pytest.mark.parametrize("seq", [0, -1, 2])
def test_what_was_never_done_cannot_be_undone(database: Database, shapes: Path, seq: int) -> None:
    commit(database, Change(adds=(ONE,)))
    with pytest.raises(NotFound, match=f"no transaction {seq}"):
        undone(database, seq, shapes)


def test_a_restored_version_is_the_graph_of_then(database: Database, shapes: Path) -> None:
    commit(database, Change(adds=(ONE,)))
    commit(database, Change(adds=(TWO,), removes=(ONE,)))
    made = restore(database, 1, author="Bob", reason="better", shapes=shapes)
    assert made is not None
    assert (made.seq, made.source, made.undoes) == (3, "version 1", None)
    assert state(database) == (3, {ONE})
    assert restore(database, 3, author="Bob", reason="again", shapes=shapes) is None
    with pytest.raises(NotFound, match="no version 4"):
        restore(database, 4, author="Bob", reason="again", shapes=shapes)


def test_a_reader_takes_nothing_back(database: Database, shapes: Path, tmp_path: Path) -> None:
    commit(database, Change(adds=(ONE,)))
    with Database.open(tmp_path / "db", writable=False) as reader:
        with pytest.raises(InvalidRequest, match="reading only"):
            undone(reader, 1, shapes)
        with pytest.raises(InvalidRequest, match="reading only"):
            restore(reader, 0, author="Bob", reason="again", shapes=shapes)


def test_what_breaks_a_rule_of_today_does_not_come_back(database: Database, shapes: Path) -> None:
    commit(database, Change(adds=(*DECLARED, COMMITMENT)))
    commit(database, Change(adds=(DEBTOR,)))
    before = state(database)
    with pytest.raises(Refused) as refused:
        undone(database, 2, shapes)
    assert [finding.rule for finding in refused.value.findings] == ["commitment-debtor"]
    with pytest.raises(Refused):
        restore(database, 1, author="Bob", reason="back", shapes=shapes)
    assert state(database) == before
    lenient = shapes.parent / "lenient"
    lenient.mkdir()
    (lenient / "none.ttl").write_text(turtle("sv:S a sh:NodeShape ."))
    undone(database, 2, lenient)
    assert state(database) == (3, {*DECLARED, COMMITMENT})


QUOTING = f"""
<{ONTOLOGY}core> a owl:Ontology . sv:x a owl:Class .
sv:quotation a owl:DatatypeProperty . sv:paragraph a owl:DatatypeProperty .
"""


class Article:
    """A dataset that quotes from the text beside it, loaded again whenever either changes."""

    def __init__(self, database: Database, root: Path) -> None:
        self.database, self.root = database, root
        (root / "core.ttl").write_text(turtle(QUOTING), "utf-8")
        (root / "data").mkdir()

    def load(self, text: str | None, *quotations: str) -> None:
        said = "".join(f'<urn:{each[:4]}> sv:quotation "{each}" .' for each in quotations)
        header = f"<{PARIS.value}> a owl:Ontology ."
        (self.root / "data" / "paris.ttl").write_text(turtle(header + said), "utf-8")
        source = self.root / "data" / "source.txt"
        source.unlink(missing_ok=True)
        if text is not None:
            source.write_text(text, "utf-8")
        load(
            self.database,
            [self.root / "data"],
            author="Ada",
            reason="a test",
            ontology=self.root / "core.ttl",
            shapes=self.root / "shapes",
        )

    def now(self) -> tuple[str | None, set[ox.Quad]]:
        text = self.database.judged_by.text(PARIS, self.database.version)
        return text, set(self.database.store.quads())

    def then(self, version: int) -> set[ox.Quad]:
        return quads_at(self.database.journal, version)


@pytest.fixture
def article(database: Database, tmp_path: Path, shapes: Path) -> Article:
    return Article(database, tmp_path)


def test_a_source_text_comes_back_with_what_was_quoted_from_it(
    article: Article, shapes: Path
) -> None:
    first, second = "Promised: tanks.", "Promised: banks."
    article.load(first, "tanks")
    article.load(second, "banks")
    undone(article.database, 2, shapes)
    assert article.now() == (first, article.then(1))
    undone(article.database, 3, shapes)
    assert article.now() == (second, article.then(2))
    restore(article.database, 1, author="Bob", reason="back", shapes=shapes)
    assert article.now() == (first, article.then(1))
    restore(article.database, 4, author="Bob", reason="again", shapes=shapes)
    assert article.now() == (second, article.then(2))


def test_a_dataset_that_had_no_source_text_comes_back_without_one(
    article: Article, shapes: Path
) -> None:
    article.load(None, "tanks")
    article.load("Promised: banks.", "banks")
    undone(article.database, 2, shapes)
    assert article.now() == (None, article.then(1))


def test_the_source_text_of_today_stays_where_what_comes_back_is_in_it(
    article: Article, shapes: Path
) -> None:
    article.load("Promised: tanks.", "tanks")
    article.load("Promised: tanks and banks.", "banks")
    today = "Promised again: tanks and banks."
    article.load(today, "banks")
    undone(article.database, 2, shapes)
    assert article.now() == (today, article.then(1))
    restore(article.database, 1, author="Bob", reason="back", shapes=shapes)
    assert article.now() == (today, article.then(1))


def test_no_source_text_comes_back_that_lacks_what_was_quoted_since(
    article: Article, shapes: Path
) -> None:
    article.load("Promised: tanks.", "tanks")
    article.load("Promised: banks and planes.", "banks")
    article.load("Promised: banks and planes.", "banks", "planes")
    before = article.now()
    with pytest.raises(Refused) as refused:
        undone(article.database, 2, shapes)
    assert [finding.value for finding in refused.value.findings] == ["tanks"]
    assert article.now() == before


@pytest.fixture(scope="module")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of a shape that judges nothing."""
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "none.ttl").write_text(turtle("sv:S a sh:NodeShape ."))
    return folder


@settings(max_examples=25)
@given(steps=STEPS, data=st.data())
def test_undoing_and_undoing_that_gives_the_same_graph(
    lenient: Path, steps: list[tuple[set[ox.Quad], set[ox.Quad]]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder, Database.open(Path(folder)) as database:
        states = play(database, steps)
        last = len(states) - 1
        if not last:
            return
        assert undone(database, last, lenient).undoes == last
        assert set(database.store.quads()) == states[last - 1]
        undone(database, last + 1, lenient)
        assert set(database.store.quads()) == states[last]
        version = data.draw(st.integers(0, last))
        restore(database, version, author="Bob", reason="back", shapes=lenient)
        assert set(database.store.quads()) == states[version]
        assert quads_at(database.journal, last) == states[last]
