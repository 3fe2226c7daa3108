"""The form of the rules: what each says to its reader, and which parts of SHACL it is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from graph.namespaces import SHAPES
from graph.resources import resource
from tests.shapes.conftest import RULE_ID, ontology_graph, rules, shapes_graph

# An incremental validator must know how to read each of these, so a new one is a decision.
CONSTRUCTS = {
    *(SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf),
    *(SH.severity, SH.message, RULE_ID, RDFS.label, RDFS.comment),
    *(SH.path, SH.alternativePath, SH.inversePath, SH.oneOrMorePath),
    *(SH.minCount, SH.maxCount, SH.qualifiedValueShape, SH.qualifiedMinCount),
    *(SH["class"], SH.datatype, SH.hasValue, SH.minInclusive),
    *(SH.pattern, SH.languageIn, SH.uniqueLang),
    *(SH.disjoint, SH.lessThan, SH.lessThanOrEquals),
    *(SH["and"], SH["or"], SH["not"], SH.node, SH.property),
    *(SH.sparql, SH.select, SH.prefixes, SH.declare, SH.prefix, SH.namespace),
    *(RDF.type, RDF.first, RDF.rest),
}
AGGREGATES = {"at-least-reachable", "debtor-count", "group-count"}
JARGON = re.compile(
    r"\b(?:[IU]RIs?|RDF|OWL|SHACL|SPARQL|nodes?|blank|literals?|triples?|datatypes?|predicates?"
    r"|properties|property|shapes?|cardinality|(?:sh|sv|rdfs?|xsd|owl|prov):)"
)


def queries() -> dict[str, str]:
    """Give the SPARQL texts by rule id."""
    shapes = shapes_graph()
    return {
        rule: str(shapes.value(shapes.value(shape, SH.sparql), SH.select))
        for rule, shape in rules().items()
        if shapes.value(shape, SH.sparql) is not None
    }


def message(rule: str) -> rdflib.Literal:
    (text,) = shapes_graph().objects(rules()[rule], SH.message)
    assert isinstance(text, rdflib.Literal)
    return text


def test_every_shape_with_a_target_is_a_rule() -> None:
    shapes = shapes_graph()
    targets = (SH.targetClass, SH.targetObjectsOf, SH.targetSubjectsOf)
    targeted = {shape for target in targets for shape in shapes.subjects(target)}

    assert targeted == set(rules().values())


def test_no_two_shapes_are_one_rule() -> None:
    assert len(rules()) == len(list(shapes_graph().subjects(RULE_ID)))


@pytest.mark.parametrize(
    "file", sorted(resource("shapes").glob("*.ttl")), ids=lambda file: file.stem
)
def test_a_file_names_itself_and_its_rules_after_its_place(file: Path) -> None:
    graph = rdflib.Graph().parse(file)
    name = SHAPES + file.stem

    assert (rdflib.URIRef(name), RDFS.label, None) in graph
    for shape, rule in graph.subject_objects(RULE_ID):
        assert str(shape) == f"{name}#{rule}"


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_rule_has_a_plain_name_and_one_severity(rule: str) -> None:
    severities = list(shapes_graph().objects(rules()[rule], SH.severity))

    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule)
    assert len(severities) == 1
    assert severities[0] in {SH.Violation, SH.Warning, SH.Info}


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_message_is_an_english_sentence_in_the_words_of_its_reader(rule: str) -> None:
    text = message(rule)

    assert text.language == "en"
    assert re.match(r"[A-Z]", text), text
    assert text.endswith("."), text
    assert not JARGON.search(text), text


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_message_quotes_only_words_that_the_ontology_shows(rule: str) -> None:
    shown = {str(label) for label in ontology_graph().objects(predicate=RDFS.label)}

    assert set(re.findall(r"“([^”]*)”", message(rule))) <= shown


def test_the_shapes_use_only_constructs_that_are_known() -> None:
    assert set(shapes_graph().predicates()) <= CONSTRUCTS


def test_no_shape_leads_back_to_itself() -> None:
    shapes = shapes_graph()
    logical = (SH["and"], SH["or"], SH["not"])
    steps = (*logical, SH.node, SH.property, SH.qualifiedValueShape, RDF.first, RDF.rest)
    for shape in rules().values():
        waiting = [shapes.value(shape, step) for step in steps]
        seen: set[rdflib.term.Node] = set()
        while waiting:
            part = waiting.pop()
            if part is not None and part not in seen:
                seen.add(part)
                waiting.extend(found for step in steps for found in shapes.objects(part, step))
        assert shape not in seen, shape


@pytest.mark.parametrize("rule", sorted(queries()))
def test_a_query_is_made_of_plain_patterns(rule: str) -> None:
    text = queries()[rule]
    barred = r"\b(?:OPTIONAL|UNION|MINUS|GRAPH|SERVICE|VALUES|BIND|SELECT.*SELECT)\b"

    assert not re.search(barred, text, re.DOTALL)
    assert ("GROUP BY" in text) == (rule in AGGREGATES)
    assert not re.search(r"[.{;]\s*[?$]\w+\s+[?$]\w+\s", text), "a predicate must not be a variable"
