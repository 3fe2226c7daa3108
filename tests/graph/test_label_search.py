"""Labels are found by the beginnings of their words, in every language, whatever is typed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.database import Database
from graph.errors import InvalidRequest
from graph.journal import Change
from graph.label_search import LABELS, Found, LabelIndex
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
def index(tmp_path_factory: pytest.TempPathFactory) -> LabelIndex:
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
        return LabelIndex.of(database.store)


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
    index: LabelIndex, text: str, things: list[str]
) -> None:
    assert [each.thing.removeprefix("http://e/") for each in index.search(text)] == things


def test_a_result_says_where_and_in_which_language(index: LabelIndex) -> None:
    (one,) = index.search("france")
    assert one[:3] == ("http://e/france", "France", "en")
    ranks = [each.rank for each in index.search("forc")]
    assert ranks == sorted(ranks)
    assert all(rank < 0 for rank in ranks)


def test_a_language_stands_for_its_regions_and_not_for_longer_names(index: LabelIndex) -> None:
    assert [each.language for each in index.search("d", language="en")] == ["en-gb"]
    assert [each.language for each in index.search("frank", language="de")] == ["de-at"]
    assert [each.language for each in index.search("frank", language="DE-AT")] == ["de-at"]
    assert index.search("frank", language="d") == []
    assert index.search("frank", language="en") == []
    for tag in ("*", "en_GB", "e'n", "\0"):
        with pytest.raises(InvalidRequest, match="is no language tag"):
            index.search("frank", language=tag)


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
def test_hostile_text_is_only_text(index: LabelIndex, text: str) -> None:
    assert all(isinstance(each, Found) for each in index.search(text))


@settings(max_examples=300)
@given(st.text())
def test_no_text_is_an_error(index: LabelIndex, text: str) -> None:
    index.search(text)


def test_operators_are_words(index: LabelIndex) -> None:
    assert [each.thing for each in index.search("not OR near")] == ["http://e/plus"]


def test_an_index_is_of_the_version_it_was_made_of(tmp_path: Path) -> None:
    with Database.open(tmp_path) as database:
        one, two = label("a", "Alpha", "en", 0), label("b", "Alphabet", "en", 0)
        commit(database, Change(adds=(one,)))
        before = LabelIndex.of(database.store)
        commit(database, Change(adds=(two,), removes=(one,)))
        assert [each.label for each in before.search("alpha")] == ["Alpha"]
        after = LabelIndex.of(database.store)
        assert [each.label for each in after.search("alpha")] == ["Alphabet"]
        assert after.things == {"http://e/b"}
    assert not [*tmp_path.glob("*labels*")]


def test_what_was_found_is_marked_within_the_label(index: LabelIndex) -> None:
    best = index.search("mult ukr")[0]
    assert [part.text for part in best.parts if part.found] == ["Multinational", "Ukraine"]
    assert "".join(part.text for part in best.parts) == best.label


def test_a_label_that_has_the_marks_itself_loses_no_other_character() -> None:
    index = LabelIndex([("one \ufdd0two\ufdd1 three", "http://e/a", "")])
    (found,) = index.search("one")
    assert "".join(part.text for part in found.parts) == "one two three"


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
        index = LabelIndex.of(database.store)
    assert [each.thing for each in index.search("agreement")] == [f"{SV}Agreement"]


@pytest.mark.parametrize(
    ("text", "label", "whole"),
    [
        ("france", "France", True),
        ("air def", "Air defence", True),
        ("def", "Air defence", False),
        ("ceasefire", "a ceasefire", True),
        ("ceasefire", "The (ceasefire)!", True),
        ("ceasefire", "no ceasefire", False),
        ("сил", "Багатонаціональні сили", False),
    ],
)
def test_a_label_is_whole_that_has_no_other_words(text: str, label: str, whole: bool) -> None:
    (found,) = LabelIndex([(label, "http://e/thing", "en")]).search(text)
    assert found.whole is whole


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("frnace", ["france"]),
        ("multinatonal forse", ["multinational force"]),
        ("france ukraine", ["france", "ukraine"]),
        ("airforce xxxxxxxx", ["forces"]),
        ("Franse xxxxxxxx", ["france"]),
        ("\ud800frnace", ["france"]),
        ("fr\0nce", ["france"]),
        ("xxxxxxxx", []),
        ("", []),
        ("++", []),
    ],
)
def test_where_nothing_is_found_there_are_other_words_that_find_something(
    index: LabelIndex, text: str, near: list[str]
) -> None:
    assert index.search(text) == []
    assert index.near(text) == near
    assert all(index.search(each) for each in near)


def test_of_a_long_text_the_first_words_are_written_anew(index: LabelIndex) -> None:
    assert index.near("xxxxxxxx xxxxxxxx xxxxxxxx frnace") == ["france"]
    assert index.near("xxxxxxxx xxxxxxxx xxxxxxxx xxxxxxxx frnace") == []


def test_among_very_many_words_those_that_begin_alike_are_compared() -> None:
    many = [(f"b{number:07}", f"http://e/{number}", "") for number in range(3000)]
    index = LabelIndex([*many, ("broadcast", "http://e/x", "")])
    assert index.near("brodacast") == ["broadcast"]
    assert index.near("croadcast") == []
