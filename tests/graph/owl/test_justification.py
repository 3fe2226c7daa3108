"""A contradiction is explained with the axioms that make it, across modules, and their lines."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from graph.namespaces import SV
from graph.owl.justification import Fault, Place, faults, line_of
from graph.resources import resource
from tests.ontology import tiny
from tests.ontology.files import needs_owl_api

BOTH = """
sv:Both a owl:Class ;
    rdfs:subClassOf sv:Summits ,
        sv:Actor .
sv:Summits a owl:Class ; rdfs:subClassOf sv:Event .
"""


def write(folder: Path, in_core: str) -> Path:
    core = tiny.write(folder) / "ontology" / "core.ttl"
    core.write_text(tiny.CORE + in_core, encoding="utf-8")
    return core


def line(text: str, words: str) -> int:
    (number,) = [n for n, each in enumerate(text.splitlines(), 1) if words in each]
    return number


@needs_owl_api
def test_an_ontology_without_a_contradiction_has_no_fault(tmp_path: Path) -> None:
    assert faults([write(tmp_path, "")]) == []


@needs_owl_api
def test_an_impossible_class_is_explained_over_two_modules(tmp_path: Path) -> None:
    core = write(tmp_path, BOTH)
    actors, text = core.with_name("actors.ttl"), tiny.CORE + BOTH
    assert faults([core]) == [
        Fault(
            f"{SV}Both",
            (
                Place("Actor DisjointWith Event", actors, line(tiny.ACTORS, "owl:disjointWith")),
                Place("Both SubClassOf Summits", core, line(text, "subClassOf sv:Summits")),
                Place("Both SubClassOf Actor", core, line(text, "        sv:Actor .")),
                Place("Summits SubClassOf Event", core, line(text, "sv:Summits a owl:Class")),
            ),
        )
    ]


@needs_owl_api
def test_an_inconsistency_is_explained_over_two_modules(tmp_path: Path) -> None:
    core = write(tmp_path, "sv:Summit a sv:Actor .")
    (fault,) = faults([core])
    assert fault.impossible is None
    assert {(place.axiom, place.file.name) for place in fault.because} == {
        ("Actor DisjointWith Event", "actors.ttl"),
        ("Summit Type Event", "actors.ttl"),
        ("Summit Type Actor", "core.ttl"),
    }


@needs_owl_api
def test_files_that_contradict_each_other_are_explained_together(tmp_path: Path) -> None:
    first = tiny.write(tmp_path) / "data" / "first" / "first.ttl"
    second = first.with_name("second.ttl")
    second.write_text(
        f"{tiny.PREFIXES}<https://w3id.org/servanda/data/second> a owl:Ontology ;"
        " owl:imports onto:core . <https://w3id.org/servanda/id/event/visit> a sv:Actor .",
        encoding="utf-8",
    )
    assert faults([first]) == faults([second]) == []
    (fault,) = faults([first, second])
    files = [place.file.name for place in fault.because]
    assert "second.ttl" in files
    assert len(files) > 2


@needs_owl_api
def test_of_a_long_list_the_two_that_clash_are_named(tmp_path: Path) -> None:
    ontology = copytree(resource("ontology"), tmp_path / "ontology")
    core = ontology / "core.ttl"
    both = "\nsv:Both a owl:Class ; rdfs:subClassOf sv:State , sv:Phase .\n"
    core.write_text(core.read_text(encoding="utf-8") + both, encoding="utf-8")
    (fault,) = faults([core])
    said = {place.axiom for place in fault.because}
    (clash,) = (each for each in said if each.startswith("Disjoint"))
    assert clash.startswith("DisjointClasses: Actor, Phase and ")
    assert clash.endswith(" more")
    assert "State SubClassOf Actor" in said


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"urn:a#One"}, 2),
        ({"urn:a#One", "urn:a#Two"}, 4),
        ({"urn:a#Two", "urn:a#Three"}, 7),
        ({"urn:a#OneMore"}, 9),
        ({"urn:a#Four"}, None),
    ],
)
def test_the_line_is_that_of_the_shortest_statement_with_all_names(
    names: set[str], expected: int | None
) -> None:
    text = """@prefix a: <urn:a#> .
a:One a a:Kind ;
    # a:Three
    a:is a:Two ,
        a:Three .

a:Two a:is a:Three .

<urn:a#OneMore> a a:Kind .
"""
    assert line_of(text, names) == expected
