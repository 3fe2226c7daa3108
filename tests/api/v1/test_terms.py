"""Terms and things by a part of their names, over HTTP."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from graph.namespaces import ID, SV
from tests.api.v1.conftest import Ask, Json
from tests.api.v1.test_operations import errors, operation


def test_the_answer_is_as_described(ask: Ask, document: Json) -> None:
    answer = ask("terms", ("q", "france"), ("limit", "100"))
    assert answer["items"][0]["id"] == ID + "actor/france"
    assert errors(document, operation(document, "terms"), answer) == []


def test_a_term_has_its_definition_and_a_thing_its_classes(ask: Ask) -> None:
    (debtor, *_) = ask("terms", ("q", "sv:debtor"), ("kind", "property"))["items"]
    assert debtor["name"] == "sv:debtor"
    assert debtor["definition"].endswith(".")
    (france, *_) = ask("terms", ("q", "france"), ("kind", "thing"))["items"]
    assert (france["types"], france["definition"]) == (["State"], None)


def test_only_the_kinds_asked_for_are_given_and_all_are_counted(ask: Ask) -> None:
    answer = ask("terms", ("kind", "class"), ("kind", "individual"), ("limit", "5"))
    assert len(answer["items"]) == 5
    assert answer["total"] > 50
    both = ask("terms", ("kind", "class"), ("kind", "individual"), ("limit", "100"))
    assert {item["kind"] for item in both["items"]} == {"class", "individual"}


def test_labels_are_in_the_language_asked_for(ask: Ask) -> None:
    (actor, *_) = ask("terms", ("q", "sv:Actor"), ("lang", "uk-UA"))["items"]
    assert (actor["id"], actor["label"]) == (SV + "Actor", "актор")
    assert ask("terms", ("q", "acteur"), ("lang", "fr"))["items"][0]["id"] == SV + "Actor"


@pytest.mark.parametrize(
    ("query", "name"),
    [("kind=graph", "kind"), ("limit=0", "limit"), ("limit=101", "limit"), ("asOf=2026", "asOf")],
)
def test_what_it_does_not_take_is_refused(paris: TestClient, query: str, name: str) -> None:
    answer = paris.get(f"/api/v1/terms?{query}")
    assert answer.status_code == 400
    assert name in answer.text
