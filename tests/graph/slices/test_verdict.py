"""A change is judged by a slice or, with a reason, whole; what is found is the same."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.candidate import Candidate
from graph.journal import Change
from graph.memory_store import MemoryStore
from graph.namespaces import DATA, PREFIXES
from graph.rules import read_rules
from graph.slices import affected, verdict
from graph.slices.reads import reads_of
from graph.slices.verdict import Verdict, judge_change
from graph.validate import validate
from tests.graph.conftest import turtle
from tests.graph.slices.writes import store_of, transaction

PARIS, OTHER = ox.NamedNode(DATA + "paris"), ox.NamedNode(DATA + "other")
# Every construct that is followed, those that the shipped rules do without among them.
CONSTRUCTS = """
sv:prefixes sh:declare [ sh:prefix "" ; sh:namespace "urn:"^^xsd:anyURI ] .
sv:a sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:class <urn:D> ] ;
    sh:property [ sh:path ( <urn:p> <urn:q> ) ; sh:maxCount 1 ] .
sv:b sh:targetSubjectsOf <urn:p> ;
    sh:not [ sh:path [ sh:zeroOrMorePath <urn:q> ] ; sh:hasValue 1 ] .
sv:c sh:targetObjectsOf <urn:q> ; sh:path [ sh:inversePath <urn:p> ] ; sh:minCount 1 .
sv:k sh:targetSubjectsOf <urn:p> ;
    sh:path [ sh:inversePath ( <urn:p> [ sh:zeroOrOnePath <urn:q> ] ) ] ; sh:minCount 1 .
sv:d sh:targetNode <urn:n0> ; sh:path <urn:p> ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShape [ sh:path <urn:q> ; sh:minCount 1 ] .
sv:e sh:targetClass <urn:D> ; sh:path <urn:q> ;
    sh:node [ sh:closed true ; sh:ignoredProperties ( rdf:type <urn:p> ) ] .
sv:f sh:targetSubjectsOf <urn:q> ; sh:path <urn:p> ;
    sh:node [ sh:property [ sh:path <urn:p> ; sh:equals <urn:q> ] ] .
sv:g sh:targetSubjectsOf <urn:q> ; sh:path <urn:q> ; sh:lessThan <urn:p> ;
    sh:nodeKind sh:IRIOrLiteral .
sv:h sh:targetClass <urn:C> ; sh:xone ( [ sh:path <urn:p> ; sh:minCount 2 ] sv:part
    [ sh:path <urn:q> ; sh:disjoint <urn:p> ] ) .
sv:part sh:path [ sh:alternativePath ( <urn:q> [ sh:inversePath <urn:p> ] ) ] ;
    sh:node [ sh:property [ sh:path rdf:type ; sh:minCount 1 ] ] .
sv:i sh:targetClass <urn:C> ; sh:sparql [ sh:prefixes sv:prefixes ; sh:select '''
    SELECT $this ?value WHERE { ?value :p+ $this FILTER NOT EXISTS { ?value :q/:q ?a } }''' ] .
sv:j sh:targetClass <urn:D> ; sh:sparql [ sh:prefixes sv:prefixes ; sh:select
    "SELECT $this { $this :p ?a . ?b :q ?a } GROUP BY $this HAVING (COUNT(DISTINCT ?b) > 1)" ] .
"""
UNSUPPORTED = {
    "what-it-finds-is-about-another": (
        "sv:x sh:targetClass <urn:C> ;"
        " sh:property [ sh:path <urn:p> ; sh:property [ sh:path <urn:q> ; sh:minCount 1 ] ] .",
        "reports on a thing that it is not a rule for",
    ),
    "disjoint-siblings": (
        "sv:x sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:qualifiedMinCount 1 ;"
        " sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape [ sh:class <urn:D> ] ] .",
        "sh:qualifiedValueShapesDisjoint is not followed",
    ),
    "implicit-class": (
        "sv:x a sh:NodeShape, rdfs:Class ; sh:nodeKind sh:IRI .",
        "is a class as well",
    ),
    "query": (
        'sv:x sh:targetClass <urn:C> ; sh:sparql [ sh:select "SELECT $this { $this ?p 1 }" ] .',
        "a variable in the place of a predicate",
    ),
    "query-of-a-path": (
        "sv:x sh:targetClass <urn:C> ; sh:path <urn:p> ;"
        ' sh:sparql [ sh:select "SELECT $this { $this $PATH 1 }" ] .',
        "no plain sh:select",
    ),
    "own-components": (
        "sv:x sh:targetClass <urn:C> ; sv:most 1 . sv:m a sh:ConstraintComponent ; sh:parameter"
        ' [ sh:path sv:most ] ; sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { }" ] .',
        "constraint components of their own",
    ),
}

# A rule, what is there, and a change of something else than n1, which then breaks the rule.
FAR = {
    "a-value-of-a-pair": (
        "sh:path <urn:p> ; sh:node [ sh:property [ sh:path <urn:p> ; sh:equals <urn:q> ] ]",
        "n1 a C, n1 p n2, n2 p n3, n2 q n3",
        "- n2 q n3",
    ),
    "a-property-of-a-closed-thing": (
        "sh:path <urn:p> ; sh:node [ sh:closed true ]",
        "n1 a C, n1 p n2",
        "+ n2 q n3",
    ),
    "becoming-a-target": (
        "sh:targetObjectsOf <urn:q> ; sh:path <urn:p> ; sh:minCount 1",
        "n2 p n3",
        "+ n2 q n1",
    ),
    "a-qualified-value": (
        "sh:path <urn:p> ; sh:qualifiedMinCount 1 ;"
        " sh:qualifiedValueShape [ sh:path <urn:q> ; sh:hasValue <urn:n3> ]",
        "n1 a C, n1 p n2, n2 q n3",
        "- n2 q n3",
    ),
    "what-points-here": (
        "sh:path [ sh:inversePath <urn:p> ] ; sh:maxCount 1",
        "n1 a C, n2 p n1",
        "+ n3 p n1",
    ),
    "what-must-not-exist-far-away": (
        "sh:sparql [ sh:select"
        " 'SELECT $this { $this <urn:p> ?a FILTER EXISTS { ?b <urn:q> ?a } }' ]",
        "n1 a C, n1 p n2",
        "+ n3 q n2",
    ),
}

node = st.sampled_from([ox.NamedNode(f"urn:n{number}") for number in range(4)])
link = st.sampled_from([ox.NamedNode("urn:p"), ox.NamedNode("urn:q")])
kind = st.sampled_from([ox.NamedNode("urn:C"), ox.NamedNode("urn:D"), ox.NamedNode("urn:E")])
place = st.sampled_from([PARIS, OTHER])
number = st.sampled_from(
    [ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")) for text in ("1", "01")]
)
links = st.builds(ox.Quad, node, link, node | number, place)
types = st.builds(ox.Quad, node, st.just(ox.NamedNode(PREFIXES["rdf"] + "type")), kind, place)
quads = st.sets(links | types, max_size=10)
HIERARCHY = ox.Quad(
    ox.NamedNode("urn:E"),
    ox.NamedNode(PREFIXES["rdfs"] + "subClassOf"),
    ox.NamedNode("urn:D"),
    PARIS,
)


@pytest.fixture(scope="module")
def constructs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "constructs.ttl").write_text(turtle(CONSTRUCTS))
    return folder


def test_every_construct_is_followed(constructs: Path) -> None:
    reads = reads_of(read_rules(constructs))
    assert reads.unsupported == {}
    assert len(reads.shapes) == 11


def test_every_shipped_rule_is_followed() -> None:
    reads = reads_of(read_rules())
    assert reads.unsupported == {}
    assert len(reads.shapes) > 150


@settings(deadline=None, max_examples=60)
@given(present=quads, adds=quads, removed=st.sets(st.integers(0, 9), max_size=4))
def test_a_slice_finds_what_the_whole_graph_has(
    constructs: Path, present: set[ox.Quad], adds: set[ox.Quad], removed: set[int]
) -> None:
    there = sorted(present, key=str)
    removes = {quad for place, quad in enumerate(there) if place in removed} - adds
    store = store_of([HIERARCHY, *there])
    before = validate(store.quads(), constructs)
    change = Change(tuple(adds - present), tuple(removes))

    found = judge_change(Candidate(store, change), read_rules(constructs))

    if change:
        store.apply(transaction(store, change))
    assert found.foci is not None
    elsewhere = {finding for finding in before if finding.focus not in found.foci}
    assert elsewhere | set(found.findings) == set(validate(store.quads(), constructs))


@pytest.mark.parametrize("case", FAR)
def test_a_thing_is_found_by_what_is_far_from_it(tmp_path: Path, case: str) -> None:
    rule, present, change = FAR[case]
    target = "" if "target" in rule else "sh:targetClass <urn:C> ;"
    (tmp_path / "shapes.ttl").write_text(turtle(f"sv:x {target} {rule} ."))
    (quad,) = statements(change[2:])
    made = Change((quad,)) if change.startswith("+") else Change((), (quad,))
    store = store_of(statements(present))
    assert "urn:n1" not in {each.focus for each in validate(store.quads(), tmp_path)}

    found = judge_change(Candidate(store, made), read_rules(tmp_path))

    assert found.foci is not None
    assert "urn:n1" in {each.focus for each in found.findings}


@pytest.mark.parametrize("case", UNSUPPORTED)
def test_a_rule_that_cannot_be_followed_makes_everything_be_judged(
    tmp_path: Path, case: str
) -> None:
    shapes, reason = UNSUPPORTED[case]
    (tmp_path / "shapes.ttl").write_text(turtle(shapes))
    found = judged(store_of([HIERARCHY]), [typed("n1", "C")], tmp_path)
    assert found.foci is None
    assert found.reason is not None
    assert reason in found.reason


def test_a_change_of_the_class_hierarchy_makes_everything_be_judged(constructs: Path) -> None:
    store = store_of([HIERARCHY, typed("n1", "E"), linked("n1", "p", "n2")])
    for change in (Change((), (HIERARCHY,)), Change((subproperty(),))):
        found = judge_change(Candidate(store, change), read_rules(constructs))
        assert found.reason == "it changes what is a kind of what"
        assert found.foci is None
        store.apply(transaction(store, change))
        assert list(found.findings) == validate(store.quads(), constructs)


def test_a_hub_makes_everything_be_judged(
    constructs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(affected, "MOST_FOCI", 5)
    spokes = [linked(f"s{number}", "p", "hub") for number in range(6)]
    types = [typed(f"s{number}", "C") for number in range(6)]
    store = store_of([*spokes, *types, typed("hub", "D")])

    found = judge_change(Candidate(store, Change((), (typed("hub", "D"),))), read_rules(constructs))

    assert found.foci is None
    assert found.reason is not None
    assert "hang on what it changes" in found.reason
    assert {finding.focus for finding in found.findings} >= {f"urn:s{n}" for n in range(6)}


def test_a_change_of_very_many_things_makes_everything_be_judged(
    constructs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict, "MOST_FOCI", 2)
    found = judged(store_of([]), [typed(f"n{number}", "C") for number in range(3)], constructs)
    assert found.reason == "it touches more than 2 things"


def test_what_is_wrong_elsewhere_is_not_found(constructs: Path) -> None:
    store = store_of([typed("n1", "C"), linked("n1", "p", "n2")])
    found = judged(store, [typed("n3", "C"), linked("n3", "p", "n2")], constructs)
    assert {finding.focus for finding in found.findings} == {"urn:n3"}


def test_a_thing_is_found_through_what_it_points_to(constructs: Path) -> None:
    present = [typed("n1", "C"), linked("n1", "p", "n2"), typed("n2", "D")]
    found = judge_change(
        Candidate(store_of(present), Change((), (present[2],))), read_rules(constructs)
    )
    assert ("urn:n1", "urn:n2") in {(each.focus, each.value) for each in found.findings}


def test_a_finding_calls_a_thing_as_the_change_does(constructs: Path) -> None:
    store = store_of([typed("n1", "C"), linked("n1", "p", "n2")])
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    named = ox.Quad(ox.NamedNode("urn:n1"), label, ox.Literal("one", language="en"), OTHER)
    found = judged(store, [named], constructs).findings
    assert {(finding.focus, finding.focus_label) for finding in found} == {("urn:n1", "one")}


def judged(store: MemoryStore, adds: list[ox.Quad], shapes: Path) -> Verdict:
    return judge_change(Candidate(store, Change(tuple(adds))), read_rules(shapes))


def statements(text: str) -> list[ox.Quad]:
    parts = (statement.split() for statement in text.split(", "))
    return [typed(s, o) if p == "a" else linked(s, p, o) for s, p, o in parts]


def typed(name: str, cls: str) -> ox.Quad:
    is_a = ox.NamedNode(PREFIXES["rdf"] + "type")
    return ox.Quad(ox.NamedNode(f"urn:{name}"), is_a, ox.NamedNode(f"urn:{cls}"), PARIS)


def linked(name: str, by: str, to: str) -> ox.Quad:
    subject, predicate, item = (ox.NamedNode(f"urn:{term}") for term in (name, by, to))
    return ox.Quad(subject, predicate, item, PARIS)


def subproperty() -> ox.Quad:
    narrower = ox.NamedNode(PREFIXES["rdfs"] + "subPropertyOf")
    return ox.Quad(ox.NamedNode("urn:p"), narrower, ox.NamedNode("urn:q"), PARIS)
