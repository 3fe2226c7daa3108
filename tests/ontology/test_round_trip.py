"""An editor's work, done through the OWL API: what is saved differs in what was edited alone."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.dataset import read_datasets
from graph.namespaces import ID, PREFIXES, SV
from graph.owl import owlapi, quality
from graph.owl.jvm import java_class
from graph.validate import validate
from tests.ontology.files import CHECKOUT, needs_owl_api

pytestmark = needs_owl_api

PARIS = "data/paris-2026/paris-2026.ttl"
LABEL = PREFIXES["rdfs"] + "label"
DEFINITION = PREFIXES["skos"] + "definition"


class Editor:
    """Edits one ontology in memory, as Protégé does."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ontology = owlapi.load(path)
        self.manager = self.ontology.getOWLOntologyManager()
        self.make = self.manager.getOWLDataFactory()

    def iri(self, text: str) -> Any:
        return java_class("org.semanticweb.owlapi.model.IRI").create(text)

    def add(self, axiom: Any) -> None:
        self.manager.addAxiom(self.ontology, axiom)

    def subclass(self, child: str, parent: str) -> None:
        one, other = (self.make.getOWLClass(self.iri(term)) for term in (child, parent))
        self.add(self.make.getOWLDeclarationAxiom(one))
        self.add(self.make.getOWLSubClassOfAxiom(one, other))

    def restriction(self, cls: str, property_: str, filler: str) -> None:
        """Say that every member of a class has the property to some member of another."""
        some = self.make.getOWLObjectSomeValuesFrom(
            self.make.getOWLObjectProperty(self.iri(property_)),
            self.make.getOWLClass(self.iri(filler)),
        )
        self.add(self.make.getOWLSubClassOfAxiom(self.make.getOWLClass(self.iri(cls)), some))

    def individual(self, name: str, cls: str, **links: str) -> None:
        """Declare an individual of a class, with links by object properties of ours."""
        thing = self.make.getOWLNamedIndividual(self.iri(name))
        self.add(self.make.getOWLDeclarationAxiom(thing))
        self.add(
            self.make.getOWLClassAssertionAxiom(self.make.getOWLClass(self.iri(SV + cls)), thing)
        )
        for property_, target in links.items():
            self.link(name, property_, target)

    def link(self, name: str, property_: str, target: str) -> None:
        self.add(
            self.make.getOWLObjectPropertyAssertionAxiom(
                self.make.getOWLObjectProperty(self.iri(SV + property_)),
                self.make.getOWLNamedIndividual(self.iri(name)),
                self.make.getOWLNamedIndividual(self.iri(target)),
            )
        )

    def delete(self, name: str) -> None:
        """Take away an individual and everything said of it, as Protégé's delete does."""
        remover = java_class("org.semanticweb.owlapi.util.OWLEntityRemover")(self.ontology)
        self.make.getOWLNamedIndividual(self.iri(name)).accept(remover)
        self.manager.applyChanges(remover.getChanges())

    def annotation(self, term: str, property_: str, text: str, language: str) -> Any:
        return self.make.getOWLAnnotationAssertionAxiom(
            self.make.getOWLAnnotationProperty(self.iri(property_)),
            self.iri(term),
            self.make.getOWLLiteral(text, language),
        )

    def annotate(self, term: str, property_: str, text: str, language: str) -> None:
        self.add(self.annotation(term, property_, text, language))

    def retract(self, term: str, property_: str, text: str, language: str) -> None:
        axiom = self.annotation(term, property_, text, language)
        assert self.ontology.containsAxiom(axiom)
        self.manager.removeAxiom(self.ontology, axiom)

    def save(self) -> None:
        self.path.write_text(owlapi.turtle(self.ontology), encoding="utf-8")

    def saved_changes(self) -> list[str]:
        """Give the lines a save takes away and adds, marked with - and +."""
        before = self.path.read_text(encoding="utf-8").splitlines()
        after = owlapi.turtle(self.ontology).splitlines()
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for folder in ("ontology", "data", "shapes", "queries"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def editor(checkout: Path) -> Editor:
    return Editor(checkout / "ontology" / "actors.ttl")


def test_a_save_without_an_edit_changes_nothing(editor: Editor) -> None:
    assert editor.saved_changes() == []


def test_a_new_class_adds_its_own_lines_and_touches_no_other(editor: Editor) -> None:
    city = SV + "CityState"
    editor.subclass(city, SV + "State")
    editor.annotate(city, LABEL, "city state", "en")
    editor.annotate(city, LABEL, "cité-État", "fr")
    editor.annotate(city, LABEL, "місто-держава", "uk")
    editor.annotate(city, DEFINITION, "A sovereign country made of one town.", "en")
    changes = editor.saved_changes()
    assert [line for line in changes if line.startswith("-")] == []
    assert [line.removeprefix("+").strip() for line in changes if line.strip("+ ")] == [
        "###  https://w3id.org/servanda/ns#CityState",
        "sv:CityState rdf:type owl:Class ;",
        "rdfs:subClassOf sv:State ;",
        'rdfs:label "city state"@en ,',
        '"cité-État"@fr ,',
        '"місто-держава"@uk ;',
        'skos:definition "A sovereign country made of one town."@en .',
    ]
    assert len(changes) <= 12


def test_a_changed_label_changes_its_line_alone(editor: Editor) -> None:
    editor.retract(SV + "Actor", LABEL, "actor", "en")
    editor.annotate(SV + "Actor", LABEL, "acting party", "en")
    removed, added = editor.saved_changes()
    assert removed.startswith("-")
    assert added == removed.replace("-", "+", 1).replace('"actor"@en', '"acting party"@en')


def test_a_restriction_changes_the_end_of_its_list_alone(checkout: Path) -> None:
    editor = Editor(checkout / "ontology" / "undertakings.ttl")
    editor.restriction(f"{SV}Intention", f"{SV}debtor", f"{SV}Actor")
    assert [line.strip(" +-") for line in editor.saved_changes()] == [
        "rdfs:subClassOf sv:Undertaking ;",
        "rdfs:subClassOf sv:Undertaking ,",
        "[ rdf:type owl:Restriction ;",
        "owl:onProperty sv:debtor ;",
        "owl:someValuesFrom sv:Actor",
        "] ;",
    ]


def test_a_deleted_term_takes_its_own_lines_away_alone(checkout: Path) -> None:
    editor = Editor(checkout / "ontology" / "evidence.ttl")
    editor.delete(f"{SV}ForceStructureAspect")
    changes = editor.saved_changes()
    assert all(line.startswith("-") for line in changes)
    assert 4 <= len(changes) <= 8
    assert all("Aspect" in line or "force structure" in line or len(line) < 90 for line in changes)


def test_a_day_of_editing_leaves_everything_else_as_it_was(checkout: Path) -> None:
    """Add a class, a restriction and a condition tree, delete a term, and judge the copy."""
    before = contents(checkout)
    terms, paris = checkout / "ontology" / "undertakings.ttl", checkout / PARIS
    editors = [edited_ontology(terms), deleted_term(checkout), edited_dataset(paris)]
    for editor, most in zip(editors, MOST, strict=True):
        assert 0 < len(editor.saved_changes()) <= most
    for editor in editors:
        editor.save()
    after = contents(checkout)
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {editor.path for editor in editors}
    checks = quality.report(checkout)
    # Only what is published is in the way: a term is deprecated before it goes.
    (failed,) = [check for check in checks if check.outcome == "failed"]
    assert failed.places[0].startswith("`sv:ForceStructureAspect` was removed and not deprecated")
    data = [checkout / "data" / name for name in ("actors", "paris-2026")]
    datasets = read_datasets([checkout / "ontology", *data])
    findings = validate(quad for dataset in datasets for quad in dataset.quads)
    assert [finding for finding in findings if finding.severity == "violation"] == []


# Lines that an edit of each file may change; the first has ten axioms, the last sixteen.
MOST = (24, 8, 40)


def edited_ontology(path: Path) -> Editor:
    editor, promise = Editor(path), f"{SV}SecurityCommitment"
    editor.subclass(promise, f"{SV}Commitment")
    editor.annotate(promise, LABEL, "security commitment", "en")
    editor.annotate(promise, LABEL, "engagement de sécurité", "fr")
    editor.annotate(promise, LABEL, "безпековий обов'язок", "uk")
    editor.annotate(promise, DEFINITION, "A promise to protect another actor.", "en")
    editor.restriction(promise, f"{SV}recordedIn", f"{SV}Instrument")
    return editor


def deleted_term(checkout: Path) -> Editor:
    editor = Editor(checkout / "ontology" / "evidence.ttl")
    editor.delete(f"{SV}ForceStructureAspect")
    return editor


def edited_dataset(path: Path) -> Editor:
    """Let one commitment wait for a ceasefire and a settlement, and be of the new class."""
    editor, condition = Editor(path), f"{ID}condition/"
    tree, leaves = f"{condition}both", (f"{condition}one", f"{condition}other")
    for leaf, matter, label in zip(
        leaves, ("ceasefire", "peace-settlement"), ("a ceasefire", "a settlement"), strict=True
    ):
        editor.individual(leaf, "Occurs", matter=f"{ID}event/{matter}", gateMode=f"{SV}Once")
        editor.annotate(leaf, LABEL, label, "en")
    editor.individual(tree, "AllOf", gateMode=f"{SV}Once")
    editor.annotate(tree, LABEL, "a ceasefire and a settlement", "en")
    for leaf in leaves:
        editor.link(tree, "operand", leaf)
    editor.individual(f"{ID}commitment/multinational-force", "SecurityCommitment")
    editor.link(f"{ID}commitment/multinational-force", "suspendedWhen", tree)
    return editor


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
