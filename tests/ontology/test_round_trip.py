"""An editor's work, done through the OWL API: what is saved differs in what was edited alone."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import Any

import pytest

from graph.namespaces import PREFIXES, SV
from graph.owl import owlapi
from graph.owl.jvm import java_class
from tests.ontology.files import CHECKOUT, needs_owl_api

pytestmark = needs_owl_api

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

    def subclass(self, child: str, parent: str) -> None:
        one, other = (self.make.getOWLClass(self.iri(term)) for term in (child, parent))
        self.manager.addAxiom(self.ontology, self.make.getOWLDeclarationAxiom(one))
        self.manager.addAxiom(self.ontology, self.make.getOWLSubClassOfAxiom(one, other))

    def annotation(self, term: str, property_: str, text: str, language: str) -> Any:
        return self.make.getOWLAnnotationAssertionAxiom(
            self.make.getOWLAnnotationProperty(self.iri(property_)),
            self.iri(term),
            self.make.getOWLLiteral(text, language),
        )

    def annotate(self, term: str, property_: str, text: str, language: str) -> None:
        axiom = self.annotation(term, property_, text, language)
        self.manager.addAxiom(self.ontology, axiom)

    def retract(self, term: str, property_: str, text: str, language: str) -> None:
        axiom = self.annotation(term, property_, text, language)
        assert self.ontology.containsAxiom(axiom)
        self.manager.removeAxiom(self.ontology, axiom)

    def saved_changes(self) -> list[str]:
        """Give the lines a save takes away and adds, marked with - and +."""
        before = self.path.read_text(encoding="utf-8").splitlines()
        after = owlapi.turtle(self.ontology).splitlines()
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    folder = tmp_path / "ontology"
    shutil.copytree(CHECKOUT / "ontology", folder)
    return Editor(folder / "actors.ttl")


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
