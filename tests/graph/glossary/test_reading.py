from __future__ import annotations

from graph.glossary.terms import Kind, Text
from graph.glossary.words import Named, plain
from graph.namespaces import ONTOLOGY, SV
from tests.graph.glossary.conftest import Read, told


def labels(many: tuple[Named, ...]) -> list[str]:
    return [each.label for each in many]


def test_a_class_has_its_words_and_its_place(read: Read) -> None:
    deed = read("").terms["Deed"]
    assert deed.kind is Kind.CLASS
    assert deed.labels == (Text("en", "deed"), Text("fr", "acte"))
    assert (deed.label, deed.definition) == ("deed", "What is done.")
    assert (deed.examples, deed.notes) == (("To sign.",), ("Not what is meant.",))
    assert (deed.module, deed.iri) == ("core", f"{SV}Deed")
    assert (labels(deed.above), labels(deed.below)) == ([], ["promise"])
    assert labels(deed.distinct) == ["actor"]
    assert labels(read("").terms["Promise"].distinct) == ["actor", "colour"]


def test_a_class_has_its_properties_and_those_of_the_classes_above(read: Read) -> None:
    found = read("").terms["Promise"].properties
    assert [(each.name.label, each.count, each.of.label) for each in found] == [
        ("given by", "exactly one", "deed"),
        ("given to", "at least one", "deed"),
    ]
    above = read("").terms["Deed"].properties
    assert [each.count for each in above] == ["at most one", "any number"]
    assert plain(above[0].range) == "actor"


def test_a_restriction_over_joined_classes_names_them_all(read: Read) -> None:
    assert told(read("").terms["Promise"].facts) == [
        "Every promise has exactly one given by (actor).",
        "Every promise has at least one given to (actor or deed).",
    ]


def test_a_property_has_its_sides_and_what_holds_of_it(read: Read) -> None:
    terms = read("").terms
    assert terms["by"].kind is Kind.LINK
    assert (plain(terms["by"].domain), plain(terms["by"].range)) == ("deed", "actor")
    assert told(terms["by"].facts) == [
        "A thing has at most one.",
        "It is the other direction of gives.",
    ]
    assert told(terms["gives"].facts) == ["It is the other direction of given by."]
    assert plain(terms["to"].domain) == "deed or actor"
    assert told(terms["to"].facts) == ["It leads from nothing to itself."]
    assert labels(terms["to"].below) == ["given to all"]
    assert terms["warm"].kind is Kind.VALUE
    assert plain(terms["warm"].range) == "xsd:boolean"
    assert labels(terms["Actor"].leading_here) == ["given by"]


def test_an_individual_has_its_class_and_what_is_said_of_it(read: Read) -> None:
    terms = read("").terms
    assert terms["Red"].kind is Kind.INDIVIDUAL
    assert labels(terms["Red"].kinds) == ["colour"]
    assert labels(terms["Colour"].members) == ["red"]
    assert told(terms["Red"].facts) == ["warm: true."]


def test_a_deprecated_term_names_what_replaces_it(read: Read) -> None:
    terms = read("").terms
    assert terms["gives"].is_deprecated
    assert terms["gives"].replacement == Named("given by", f"{SV}by")
    assert not terms["by"].is_deprecated


def test_a_mapping_is_told_with_its_vocabulary_and_its_reason(read: Read) -> None:
    (close,) = read("").terms["Promise"].mappings
    assert (close.relation, plain(close.other)) == ("is close to", "Pledge")
    assert close.vocabulary == Named(
        "Servanda and alignments/others", f"{ONTOLOGY}alignments/others"
    )
    assert close.note == "Theirs binds."
    (kind,) = read("").terms["Deed"].mappings
    assert kind.relation == "is a kind of"


def test_terms_stand_kind_by_kind_in_the_order_of_their_labels(read: Read) -> None:
    found = read("").terms.values()
    assert [term.label for term in found] == [
        *("actor", "colour", "deed", "promise"),
        *("given by", "given to", "given to all", "gives"),
        "warm",
        "red",
    ]


def test_a_module_tells_its_version_and_what_it_holds(read: Read) -> None:
    found = read("")
    assert found.core.version == "1.2.3"
    assert found.core.description == "What core holds."
    (others,) = found.alignments
    assert (others.name, others.iri) == ("alignments/others", f"{ONTOLOGY}alignments/others")
