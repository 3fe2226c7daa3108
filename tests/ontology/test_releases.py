"""What the shipped ontology has published binds it, and so will what it publishes next."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, rmtree

import pytest

from graph.owl import quality, releases
from graph.owl.releases import MAJOR, MINOR, PATCH, Change
from graph.resources import resource

DEBTOR = "sv:debtor rdf:type owl:ObjectProperty ;"
VOW = "sv:Vow rdf:type owl:Class ; rdfs:subClassOf sv:Commitment .\n"
FUNCTIONAL = "sv:debtor rdf:type owl:ObjectProperty , owl:FunctionalProperty ;"
FILLER = "owl:someValuesFrom sv:"
EDITS = [
    ("undertakings", '"commitment"@en', '"pledge"@en', PATCH, '"pledge"@en` is added'),
    ("undertakings", DEBTOR, VOW + DEBTOR, MINOR, "`sv:Vow` is new"),
    ("undertakings", DEBTOR, FUNCTIONAL, MAJOR, "owl:FunctionalProperty` is added"),
    ("undertakings", f"{FILLER}Instrument", f"{FILLER}Treaty", MAJOR, f"{FILLER}Treaty"),
    ("core", "( sv:Action\n", "( sv:Action sv:Treaty\n", MAJOR, "owl:disjointWith sv:Treaty"),
]


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """Give a copy of the shipped ontology as if all of it had been released just now."""
    folder = copytree(resource("ontology"), tmp_path / "ontology")
    rmtree(folder / "releases")
    releases.record(folder)
    return folder


def test_the_shipped_ontology_keeps_what_it_has_released() -> None:
    folder = resource("ontology")
    *_, last = releases.recorded(folder)
    assert releases.version_of(folder.glob("*.ttl")) >= last
    (check,) = [each for each in quality.style_checks() if "tells what changed" in each.name]
    assert check.outcome == "passed"


def test_the_record_of_the_present_version_is_what_would_be_recorded_now(released: Path) -> None:
    (version,) = releases.recorded(released)
    kept = releases.recorded(resource("ontology"))
    same = [file.read_bytes() for one, file in kept.items() if one == version]
    assert same in ([], [releases.recorded(released)[version].read_bytes()])


@pytest.mark.parametrize(("module", "old", "new", "weight", "why"), EDITS)
def test_an_edit_of_the_shipped_ontology_asks_for_a_version(
    released: Path, module: str, old: str, new: str, weight: int, why: str
) -> None:
    (version,) = releases.recorded(released)
    file = released / f"{module}.ttl"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    (place,) = releases.unkept(released)
    assert f"{releases.said(releases.asked(version, [Change(weight, why)]))} is asked" in place
    assert why in place


def test_a_term_of_the_release_does_not_go_at_once(released: Path) -> None:
    file = released / "lifecycle.ttl"
    file.write_text(file.read_text("utf-8").replace("sv:Repudiated", "sv:Renounced"), "utf-8")
    gone, _ = releases.unkept(released)
    assert gone.startswith("`sv:Repudiated` was removed and not deprecated in ")
