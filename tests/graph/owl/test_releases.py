"""The ontology is compared with its last release, and its version must tell what changed."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from graph.errors import InvalidRequest, UnreadableInput
from graph.owl import releases
from graph.owl.releases import MAJOR, MINOR, PATCH, Change
from graph.owl.statements import Statement, statements
from graph.resources import resource
from tests.ontology import tiny

TOWN = 'sv:Town a owl:Class ; rdfs:subClassOf sv:Actor ; rdfs:label "town"@en .'
HEIR = "dcterms:isReplacedBy a owl:AnnotationProperty . "
OLD = f"{HEIR} sv:Summit owl:deprecated true ; dcterms:isReplacedBy sv:Event ."
ONLY_EVENTS = (
    "sv:Actor rdfs:subClassOf [ a owl:Restriction ;"
    " owl:onProperty sv:owes ; owl:allValuesFrom sv:Event ] ."
)

# What is added to actors.ttl (or replaced in it by what), the version it asks for, and a word why.
CHANGES = [
    ("", '"summit"@en', '"top meeting"@en', "0.1.1", '"top meeting"@en` is added'),
    ("", "What happens.", "What comes about.", "0.1.1", "skos:definition"),
    (TOWN, "", "", "0.1.1", "`sv:Town` is new"),
    (f"{TOWN} sv:Town owl:disjointWith sv:Event .", "", "", "0.1.1", "`sv:Town` is new"),
    (OLD, "", "", "0.1.1", "`sv:Summit owl:deprecated"),
    (ONLY_EVENTS, "", "", "0.2.0", "`sv:Actor rdfs:subClassOf [ owl:allValuesFrom sv:Event"),
    ("sv:at rdfs:domain sv:Event .", "", "", "0.2.0", "`sv:at rdfs:domain sv:Event` is added"),
    (
        "",
        "rdfs:range xsd:dateTime",
        "rdfs:range xsd:string",
        "0.2.0",
        "xsd:dateTime` is taken away",
    ),
    (f"{TOWN} sv:State rdfs:subClassOf sv:Town .", "", "", "0.2.0", "sv:State rdfs:subClassOf"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an ontology folder whose present state is released as 0.1.0."""
    ontology = tiny.write(tmp_path) / "ontology"
    assert releases.record(ontology) == ontology / "releases" / "0.1.0.tsv"
    return ontology


def change(folder: Path, added: str, old: str, new: str) -> None:
    actors = folder / "actors.ttl"
    text = actors.read_text(encoding="utf-8")
    assert old in text
    actors.write_text(f"{text.replace(old, new) if old else text}\n{added}\n", encoding="utf-8")


def bump(folder: Path, version: str) -> None:
    for module in folder.glob("*.ttl"):
        text = module.read_text(encoding="utf-8")
        module.write_text(text.replace("/ontology/0.1.0/", f"/ontology/{version}/"), "utf-8")


def test_what_is_released_asks_for_no_other_version(folder: Path) -> None:
    assert releases.unkept(folder) == []


def test_without_a_release_there_is_nothing_to_keep(tmp_path: Path) -> None:
    folder = tiny.write(tmp_path) / "ontology"
    change(folder, ONLY_EVENTS, "", "")
    assert releases.unkept(folder) == []


@pytest.mark.parametrize(("added", "old", "new", "least", "why"), CHANGES)
def test_a_change_asks_for_its_version(
    folder: Path, added: str, old: str, new: str, least: str, why: str
) -> None:
    change(folder, added, old, new)
    (place,) = releases.unkept(folder)
    assert place.startswith(f"version 0.1.0 is too low, {least} is asked for: ")
    assert why in place
    bump(folder, least)
    assert releases.unkept(folder) == []


def test_a_restriction_needs_more_than_the_version_of_a_new_term(folder: Path) -> None:
    change(folder, ONLY_EVENTS, "", "")
    bump(folder, "0.1.1")
    (place,) = releases.unkept(folder)
    assert place.startswith("version 0.1.1 is too low, 0.2.0 is asked for")


def test_a_term_may_go_once_a_release_has_deprecated_it(folder: Path) -> None:
    summit = tiny.ACTORS[tiny.ACTORS.index("sv:Summit a") :]
    change(folder, "", summit, "")
    bump(folder, "0.2.0")
    assert releases.unkept(folder) == ["`sv:Summit` was removed and not deprecated in 0.1.0"]
    change(folder, summit + OLD, "", "")
    releases.record(folder)
    change(folder, "", summit + OLD, "")
    bump_from_last = [m.read_text("utf-8").replace("0.2.0", "0.3.0") for m in folder.glob("*.ttl")]
    for module, text in zip(folder.glob("*.ttl"), bump_from_last, strict=True):
        module.write_text(text, "utf-8")
    assert releases.unkept(folder) == []


@pytest.mark.parametrize(
    ("last", "weights", "least"),
    [
        ((1, 2, 3), [], (1, 2, 3)),
        ((1, 2, 3), [PATCH], (1, 2, 4)),
        ((1, 2, 3), [PATCH, MINOR], (1, 3, 0)),
        ((1, 2, 3), [MINOR, MAJOR], (2, 0, 0)),
        ((0, 2, 3), [MINOR], (0, 2, 4)),
        ((0, 2, 3), [MAJOR], (0, 3, 0)),
    ],
)
def test_the_least_version_follows_the_heaviest_change(
    last: releases.Version, weights: list[int], least: releases.Version
) -> None:
    assert releases.asked(last, [Change(weight, "a change") for weight in weights]) == least


def test_a_release_is_recorded_once(folder: Path) -> None:
    with pytest.raises(InvalidRequest, match="is released already"):
        releases.record(folder)


def test_a_damaged_release_is_told(folder: Path) -> None:
    (folder / "releases" / "0.1.0.tsv").write_text("sv:State\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="is no list of statements"):
        releases.unkept(folder)


def test_a_new_member_of_a_disjoint_list_changes_its_own_pairs_alone(tmp_path: Path) -> None:
    folder = copytree(resource("ontology"), tmp_path / "ontology")
    old = statements(folder.glob("*.ttl"))
    core = folder / "core.ttl"
    text = core.read_text(encoding="utf-8")
    core.write_text(text.replace("( sv:Action\n", "( sv:Action sv:Zone\n"), encoding="utf-8")
    new = statements(folder.glob("*.ttl"))
    assert old - new == set()
    assert new - old
    assert {each.object for each in new - old} == {"sv:Zone"}


def test_what_has_no_name_is_written_out_the_same_each_time() -> None:
    modules = sorted(resource("ontology").glob("*.ttl"))
    assert statements(modules) == statements(reversed(modules))
    domain = "[ owl:unionOf ( sv:Action sv:Component ) ; rdf:type owl:Class ]"
    assert Statement("sv:domain", "rdfs:domain", domain) in statements(modules)
