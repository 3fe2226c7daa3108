"""Every rule refuses its twin, and nothing else does; what is complete passes without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from graph.dataset import Dataset
from graph.namespaces import DATA
from graph.owl import owlapi
from graph.resources import resource
from graph.rules import Severity
from graph.validate import Finding, validate
from tests.shapes.conftest import as_rdflib, complete, ontology, rules, shapes_graph, twins

SEVERITY: dict[rdflib.term.Node, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}
# These repeat an axiom, because loading runs no reasoner: their mistake is one OWL sees, too.
SEEN_BY_OWL = {"passage-form", "power-notice", "provision-rest"}
# These look for what must not be there at all.
FORBIDS = {"gate-unspecific", "link-direction", "scenario-stored", "state-asserted"}


def test_every_rule_has_a_twin_and_every_twin_a_rule() -> None:
    assert set(twins()) == set(rules())


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_twin_breaks_its_rule_and_no_other(
    rule: str, findings_by_graph: dict[str, set[Finding]]
) -> None:
    found = findings_by_graph.get(twins()[rule].graph.value, set())

    (intended,) = shapes_graph().objects(rules()[rule], SH.severity)
    assert {each.severity for each in found if each.rule == rule} == {SEVERITY[intended]}
    assert {each.rule for each in found if each.severity != "info"} <= {rule}


def test_a_twin_alone_is_judged_as_among_the_others(
    findings_by_graph: dict[str, set[Finding]],
) -> None:
    twin = twins()["debtor-count"]

    alone = set(validate([*ontology(), *twin.quads]))

    assert alone == findings_by_graph[twin.graph.value]


def test_nothing_is_found_in_the_ontology_itself(
    findings_by_graph: dict[str, set[Finding]],
) -> None:
    focuses = {finding.focus for found in findings_by_graph.values() for finding in found}

    assert [focus for focus in focuses if not focus.startswith(f"{DATA}invalid-")] == []


@pytest.mark.parametrize("rule", sorted(rules()))
def test_a_twin_tells_its_mistake_first(rule: str) -> None:
    twin = twins()[rule]

    assert twin.graph.value.endswith(f"/invalid-{rule}")
    assert twin.path.read_text(encoding="utf-8").startswith("# MISTAKE: a modeller wants ")


def test_nothing_is_found_in_a_complete_dataset() -> None:
    assert validate([*ontology(), *complete().quads]) == []


def test_every_rule_judges_something_in_the_complete_dataset() -> None:
    data = as_rdflib([*ontology(), *complete().quads])
    own = set(as_rdflib(complete().quads).subjects())

    idle = {rule for rule, shape in rules().items() if not own & targets(shape, data)}

    assert idle == FORBIDS


def targets(shape: rdflib.URIRef, data: rdflib.Graph) -> set[rdflib.term.Node]:
    """Give the focus nodes of a shape (SHACL, section 2.1.3)."""
    shapes = shapes_graph()
    found: set[rdflib.term.Node] = set()
    for target in shapes.objects(shape, SH.targetClass):
        for cls in data.transitive_subjects(RDFS.subClassOf, target):
            found |= set(data.subjects(RDF.type, cls))
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        found |= set(data.subjects(predicate))
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        found |= set(data.objects(predicate=predicate))
    return found


@pytest.fixture(scope="module")
def is_consistent() -> Callable[[Iterable[Dataset]], bool]:
    """Tell whether datasets, laid over the ontology together, have a model."""
    missing = owlapi.available()
    if missing is not None:
        pytest.skip(missing)
    reasoner = owlapi.Reasoner(resource("ontology", "alignments/prov.ttl"))

    def judge(datasets: Iterable[Dataset]) -> bool:
        content = (q.triple for d in datasets for q in d.quads if q.subject != d.graph)
        turtle = ox.serialize(content, format=ox.RdfFormat.N_TRIPLES)
        assert turtle is not None
        return reasoner.is_consistent(turtle.decode())

    return judge


def test_no_reasoner_would_see_the_mistakes(
    is_consistent: Callable[[Iterable[Dataset]], bool],
) -> None:
    assert is_consistent(twin for rule, twin in twins().items() if rule not in SEEN_BY_OWL)


@pytest.mark.parametrize("rule", sorted(SEEN_BY_OWL))
def test_a_rule_that_repeats_an_axiom_says_so(
    rule: str, is_consistent: Callable[[Iterable[Dataset]], bool]
) -> None:
    assert not is_consistent([twins()[rule]])


def test_the_complete_dataset_has_a_model(
    is_consistent: Callable[[Iterable[Dataset]], bool],
) -> None:
    assert is_consistent([complete()])
