"""Findings say which rule, which thing, where and what, in a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest

from graph.errors import UnreadableInput
from graph.namespaces import DATA, SV
from graph.rdf import TURTLE, read
from graph.validate import Finding, Refused, report_digest, validate
from tests.graph.conftest import PARIS, SHAPES, turtle

LABELLED = 'sv:p1 a sv:Commitment ; rdfs:label "Versprechen"@de , "Promise of X"@en ; '
GOOD = LABELLED + "sv:debtor sv:x ; sv:amount 1.5 ."


def quads(text: str, graph: ox.NamedNode = PARIS) -> list[ox.Quad]:
    return read(turtle(text).encode(), format=TURTLE, graph=graph, source="test")


def judge(shapes: Path, rules: str, data: str) -> list[Finding]:
    (shapes / "commitments.ttl").write_text(turtle(rules))
    return validate(quads(data), shapes)


def test_data_that_keeps_the_rules_has_no_findings(shapes: Path) -> None:
    assert validate(quads(GOOD), shapes) == []


def test_a_finding_says_everything_about_the_place(shapes: Path) -> None:
    assert validate(quads(LABELLED + "sv:amount 0.0 ; sv:debtor sv:x ."), shapes) == [
        Finding(
            severity="violation",
            rule="commitment",
            message="a commitment has a debtor and an amount above zero",
            focus=SV + "p1",
            focus_label="Promise of X",
            path="sv:amount",
            value="0.0",
            graph=PARIS.value,
        )
    ]


def test_a_finding_is_one_sentence(shapes: Path) -> None:
    labelled, bare = validate(quads(LABELLED + "a sv:Any . sv:p2 a sv:Commitment ."), shapes)
    rule = "violation commitment-debtor: "
    assert str(labelled) == f"{rule}`Promise of X` ({SV}p1): a commitment needs a debtor"
    assert str(bare) == f"{rule}`{SV}p2`: a commitment needs a debtor"


def test_a_subclass_is_judged_by_the_rules_of_its_class(shapes: Path, ontology: Path) -> None:
    core = ox.NamedNode("https://w3id.org/servanda/ontology/core")
    known = read((ontology / "core.ttl").read_bytes(), format=TURTLE, graph=core, source="core")
    (finding,) = validate([*known, *quads("sv:p3 a sv:Promise .")], shapes)
    assert (finding.rule, finding.focus) == ("commitment-debtor", SV + "p3")


def test_findings_come_by_severity_then_rule_then_focus(shapes: Path) -> None:
    found = validate(
        quads("sv:b a sv:Commitment ; sv:note 1 . sv:a a sv:Commitment ; sv:amount 0 ."), shapes
    )
    assert [(each.severity, each.rule, each.focus[-1]) for each in found] == [
        ("violation", "commitment", "a"),
        ("violation", "commitment-debtor", "a"),
        ("violation", "commitment-debtor", "b"),
        ("warning", "commitment-note", "b"),
    ]


def test_a_finding_names_the_dataset_the_thing_stands_in(shapes: Path) -> None:
    other = ox.NamedNode(DATA + "other")
    described = quads('sv:p1 rdfs:label "Promise"@en ; sv:note "n" .', other)
    found = validate([*described, *quads("sv:p1 a sv:Commitment .")], shapes)
    assert [(each.rule, each.graph) for each in found] == [
        ("commitment-debtor", PARIS.value),
        ("commitment-note", other.value),
    ]


def test_a_silent_property_shape_leaves_the_word_to_its_owner(shapes: Path) -> None:
    rules = """
    sv:S a sh:NodeShape ; sh:targetClass sv:Commitment ; sv:ruleId "outer" ; sh:severity sh:Info ;
        sh:message "ask for it"@en ;
        sh:property [ sh:path sv:content ; sh:property [ sh:path sv:amount ; sh:minCount 1 ] ] .
    """
    (finding,) = judge(shapes, rules, "sv:p a sv:Commitment ; sv:content sv:c .")
    assert (finding.rule, finding.severity, finding.message) == ("outer", "info", "ask for it")
    assert finding.focus == SV + "c"


def test_a_shape_without_rule_id_is_called_by_its_name(shapes: Path) -> None:
    rules = "sv:S a sh:NodeShape ; sh:targetClass sv:State ; sh:property [ sh:path sv:x ; "
    (finding,) = judge(shapes, rules + "sh:minCount 1 ] .", "sv:p a sv:State .")
    assert (finding.rule, finding.path) == ("S", "sv:x")
    assert finding.message


def test_a_sparql_constraint_fills_its_message_in(shapes: Path) -> None:
    rules = """
    sv:S a sh:NodeShape ; sh:targetClass sv:Commitment ; sv:ruleId "outer" ; sh:message "outer" ;
        sh:sparql [ sv:ruleId "order" ; sh:message "starts in {?value}, too late"@en ; sh:select
            "SELECT $this ?value { $this <https://w3id.org/servanda/ns#start> ?value }" ] .
    """
    (finding,) = judge(shapes, rules, "sv:p a sv:Commitment ; sv:start 2031 .")
    assert (finding.rule, finding.message) == ("order", "starts in 2031, too late")
    assert finding.value == "2031"


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("[ sh:inversePath sv:member ]", "^sv:member"),
        ("( sv:content sv:amount )", "sv:content / sv:amount"),
        ("[ sh:alternativePath ( sv:a sv:b ) ]", "sv:a | sv:b"),
        ("<http://example.org/p>", "<http://example.org/p>"),
    ],
)
def test_a_path_is_written_as_sparql_does(shapes: Path, path: str, written: str) -> None:
    rules = "sv:S a sh:NodeShape ; sh:targetClass sv:State ; "
    rules += f"sh:property [ sh:path {path} ; sh:minCount 1 ] ."
    (finding,) = judge(shapes, rules, "sv:p a sv:State .")
    assert finding.path == written


def test_what_explains_a_finding_is_no_finding_itself(shapes: Path) -> None:
    rules = """
    sv:S a sh:NodeShape ; sh:targetClass sv:State ; sv:ruleId "outer" ; sh:message "no" ;
        sh:node [ sh:property [ sh:path sv:x ; sh:minCount 1 ; sv:ruleId "inner" ] ] .
    """
    (finding,) = judge(shapes, rules, "sv:p a sv:State .")
    assert (finding.rule, finding.value) == ("outer", None)


def test_lexical_forms_reach_the_judge_as_written(shapes: Path) -> None:
    rules = "sv:S a sh:NodeShape ; sh:targetClass sv:State ; "
    rules += 'sh:property [ sh:path sv:x ; sh:in ("1.50" "a") ] .'
    found = judge(shapes, rules, 'sv:p a sv:State ; sv:x "1.50" , "a" , "b" , 01.50 .')
    assert [finding.value for finding in found] == ["01.50", "b"]


def test_the_digest_is_of_the_findings_in_whatever_order() -> None:
    one = Finding("warning", "a", "é", "http://e/1")
    two = replace(one, focus="http://e/2")
    assert report_digest([one, two]) == report_digest([two, one])
    assert report_digest([one]) != report_digest([two])
    assert len(report_digest([])) == 64


def test_a_refusal_counts_violations_and_keeps_every_finding() -> None:
    warning = Finding("warning", "a", "b", "http://e/1")
    refused = Refused([warning, replace(warning, severity="violation")])
    assert refused.message == "refused: 1 violation"
    assert len(refused.findings) == 2
    assert "refused: 2 violations" in str(Refused(2 * [replace(warning, severity="violation")]))


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no RDF files"):
        validate([], tmp_path)


@pytest.mark.parametrize(
    "rules",
    [
        "sv:S a sh:NodeShape ; sh:targetNode sv:p ; sh:property [ sh:minCount 1 ] .",
        "sv:S a sh:NodeShape ; sh:targetNode sv:p ; sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        'sv:S a sh:NodeShape ; sh:targetNode sv:p ; sh:sparql [ sh:select "DROP ALL" ] .',
        "sv:S a sh:NodeShape ; sh:targetNode sv:p ; sh:property [ sh:path _:p ; sh:minCount 1 ] . "
        "_:p sh:inversePath _:p .",
    ],
)
def test_shapes_that_cannot_be_used_are_refused(shapes: Path, rules: str) -> None:
    with pytest.raises(UnreadableInput, match="shapes cannot be used"):
        judge(shapes, rules, "sv:p a sv:State .")


def test_a_shapes_file_that_cannot_be_parsed_is_named(shapes: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"commitments\.ttl"):
        judge(shapes, SHAPES + " sv:S a ", "")


def test_threads_may_judge_at_the_same_time(shapes: Path) -> None:
    found: list[list[Finding]] = []
    threads = [
        Thread(target=lambda: found.append(validate(quads(LABELLED + "a sv:A ."), shapes)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(each) for each in found] == [1] * 6
