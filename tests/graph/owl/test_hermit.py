from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import ServandaError
from graph.owl import hermit
from tests.ontology import tiny
from tests.ontology.files import needs_hermit

pytestmark = needs_hermit

PYTHON_MODULE = (
    "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module"
)


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    return tiny.write(tmp_path) / "ontology" / "actors.ttl"


def add(path: Path, turtle: str) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{turtle}\n", encoding="utf-8")


def test_what_an_import_says_counts(actors: Path) -> None:
    add(actors, "sv:Both a owl:Class ; rdfs:subClassOf sv:Actor , sv:Event .")
    verdict = hermit.classify(actors.with_name("core.ttl"))
    assert verdict.consistent
    assert verdict.unsatisfiable == ("https://w3id.org/servanda/ns#Both",)


def test_a_contradiction_is_told(actors: Path) -> None:
    add(actors, "sv:Summit a sv:Actor .")
    assert hermit.classify(actors) == hermit.Verdict(consistent=False, unsatisfiable=())


def test_what_takes_too_long_is_ended_and_told(actors: Path) -> None:
    with pytest.raises(ServandaError, match=r"did not finish `.*` in 0 seconds"):
        hermit.classify(actors, deadline=0)


def test_a_datatype_hermit_does_not_know_is_named(actors: Path) -> None:
    add(actors, "sv:born a owl:DatatypeProperty ; rdfs:range xsd:date .")
    with pytest.raises(ServandaError, match=r"HermiT cannot judge .*XMLSchema#date"):
        hermit.classify(actors)


def test_a_python_module_an_ontology_names_is_never_imported(
    actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "imported"
    (tmp_path / "intruder.py").write_text(f"open({str(trace)!r}, 'w').close()", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    add(actors, f'onto:actors <{PYTHON_MODULE}> "intruder" .')
    assert hermit.classify(actors).consistent
    assert not trace.exists()
