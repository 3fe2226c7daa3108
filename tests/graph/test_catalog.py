from __future__ import annotations

from pathlib import Path

import pytest

from graph import catalog
from graph.errors import UnreadableInput
from tests.ontology import tiny


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.write(tmp_path)


def test_a_closure_holds_the_file_first_and_then_its_imports(folder: Path) -> None:
    first = folder / "data" / "first" / "first.ttl"
    assert catalog.closure(first) == [
        first,
        folder / "ontology" / "core.ttl",
        folder / "ontology" / "actors.ttl",
    ]


def test_modules_that_import_each_other_stand_once_in_a_closure(folder: Path) -> None:
    actors = folder / "ontology" / "actors.ttl"
    actors.write_text(f"{tiny.ACTORS}\nonto:actors owl:imports onto:core .", encoding="utf-8")
    assert catalog.closure(actors) == [actors, folder / "ontology" / "core.ttl"]


def test_an_import_without_an_entry_is_named_with_its_file_and_catalog(folder: Path) -> None:
    core = folder / "ontology" / "core.ttl"
    core.write_text(tiny.CORE.replace("imports onto:actors", "imports onto:forces"), "utf-8")
    with pytest.raises(UnreadableInput) as error:
        catalog.closure(core)
    assert f"`{core}` imports `https://w3id.org/servanda/ontology/forces`" in str(error.value)
    assert f"`{folder / 'ontology' / 'catalog-v001.xml'}`" in str(error.value)


def test_a_folder_without_a_catalog_maps_nothing(folder: Path) -> None:
    (folder / "ontology" / "catalog-v001.xml").unlink()
    assert catalog.entries(folder / "ontology") == {}
    assert catalog.closure(folder / "ontology" / "actors.ttl")
    with pytest.raises(UnreadableInput, match="has no entry"):
        catalog.closure(folder / "ontology" / "core.ttl")


def test_a_catalog_that_is_not_xml_is_refused_with_its_line(folder: Path) -> None:
    (folder / "ontology" / "catalog-v001.xml").write_text("<catalog>\n<uri</catalog>", "utf-8")
    with pytest.raises(UnreadableInput, match="not well-formed") as error:
        catalog.entries(folder / "ontology")
    assert error.value.line == 2


def test_a_file_that_is_not_turtle_is_refused_with_its_line(folder: Path) -> None:
    actors = folder / "ontology" / "actors.ttl"
    actors.write_text("@prefix sv: <https://w3id.org/servanda/ns#> .\nsv:Actor a .", "utf-8")
    with pytest.raises(UnreadableInput, match="is not Turtle") as error:
        catalog.triples(actors)
    assert error.value.line == 2


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.ttl").write_bytes("<urn:a> <urn:b> 'é' .".encode("latin-1"))
    with pytest.raises(UnreadableInput, match="is not Turtle"):
        catalog.triples(tmp_path / "latin.ttl")


def test_blank_nodes_of_two_files_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "same.ttl"
    path.write_text("_:b <urn:p> <urn:o> .", encoding="utf-8")
    (once,), (again,) = catalog.triples(path), catalog.triples(path)
    assert once.subject != again.subject


def test_a_file_that_is_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be read"):
        catalog.triples(tmp_path / "absent.ttl")


def test_the_ontologies_a_file_declares_are_listed(folder: Path) -> None:
    core = folder / "ontology" / "core.ttl"
    assert catalog.ontologies(core) == ["https://w3id.org/servanda/ontology/core"]
    assert catalog.imports(core) == ["https://w3id.org/servanda/ontology/actors"]
