"""Labels are found by the beginnings of their words, in every language, whatever is typed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.errors import InvalidRequest, ServandaError
from graph.journal import Change
from graph.label_search import INDEX, LABELS, Found, search
from graph.namespaces import DATA, ONTOLOGY, SV
from tests.graph.histories import commit

RDFS, PREFERRED, OTHER = LABELS
TEXTS: dict[str, list[tuple[str, str | None]]] = {
    "france": [("France", "en"), ("Франція", "uk"), ("Frankreich", "de-AT")],
    "force": [("Multinational Force for Ukraine", "en"), ("Багатонаціональні сили", "uk")],
    "defence": [("Défense aérienne", "fr"), ("Air defence", "en-GB")],
    "forces": [("Forces armées", "fr"), ("Forces", None)],
    "hindi": [("हिन्दी भाषा", "hi")],
    "plus": [('C++ NOT "a" OR b* (NEAR)', None)],
}


def label(name: str, text: str, language: str | None, number: int) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(f"http://e/{name}"),
        LABELS[number % 3],
        ox.Literal(text, language=language),
        ox.NamedNode(f"{DATA}{number % 2}"),
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database.open(tmp_path_factory.mktemp("labels")) as database:
        quads = [
            label(name, text, language, number)
            for name, texts in TEXTS.items()
            for number, (text, language) in enumerate(texts)
        ]
        # The same label in a second graph, a label that is no text, and a text that is no label.
        again = label("france", "France", "en", 3)
        strange = ox.Quad(again.subject, RDFS, ox.NamedNode("http://e/France"), again.graph_name)
        note = ox.Quad(again.subject, ox.NamedNode("http://e/p"), again.object, again.graph_name)
        commit(database, Change(adds=(*quads, again, strange, note)))
        yield database


def found(database: Database, text: str, **options: str | int) -> list[Found]:
    return search(database.journal, database.store, text, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("france", ["france"]),
        ("FRAN", ["france", "france"]),
        ("Фран", ["france"]),
        ("франція", ["france"]),
        ("defense aerienne", ["defence"]),
        ("De\u0301fense", ["defence"]),
        ("aer def", ["defence"]),
        ("for ukr", ["force"]),
        ("forc", ["forces", "forces", "force"]),
        ("हि", ["hindi"]),
        ("nationalforce", []),
        ("orce", []),
        ("", []),
        ("   ", []),
        ("++ *** ()", []),
    ],
)
def test_every_word_begins_a_word_of_the_label(
    database: Database, text: str, things: list[str]
) -> None:
    assert [each.thing.removeprefix("http://e/") for each in found(database, text)] == things


def test_a_result_says_where_and_in_which_language(database: Database) -> None:
    (one,) = found(database, "france")
    assert one[:3] == ("http://e/france", "France", "en")
    ranks = [each.rank for each in found(database, "forc")]
    assert ranks == sorted(ranks)
    assert all(rank < 0 for rank in ranks)


def test_a_language_stands_for_its_regions_and_not_for_longer_names(database: Database) -> None:
    assert [each.language for each in found(database, "d", language="en")] == ["en-gb"]
    assert [each.language for each in found(database, "frank", language="de")] == ["de-at"]
    assert [each.language for each in found(database, "frank", language="DE-AT")] == ["de-at"]
    assert found(database, "frank", language="d") == []
    assert found(database, "frank", language="en") == []
    for tag in ("*", "en_GB", "e'n", "\0"):
        with pytest.raises(InvalidRequest, match="is no language tag"):
            found(database, "frank", language=tag)


def test_no_more_are_given_than_asked_for(database: Database) -> None:
    assert len(found(database, "f", limit=2)) == 2
    assert found(database, "f", limit=0) == found(database, "f", limit=-1) == []


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '""',
        "'",
        "*",
        "a*b",
        "-",
        "^a",
        "a AND",
        "NOT",
        "OR OR",
        "NEAR(a b)",
        "label:a",
        "{label thing}: a",
        "a\0b",
        "\0",
        "\ud800",
        "\u0301",
        "(",
        "a)",
        "x" * 100_000,
        "a " * 50_000,
        '"' * 100_000,
        "; DROP TABLE labels; --",
        "²",
        "\U0001d4b3",
    ],
)
def test_hostile_text_is_only_text(database: Database, text: str) -> None:
    assert all(isinstance(each, Found) for each in found(database, text))


@settings(max_examples=300)
@given(st.text(), st.integers(-5, 5000))
def test_no_text_is_an_error(database: Database, text: str, limit: int) -> None:
    found(database, text, limit=limit)


def test_operators_are_words(database: Database) -> None:
    assert [each.thing for each in found(database, "not OR near")] == ["http://e/plus"]


def test_the_index_follows_the_journal(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        one, two = label("a", "Alpha", "en", 0), label("b", "Alphabet", "en", 0)
        assert found(database, "alpha") == []
        commit(database, Change(adds=(one,)))
        assert [each.label for each in found(database, "alpha")] == ["Alpha"]
        made = (tmp_path / INDEX).stat()
        found(database, "alpha")
        assert (tmp_path / INDEX).stat().st_ino == made.st_ino
        commit(database, Change(adds=(two,), removes=(one,)))
        assert [each.label for each in found(database, "alpha")] == ["Alphabet"]
    assert [each.name for each in tmp_path.glob("*labels*")] == [INDEX]
    with (
        Database.open(tmp_path, writable=False, version=1) as past,
        pytest.raises(ValueError, match="the store is at 1 and the journal at 2"),
    ):
        found(past, "alpha")


def test_a_damaged_or_foreign_index_is_made_anew(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(label("a", "Alpha", "en", 0),)))
        whole = found(database, "alpha")
        for content in (b"", b"no index", (tmp_path / INDEX).read_bytes()[:8000]):
            (tmp_path / INDEX).write_bytes(content)
            assert found(database, "alpha") == whole
        with closing(sqlite3.connect(tmp_path / INDEX)) as index, index:
            index.execute("UPDATE head SET hash = 'of another journal'")
            index.execute("DELETE FROM labels")
        assert found(database, "alpha") == whole


def test_an_index_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        commit(database, Change(adds=(label("a", "Alpha", "en", 0),)))
        (tmp_path / INDEX).mkdir()
        (tmp_path / INDEX / "in the way").touch()
        with pytest.raises(ServandaError, match="the index of labels") as told:
            found(database, "alpha")
        assert "permissions" in str(told.value)


def test_the_terms_of_other_vocabularies_are_not_found(tmp_path: Path) -> None:
    foreign, ours = (
        ox.Quad(ox.NamedNode(iri), RDFS, ox.Literal("Agreement", language="en"), graph)
        for iri, graph in (
            ("http://www.w3.org/ns/odrl/2/Agreement", ox.NamedNode(f"{ONTOLOGY}alignments/odrl")),
            (f"{SV}Agreement", ox.NamedNode(f"{ONTOLOGY}instruments")),
        )
    )
    with Database.open(tmp_path / "db") as database:
        commit(database, Change(adds=(foreign, ours)))
        assert [each.thing for each in found(database, "agreement")] == [f"{SV}Agreement"]
