"""A snapshot is whole, says what it is, and is the same each time it is made."""

from __future__ import annotations

import csv
import json
import subprocess
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cli import run
from api.release import CHECKSUMS, contents, release
from graph.database import Database
from graph.errors import InvalidRequest
from graph.namespaces import DATA, SV


@pytest.fixture(scope="module")
def snapshot(all_shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("release") / "v1"
    assert run(["export", "--release", str(target), "--data-dir", str(all_shipped)]) == 0
    return target


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file.read_text("utf-8"))))


def held(directory: Path) -> set[ox.Quad]:
    with Database.open(directory, writable=False) as database:
        return set(database.store.quads())


def test_the_checksums_are_those_of_every_file(snapshot: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", CHECKSUMS], cwd=snapshot, capture_output=True
    )
    assert done.returncode == 0, done.stdout
    named = {line.split()[1] for line in (snapshot / CHECKSUMS).read_text().splitlines()}
    assert named == {file.name for file in snapshot.iterdir()} - {CHECKSUMS}


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig"])
def test_the_graph_of_a_snapshot_loads_to_the_same_quads(
    snapshot: Path, all_shipped: Path, tmp_path: Path, name: str
) -> None:
    assert run(["load", str(snapshot / name), "--data-dir", str(tmp_path / "again")]) == 0
    assert held(tmp_path / "again") == held(all_shipped)


def test_the_same_version_gives_the_same_bytes(snapshot: Path, all_shipped: Path) -> None:
    with Database.open(all_shipped, writable=False) as database:
        again = contents(database)
    assert again == {file.name: file.read_bytes() for file in snapshot.iterdir()}


def test_a_snapshot_names_its_versions_and_the_hash_of_the_journal(
    snapshot: Path, all_shipped: Path
) -> None:
    version = json.loads((snapshot / "version.json").read_text())
    with Database.open(all_shipped, writable=False) as database:
        assert version["journalHash"] == database.journal.head_hash
        assert version["graph"] == database.version == 1
    assert version["ontology"].startswith("https://w3id.org/servanda/ontology/")
    citation = (snapshot / "CITATION.cff").read_text()
    assert f"date-released: {version['recordedAt'][:10]}\n" in citation
    assert version["journalHash"] in citation


def test_the_codebook_has_every_term_with_a_definition_and_counts_its_use(
    snapshot: Path, all_shipped: Path
) -> None:
    entries = {row["term"]: row for row in rows(snapshot / "codebook.csv")}
    quads = held(all_shipped)
    terms = {
        f"sv:{quad.predicate.value.removeprefix(SV)}"
        for quad in quads
        if quad.predicate.value.startswith(SV)
    }
    assert terms <= entries.keys()
    assert [name for name, row in entries.items() if not (row["label"] and row["definition"])] == []
    debtors = [q for q in quads if q.predicate.value == f"{SV}debtor" and DATA in str(q.graph_name)]
    assert entries["sv:debtor"]["used"] == str(len(debtors))
    assert entries["sv:debtor"]["range"] == "sv:Actor"
    assert entries["sv:debtor"]["example"].partition(" → ")[2].startswith("actor/")
    text = (snapshot / "codebook.md").read_text("utf-8")
    assert text.count("\n## ") == len(entries)


def test_the_list_has_a_row_for_each_undertaking_and_each_dataset_a_licence(
    snapshot: Path, all_shipped: Path
) -> None:
    kinds = {f"{SV}{name}" for name in ("Commitment", "Intention", "Possibility")}
    quads = held(all_shipped)
    undertakings = {q.subject for q in quads if q.object in {ox.NamedNode(k) for k in kinds}}
    data = {q for q in undertakings if "/id/" in str(q)}
    assert len(rows(snapshot / "commitments.csv")) == len(data) > 100
    graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    licensed = {row["dataset"] for row in rows(snapshot / "LICENSES.csv") if row["license"]}
    assert licensed == {graph for graph in graphs if graph.startswith(DATA)}


def test_the_description_has_every_dataset(snapshot: Path) -> None:
    store = ox.Store()
    store.load((snapshot / "description.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    void = ox.NamedNode("http://rdfs.org/ns/void#Dataset")
    found = {q.subject for q in store.quads_for_pattern(None, None, void)}
    assert {ox.NamedNode(row["dataset"]) for row in rows(snapshot / "LICENSES.csv")} <= found


def test_a_folder_that_is_not_empty_is_refused_and_an_empty_one_is_taken(
    all_shipped: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "mine.txt").write_text("keep")
    options = ["--data-dir", str(all_shipped)]
    assert run(["export", "--release", str(tmp_path / "old"), *options]) == 2
    assert "is not an empty folder" in capsys.readouterr().err
    assert [file.name for file in (tmp_path / "old").iterdir()] == ["mine.txt"]
    (tmp_path / "new").mkdir()
    assert run(["export", "--release", str(tmp_path / "new"), *options]) == 0
    assert (tmp_path / "new" / CHECKSUMS).exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["new", "old"]


def test_an_empty_graph_is_not_released(tmp_path: Path) -> None:
    with (
        Database.open(tmp_path / "graph") as database,
        pytest.raises(InvalidRequest, match="nothing to release"),
    ):
        release(database, tmp_path / "out")
    assert not (tmp_path / "out").exists()
