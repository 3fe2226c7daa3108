from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest

from graph.owl import hermit, owlapi
from graph.owl.jvm import java_class
from tests.ontology import mistakes, tiny
from tests.ontology.files import ALIGNMENTS, CORE, name, needs_hermit, needs_owl_api
from tests.ontology.mistakes import Mistake

ROOTS = [CORE, *ALIGNMENTS]
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

# Axioms that contradict nothing on their own. A kind that stands neither here nor in mistakes.py
# fails a test below, so that nobody can add an axiom that forbids something and not try it.
HARMLESS = {
    *("Declaration", "AnnotationAssertion", "SubAnnotationPropertyOf"),
    *("SubClassOf", "SubObjectPropertyOf", "SubDataPropertyOf", "SubPropertyChainOf"),
    *("ObjectPropertyDomain", "ObjectPropertyRange", "DataPropertyDomain", "DataPropertyRange"),
    *("InverseObjectProperties", "SymmetricObjectProperty", "TransitiveObjectProperty"),
    *("ClassAssertion", "ObjectPropertyAssertion", "DataPropertyAssertion"),
}
# Each mistake once, with the first file whose imports hold its axiom.
MISTAKES = {mistake: root for root in reversed(ROOTS) for mistake in mistakes.of(root)}
FORBIDDING_EXPRESSIONS = (
    *("complementOf", "allValuesFrom", "hasValue", "oneOf", "cardinality", "maxCardinality"),
    *("qualifiedCardinality", "maxQualifiedCardinality", "disjointUnionOf", "hasKey"),
)


@cache
def reasoner(path: Path) -> owlapi.Reasoner:
    return owlapi.Reasoner(path)


@needs_hermit
@pytest.mark.parametrize("path", ROOTS, ids=name)
def test_the_ontology_is_consistent_and_every_class_can_have_a_member(path: Path) -> None:
    assert hermit.classify(path) == hermit.Verdict(consistent=True, unsatisfiable=())


@needs_owl_api
@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_the_mistake_an_axiom_forbids_contradicts_it(mistake: Mistake) -> None:
    ontology = reasoner(MISTAKES[mistake])
    assert not ontology.is_consistent(mistake.wrong)
    assert ontology.is_consistent(mistake.right)


@needs_hermit
@pytest.mark.parametrize("root", ROOTS, ids=name)
def test_nothing_can_be_in_two_disjoint_classes(root: Path, tmp_path: Path) -> None:
    pairs = mistakes.disjoint_pairs(root)
    below: dict[str, tuple[str, ...]] = {
        **{f"urn:both:{number}": pair for number, pair in enumerate(pairs)},
        **{f"urn:only:{cls}": (cls,) for pair in pairs for cls in pair},
    }
    extra = "\n".join(
        f"<{new}> a <{mistakes.OWL}Class> ; <{RDFS}subClassOf> <{parent}> ."
        for new, parents in below.items()
        for parent in parents
    )
    both = tuple(sorted(new for new, parents in below.items() if len(parents) == 2))
    assert len(both) > 100
    folder = copytree(CORE.parent, tmp_path / CORE.parent.name)
    widened = folder / root.relative_to(CORE.parent)
    widened.write_text(f"{root.read_text('utf-8')}\n{extra}", "utf-8")
    assert hermit.classify(widened) == hermit.Verdict(True, both)


@needs_owl_api
@pytest.mark.parametrize("root", ROOTS, ids=name)
def test_every_axiom_that_forbids_something_has_its_mistake(root: Path) -> None:
    tried = Counter(mistake.kind for mistake in mistakes.of(root))
    axioms: Counter[str] = Counter()
    for module in owlapi.load(root).getImportsClosure():
        for kind in java_class("org.semanticweb.owlapi.model.AxiomType").AXIOM_TYPES:
            axioms[str(kind.getName())] += module.getAxiomCount(kind)
    assert {kind: n for kind, n in axioms.items() if n and kind not in HARMLESS} == tried


@pytest.mark.parametrize("root", ROOTS, ids=name)
def test_no_class_expression_forbids_something_untried(root: Path) -> None:
    used = mistakes.Axioms(root).by_predicate
    assert [term for term in FORBIDDING_EXPRESSIONS if used.get(f"{mistakes.OWL}{term}")] == []


@needs_hermit
def test_a_class_below_two_disjoint_ones_is_told(tmp_path: Path) -> None:
    actors = tiny.write(tmp_path) / "ontology" / "actors.ttl"
    both = "sv:Both a owl:Class ; rdfs:subClassOf sv:Actor , sv:Event ."
    actors.write_text(f"{tiny.ACTORS}\n{both}", encoding="utf-8")
    verdict = hermit.classify(tmp_path / "ontology" / "core.ttl")
    assert verdict == hermit.Verdict(True, ("https://w3id.org/servanda/ns#Both",))


@needs_hermit
def test_an_inconsistent_ontology_is_told(tmp_path: Path) -> None:
    actors = tiny.write(tmp_path) / "ontology" / "actors.ttl"
    actors.write_text(f"{tiny.ACTORS}\nsv:Summit a sv:Actor .", encoding="utf-8")
    verdict = hermit.classify(tmp_path / "ontology" / "core.ttl")
    assert verdict == hermit.Verdict(consistent=False, unsatisfiable=())
