"""The glossary of what is shipped: nothing in it is left unsaid."""

from __future__ import annotations

import pyoxigraph as ox

from graph.glossary.glossary import shipped
from graph.glossary.words import plain
from graph.namespaces import SV
from graph.query import queries
from graph.resources import resource
from graph.rules import read_rules


def test_every_declared_term_is_in_it_with_a_label_and_a_definition() -> None:
    declared = {
        quad.subject.value.removeprefix(SV)
        for file in resource("ontology").glob("*.ttl")
        for quad in ox.parse(path=file)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SV)
    }
    terms = shipped().terms
    assert terms.keys() == declared
    assert [term.name for term in terms.values() if not (term.label and term.definition)] == []
    modules = {module.name for module in shipped().modules}
    assert {term.module for term in terms.values()} <= modules


def test_every_axiom_of_the_ontology_has_words() -> None:
    said = [
        plain(words)
        for term in shipped().terms.values()
        for words in (*term.facts, term.domain, term.range)
    ]
    assert [words for words in said if "only the file" in words] == []
    assert "Every commitment has at least one debtor (actor)." in said


def test_every_mapping_of_the_alignments_is_told_with_a_name_to_read() -> None:
    told = [each for term in shipped().terms.values() for each in term.mappings]
    stated = sum(
        isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(SV)
        and quad.predicate.value.endswith(("Match", "subClassOf", "subPropertyOf"))
        for file in resource("ontology", "alignments").glob("*.ttl")
        for quad in ox.parse(path=file)
    )
    assert len(told) == stated > 200
    assert [plain(each.other) for each in told if "://" in plain(each.other)] == []


def test_every_rule_and_every_question_is_found_from_a_term() -> None:
    rules = {rule.id for many in shipped().rules.values() for rule in many}
    stated = {
        each.object for each in read_rules().triples if each.predicate.value.endswith("#ruleId")
    }
    assert len(rules) > 100
    assert rules <= {each.value for each in stated if isinstance(each, ox.Literal)}
    asked = {query.name for many in shipped().questions.values() for query in many}
    assert asked == {query.name for query in queries()}
