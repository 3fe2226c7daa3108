"""Whatever the ontology lets one enter is looked at by some rule."""

from __future__ import annotations

import pyoxigraph as ox
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

from graph.namespaces import DATA, SV
from graph.validate import validate
from tests.shapes.conftest import complete, ontology, ontology_graph, rules, shapes_graph

MISSING = f"{DATA}complete#missing-"
# `gate` and the links from the far end are refused or warned of whatever they point to.
REFUSED = {"gate", "hasComponent", "hasMember", "canClaim", "takesOn"}


def derived() -> set[str]:
    """Give the properties that are worked out and never entered."""
    shapes = shapes_graph()
    found = shapes.objects(rules()["state-asserted"], SH.targetSubjectsOf)
    return {str(term).removeprefix(SV) for term in found}


def entered(kind: rdflib.URIRef) -> set[str]:
    """Give the local names of the properties of a kind that data can hold."""
    found = ontology_graph().subjects(RDF.type, kind)
    names = {str(term).removeprefix(SV) for term in found if str(term).startswith(SV)}
    return names - derived() - REFUSED


def constrained(constraint: rdflib.URIRef, value: rdflib.Literal | None = None) -> set[str]:
    """Give the properties whose values some shape holds to a constraint, at a path of one step."""
    shapes = shapes_graph()
    found: set[str] = set()
    for shape in shapes.subjects(constraint, value):
        for path in shapes.objects(shape, SH.path):
            several = shapes.value(path, SH.alternativePath)
            steps = [path] if several is None else list(shapes.items(several))
            found |= {str(step).removeprefix(SV) for step in steps}
    return found


def test_the_complete_dataset_uses_every_property() -> None:
    used = {quad.predicate.value.removeprefix(SV) for quad in complete().quads}

    assert entered(OWL.ObjectProperty) | entered(OWL.DatatypeProperty) <= used


def test_no_property_takes_two_values_unseen_where_the_ontology_allows_one() -> None:
    assert entered(OWL.FunctionalProperty) <= constrained(SH.maxCount, rdflib.Literal(1))


def test_no_figure_or_text_of_the_wrong_form_passes_unseen() -> None:
    typed = constrained(SH.datatype) | constrained(SH.node) | constrained(SH["or"])

    assert entered(OWL.DatatypeProperty) <= typed


def test_no_name_of_a_thing_that_is_not_there_passes_unseen() -> None:
    """Point every link of the complete dataset at nothing, all at once."""
    links = set(ontology_graph().subjects(RDF.type, OWL.ObjectProperty))
    quads, expected = [], {}
    for number, quad in enumerate(complete().quads):
        target = quad.object
        if rdflib.URIRef(quad.predicate.value) in links:
            target = ox.NamedNode(f"{MISSING}{number}")
            expected[target.value] = f"{quad.subject} {quad.predicate}"
        quads.append(ox.Quad(quad.subject, quad.predicate, target, quad.graph_name))

    findings = validate([*ontology(), *quads])

    seen = {finding.value for finding in findings if finding.severity == "violation"}
    unseen = {link for value, link in expected.items() if value not in seen}
    assert unseen == set()


def test_every_class_of_the_ontology_is_a_target_or_a_list_that_values_come_from() -> None:
    shapes, classes = shapes_graph(), ontology_graph()
    met = set(shapes.objects(predicate=SH.targetClass)) | set(shapes.objects(predicate=SH["class"]))
    unmet = {
        str(cls).removeprefix(SV)
        for cls in classes.subjects(RDF.type, OWL.Class)
        if str(cls).startswith(SV)
        and not met & set(classes.transitive_objects(cls, RDFS.subClassOf))
    }

    # words of answers, not of data
    answers = {"Remark", "SortOfComingAbout", "WayOfComingAbout"}
    assert unmet == {"SourcePolicy"} | answers
