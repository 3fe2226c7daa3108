from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from api.labels import best, labels, readable, suggestions
from graph.database import Database
from graph.namespaces import DATA, ID, PREFIXES
from tests.api.conftest import fill

THING = ox.NamedNode(ID + "actor/ruritania")
LABEL = ox.NamedNode(PREFIXES["rdfs"] + "label")
PREFERRED = ox.NamedNode(PREFIXES["skos"] + "prefLabel")


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([(LABEL, "Land", "de"), (LABEL, "Country", "en")], "Country"),
        ([(LABEL, "Land", "de"), (LABEL, "Country", "en-GB")], "Country"),
        ([(LABEL, "Land", "de"), (LABEL, "UKR", None)], "UKR"),
        ([(LABEL, "Land", "de"), (LABEL, "Pays", "fr")], "Land"),
        ([(LABEL, "Name", "en"), (PREFERRED, "Preferred", "en")], "Preferred"),
        ([(LABEL, "Name", "en"), (PREFERRED, "Bevorzugt", "de")], "Name"),
    ],
)
def test_english_comes_first_then_what_has_no_language(
    candidates: list[tuple[ox.NamedNode, str, str | None]], chosen: str
) -> None:
    statements = [
        (THING, naming, ox.Literal(text, language=language))
        for naming, text, language in candidates
    ]
    for order in (statements, statements[::-1]):
        assert best(order) == {THING.value: chosen}


def test_labels_are_found_for_iris_alone(data_dir: Path) -> None:
    with Database.open(data_dir, writable=False) as database:
        found = labels(database.store, [THING, ox.NamedNode(DATA + "pact"), ox.Literal("x"), None])
    assert found == {THING.value: "Ruritania", DATA + "pact": "The pact"}


def test_the_things_of_a_small_graph_are_offered_by_identifier_and_label(data_dir: Path) -> None:
    with Database.open(data_dir, writable=False) as database:
        offered = dict(suggestions(database.store))
    assert set(offered) == {"actor/mallory", "actor/ruritania", "commitment/aid", "text/art.1"}
    assert offered["actor/ruritania"] == "Ruritania"


def test_of_more_things_than_anyone_would_look_through_none_is_offered(tmp_path: Path) -> None:
    things = "".join(f"<{ID}actor/a{number}> <https://e.org/p> 1 ." for number in range(1001))
    with Database.open(tmp_path) as database:
        fill(database, "many", things)
        assert suggestions(database.store) == []


def test_midnight_is_shown_as_a_date_and_any_other_time_in_full() -> None:
    date_time = ox.NamedNode(PREFIXES["xsd"] + "dateTime")
    for lexical, text in (
        ("2026-01-06T00:00:00Z", "2026-01-06"),
        ("2026-01-06T09:30:00Z", "2026-01-06T09:30:00Z"),
    ):
        assert readable(ox.Literal(lexical, datatype=date_time), {}) == text
    assert readable(ox.Literal("2026-01-06T00:00:00Z"), {}) == "2026-01-06T00:00:00Z"
