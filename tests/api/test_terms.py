from __future__ import annotations

import pytest

from api.terms import Kind, Term, definitions, found, vocabulary
from graph.namespaces import ID, PREFIXES, SV

FRANCE = Term(ID + "actor/france", Kind.thing, "France")
FORCE = Term(ID + "commitment/force", Kind.thing, "Force for France")
DEBTOR = Term(SV + "debtor", Kind.property, "has debtor")
OF_DEBTOR = Term(SV + "ofDebtor", Kind.property, "of debtor")
DEBT = Term(SV + "Debt", Kind.class_, "debt")
EVERY = [FORCE, OF_DEBTOR, DEBTOR, FRANCE, DEBT]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("deb", [DEBT, DEBTOR, OF_DEBTOR]),
        ("sv:deb", [DEBT, DEBTOR]),
        ("FRANCE", [FRANCE, FORCE]),
        ("for f", [FORCE]),
        ("ance", [FRANCE, FORCE]),
        ("has debtor", [DEBTOR]),
        ("germany", []),
    ],
)
def test_the_beginning_of_a_name_comes_before_a_part_of_a_label(
    q: str, expected: list[Term]
) -> None:
    assert found(q, EVERY) == expected


def test_of_what_fits_alike_the_shortest_comes_first_and_then_a_class() -> None:
    structure = Term(SV + "DebtorStructure", Kind.class_, "debtor structure")
    property_ = Term(SV + "lead", Kind.property, "lead")
    class_ = Term(SV + "Lead", Kind.class_, "lead")
    assert found("sv:deb", [structure, DEBTOR]) == [DEBTOR, structure]
    assert found("lead", [property_, class_]) == [class_, property_]


def test_no_text_finds_everything() -> None:
    assert set(found("", EVERY)) == set(EVERY)


def test_a_name_is_what_a_query_may_hold() -> None:
    assert DEBTOR.name == "sv:debtor"
    assert FRANCE.name == f"<{ID}actor/france>"
    assert Term("https://example.org/x", Kind.thing, "x").name == "<https://example.org/x>"


def test_the_vocabulary_has_what_the_ontology_declares_and_what_it_is_written_with() -> None:
    words = vocabulary("en")
    assert words[SV + "Commitment"] == Term(SV + "Commitment", Kind.class_, "commitment")
    assert words[SV + "debtor"].kind is Kind.property
    assert words[SV + "Land"].kind is Kind.individual
    assert words[PREFIXES["rdfs"] + "label"].name == "rdfs:label"
    assert vocabulary("fr")[SV + "Actor"].label == "acteur"


def test_every_term_of_ours_says_what_it_means() -> None:
    unsaid = [iri for iri in vocabulary("en") if iri.startswith(SV) and not definitions().get(iri)]
    assert unsaid == []


def test_a_language_without_labels_is_answered_with_what_english_has() -> None:
    assert vocabulary("xx") is vocabulary("yy") is vocabulary("en")
