from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from graph import catalog
from graph.owl import owlapi
from tests.ontology import tiny
from tests.ontology.files import ALIGNMENTS, CORE, DATA, ONTOLOGY, name, needs_owl_api

OPENED = [CORE, *ALIGNMENTS, *DATA]
IMPORTS = "http://www.w3.org/2002/07/owl#imports"


@needs_owl_api
@pytest.mark.parametrize("path", OPENED, ids=name)
def test_a_file_and_its_imports_are_within_owl_2_dl(path: Path) -> None:
    assert owlapi.profile_violations(path) == []


@needs_owl_api
def test_everything_opens_together_from_its_files_and_is_within_owl_2_dl() -> None:
    everything = owlapi.union(OPENED)
    files = {
        unquote(urlsplit(str(everything.getOWLOntologyManager().getOntologyDocumentIRI(each))).path)
        for each in everything.getImportsClosure()
        if each != everything
    }
    assert files == {str(path) for path in (*ONTOLOGY, *DATA)}
    assert owlapi.profile_violations(*OPENED) == []


@needs_owl_api
def test_a_date_and_an_undeclared_class_are_outside_owl_2_dl(tmp_path: Path) -> None:
    data = tiny.write(tmp_path) / "data" / "first" / "first.ttl"
    text = data.read_text(encoding="utf-8").replace(
        '2026-01-06T00:00:00Z"^^xsd:dateTime .\n', '2026-01-06"^^xsd:date .\n'
    )
    data.write_text(text.replace(", sv:Actor ;", ", sv:Aktor ;"), encoding="utf-8")
    violations = "\n".join(owlapi.profile_violations(data))
    assert "undeclared datatype: `xsd:date`" in violations
    assert "undeclared class: `<https://w3id.org/servanda/ns#Aktor>`" in violations
    assert "`https://w3id.org/servanda/data/first`" in violations


@pytest.mark.parametrize("path", OPENED, ids=name)
def test_a_checker_without_java_agrees(path: Path) -> None:
    missing = "py-horned-owl is not installed"
    horned_owl = pytest.importorskip("pyhornedowl", reason=missing)
    profile = pytest.importorskip("pyhornedowl.profile", reason=missing)
    # It follows no imports: the closure is given as one ontology.
    closure = [triple for file in catalog.closure(path) for triple in catalog.triples(file)]
    merged = ox.serialize(
        (triple for triple in closure if triple.predicate.value != IMPORTS),
        format=ox.RdfFormat.TURTLE,
    )
    assert merged is not None
    ontology = horned_owl.open_ontology_from_string(merged.decode(), "ttl")
    report = profile.check_profile(ontology, "DL")
    assert len(ontology.get_axioms()) > 1000
    assert [violation.message for violation in report.violations] == []
