"""Data with a deprecated term are accepted with a warning that names the term to use."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from graph.database import Database
from graph.deprecated import check_deprecated
from graph.load import load
from graph.namespaces import PREFIXES, SV

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
ONTOLOGY = f"""{PROLOGUE}
<https://w3id.org/servanda/ontology/core> a owl:Ontology .
sv:State a owl:Class . sv:ally a owl:ObjectProperty .
sv:Country a owl:Class ; owl:deprecated true ; dcterms:isReplacedBy sv:State .
sv:friend a owl:ObjectProperty ; owl:deprecated true ; rdfs:domain sv:Country .
sv:kept a owl:ObjectProperty ; owl:deprecated false .
"""
DATA = f"""{PROLOGUE}
<https://w3id.org/servanda/data/first> a owl:Ontology .
<urn:x> a sv:Country ; sv:friend <urn:y> , <urn:z> ; sv:kept <urn:y> .
<urn:y> a sv:State ; sv:ally <urn:x> .
"""


def quads(text: str) -> list[ox.Quad]:
    return list(ox.parse(text, format=ox.RdfFormat.TURTLE))


def test_a_deprecated_class_or_property_is_told_once_for_each_thing() -> None:
    found = check_deprecated([*quads(DATA), *quads(ONTOLOGY)], quads(ONTOLOGY))
    assert [(each.severity, each.rule, each.focus) for each in found] == [
        ("warning", "term-deprecated", "urn:x")
    ] * 2
    country, friend = (each.message for each in found)
    assert country == (
        "`sv:Country` is deprecated and goes with the next major version: use `sv:State`."
    )
    assert friend.startswith("`sv:friend` is deprecated")


def test_data_without_a_deprecated_term_are_left_in_peace() -> None:
    assert check_deprecated(quads(DATA), []) == []


def test_a_load_warns_of_a_deprecated_term_and_takes_the_data(tmp_path: Path) -> None:
    ontology, shapes, data = (tmp_path / name for name in ("ontology", "shapes", "data"))
    for folder, name, text in (
        (ontology, "core.ttl", ONTOLOGY),
        (shapes, "none.ttl", PROLOGUE),
        (data, "first.ttl", DATA),
    ):
        folder.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    with Database.open(tmp_path / "db") as database:
        report = load(
            database, [data], author="Ada", reason="a test", ontology=ontology, shapes=shapes
        )
        taken = any(database.store.match(predicate=ox.NamedNode(SV + "friend")))
    assert {each.rule for each in report.written.findings} == {"term-deprecated"}
    assert taken
