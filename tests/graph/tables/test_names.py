"""Things are found by what people call them, and never guessed."""

from __future__ import annotations

import pytest

from graph.namespaces import ID, SV
from graph.store import Store
from graph.tables.names import Named, Names, plain, slug
from graph.tables.template import shipped_names


@pytest.fixture(scope="module")
def names(store: Store) -> Names:
    return Names(store)


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine",
        " UKRAINE ",
        "Україна",
        "UA",
        "ukr",
        "actor/ukraine",
        "id:actor/ukraine",
        ID + "actor/ukraine",
        "ukraine",
    ],
)
def test_an_actor_is_found_by_names_in_languages_codes_and_ids(names: Names, text: str) -> None:
    assert names.find(text, "Actor") == [Named("Ukraine", ID + "actor/ukraine")]


def test_a_name_is_the_same_with_the_quotes_dashes_and_blanks_of_programs(names: Names) -> None:
    typed: dict[str, str | int | None] = {
        "\u2019": "'",
        "\u2013": "-",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
    }
    text = "Côte d\u2019Ivoire \u2013 \u201cx\u201d\u00a0y"
    assert plain(text) == plain(f" {text.translate(str.maketrans(typed)).upper()}\n")
    assert plain("Cote") != plain("Côte")


def test_a_misspelt_name_is_not_found_and_has_candidates(names: Names) -> None:
    assert names.find("Germny", "Actor") == []
    assert names.near("Germny", "Actor")[0] == Named("Germany", ID + "actor/germany")
    assert names.near("xyzzy", "Actor") == []


def test_a_name_of_two_things_gives_both(store: Store) -> None:
    names = Names(store)
    names.add("Actor", "Ukraine", Named("Ukraine", ID + "actor/other"))
    assert [each.iri for each in names.find("UKRAINE", "Actor")] == [
        ID + "actor/other",
        ID + "actor/ukraine",
    ]


def test_a_thing_of_another_class_is_not_found(names: Names) -> None:
    assert names.find("Ukraine", "Instrument") == []


def test_choices_are_those_of_the_ontology() -> None:
    names = shipped_names()
    assert [each.label for each in names.all("Domain")] == ["air", "cyber", "land", "sea", "space"]
    kinds = [each.label for each in names.kinds("Undertaking")]
    assert kinds == ["commitment", "intention", "possibility"]
    assert names.kind("engagement", "Undertaking") == names.kind("Commitment", "Undertaking")
    assert names.kind("undertaking", "Undertaking") == []
    assert names.find("суходіл", "Domain") == [Named("land", SV + "Land")]


def test_names_that_differ_have_ends_of_iris_that_differ() -> None:
    assert slug("Example agreement") == slug("example  AGREEMENT")
    texts = ("A B", "A-B!", "Угода", "Договір", "x" * 100, "x" * 101)
    assert len({slug(text) for text in texts}) == len(texts)
    assert all(slug(text).isascii() and "." not in slug(text) for text in texts)
