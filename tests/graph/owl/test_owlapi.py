from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UnreadableInput
from graph.owl import owlapi
from tests.ontology import tiny
from tests.ontology.files import needs_owl_api

pytestmark = needs_owl_api


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    return tiny.write(tmp_path) / "ontology" / "actors.ttl"


def add(path: Path, turtle: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{turtle}\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("turtle", "named"),
    [
        ("sv:Summit sv:owes ( sv:Summit ) .", "22-rdf-syntax-ns#first> <https"),
        ("[] a rdf:Statement ; rdf:subject sv:Summit .", "22-rdf-syntax-ns#subject> <https"),
        ("sv:Summit sv:undeclared sv:Summit .", "ns#undeclared>` would become an annotation"),
        ("sv:Summit a sv:Meeting .", "ns#Meeting>` would become a class"),
        ('sv:Summit rdfs:comment "two\\nlines" .', "two\\nlines"),
        ("sv:Summit rdfs:comment 1.0e3 .", "1.0e3"),
    ],
    ids=["list", "reification", "property", "class", "escaped line break", "number"],
)
def test_what_a_save_would_destroy_is_named_and_the_file_left_alone(
    actors: Path, turtle: str, named: str
) -> None:
    add(actors, turtle)
    before = actors.read_bytes()
    with pytest.raises(UnreadableInput) as error:
        owlapi.normalise([actors])
    assert named in str(error.value)
    assert f"`{actors}`" in str(error.value)
    assert actors.read_bytes() == before


def test_of_many_losses_the_first_are_named_and_the_rest_counted(actors: Path) -> None:
    add(actors, f"sv:Summit sv:owes ( {' '.join(f'sv:S{n}' for n in range(30))} ) .")
    with pytest.raises(UnreadableInput, match="and 22 losses more"):
        owlapi.normal_form(actors)


def test_nothing_is_written_unless_everything_can_be(actors: Path) -> None:
    core = actors.with_name("core.ttl")
    add(actors, "sv:Summit sv:owes ( sv:Summit ) .")
    before = core.read_bytes()
    with pytest.raises(UnreadableInput):
        owlapi.normalise([core, actors])
    assert core.read_bytes() == before


def test_normalising_leaves_no_other_file_and_keeps_the_mode(actors: Path) -> None:
    actors.chmod(0o640)
    before = sorted(actors.parent.iterdir())
    assert owlapi.normalise([actors]) == [actors]
    assert sorted(actors.parent.iterdir()) == before
    assert actors.stat().st_mode & 0o777 == 0o640


def test_text_with_line_breaks_quotes_and_other_scripts_is_kept(actors: Path) -> None:
    add(actors, 'sv:Summit rdfs:comment """one\ntwo "three" \\\\ держава"""@uk .')
    owlapi.normalise([actors])
    assert 'rdfs:comment """one\ntwo \\"three\\" \\\\ держава"""@uk' in actors.read_text("utf-8")


def test_an_import_without_a_catalog_entry_is_an_error_that_names_it(actors: Path) -> None:
    add(actors, "onto:actors owl:imports <https://example.org/elsewhere> .")
    with pytest.raises(UnreadableInput, match=r"imports `https://example\.org/elsewhere`"):
        owlapi.load(actors)


def test_a_file_that_declares_no_ontology_is_refused(actors: Path) -> None:
    actors.write_text(f"{tiny.PREFIXES}\nsv:Actor a owl:Class .", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="declares 0 ontologies"):
        owlapi.load(actors)


def test_imports_are_loaded_from_the_files_of_the_catalog(actors: Path) -> None:
    loaded = owlapi.load(actors.with_name("core.ttl"))
    names = {
        str(module.getOntologyID().getOntologyIRI().get()) for module in loaded.getImportsClosure()
    }
    assert names == {f"https://w3id.org/servanda/ontology/{name}" for name in ("core", "actors")}


def test_what_is_laid_over_an_ontology_counts_for_one_question_alone(actors: Path) -> None:
    reasoner = owlapi.Reasoner(actors)
    both = "@prefix sv: <https://w3id.org/servanda/ns#> . <urn:x> a sv:Actor , sv:Event ."
    assert not reasoner.is_consistent(both)
    assert reasoner.is_consistent()


def test_a_question_that_is_not_turtle_is_refused(actors: Path) -> None:
    with pytest.raises(UnreadableInput, match="the OWL API cannot read"):
        owlapi.Reasoner(actors).is_consistent("<urn:x> a")


def test_an_axiom_hermit_cannot_reason_with_is_refused(actors: Path) -> None:
    add(actors, "sv:owes a owl:TransitiveProperty , owl:FunctionalProperty .")
    with pytest.raises(UnreadableInput, match="HermiT cannot judge"):
        owlapi.Reasoner(actors).is_consistent()
