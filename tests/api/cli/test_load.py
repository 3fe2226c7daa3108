from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from graph.database import Database
from graph.namespaces import DATA

HEAD = """
@prefix sv: <https://w3id.org/servanda/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix id: <https://w3id.org/servanda/id/> .
"""
GOOD = HEAD + f"<{DATA}good> a owl:Ontology . id:x a sv:State ; rdfs:label 'Ruritania'@en ."
BAD = HEAD + f"<{DATA}bad> a owl:Ontology . id:aid a sv:Commitment ; rdfs:label '[red]Aid'@en ."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a good and a bad file, and work in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVANDA_DATA_DIR", str(tmp_path / "graph"))
    (tmp_path / "good.ttl").write_text(GOOD)
    (tmp_path / "bad.ttl").write_text(BAD)
    return tmp_path


def test_what_was_loaded_is_shown_and_kept(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "good.ttl", "--author", "Ada", "--reason", "a first try"]) == 0
    out, err = capsys.readouterr()
    assert "data/good" in out
    assert "ontology/core" in out
    assert "the graph is at version 1" in err
    with Database.open(folder / "graph", writable=False) as database:
        transaction = list(database.journal.transactions())[-1]
    assert (transaction.author, transaction.reason) == ("Ada", "a first try")
    assert sum(str(quad.graph_name).endswith("data/good>") for quad in transaction.adds) == 3


def test_loading_the_same_again_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", str(folder / "good.ttl")]) == 0
    capsys.readouterr()
    assert run(["load", "good.ttl"]) == 0
    assert "nothing changed; the graph is at version 1" in capsys.readouterr().err


def test_a_source_text_that_changed_alone_is_told_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "good.ttl"]) == 0
    capsys.readouterr()
    (folder / "source.txt").write_text("Of Ruritania.", "utf-8")
    assert run(["load", "good.ttl"]) == 0
    assert "the source text of data/good changed and nothing else" in capsys.readouterr().err


def test_a_wrong_path_makes_no_directory(folder: Path) -> None:
    assert run(["load", "good.ttl", "nothing.ttl"]) == 3
    assert not (folder / "graph").exists()


def test_a_broken_rule_refuses_everything_with_a_report(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "good.ttl", "bad.ttl"]) == 1
    out, err = capsys.readouterr()
    assert "commitment-debtor" in out
    assert "[red]Aid (data/bad)" in out
    (line,) = err.splitlines()
    assert line.startswith("error: refused: ")
    with Database.open(folder / "graph", writable=False) as database:
        assert database.version == 0


def test_a_load_that_takes_too_long_to_judge_is_given_up(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "good.ttl", "--judge-seconds", "0.001"]) == 2
    assert "the change takes more than 0.001 s to judge" in capsys.readouterr().err
    with Database.open(folder / "graph", writable=False) as database:
        assert database.version == 0
    assert run(["load", "good.ttl", "--judge-seconds", "600"]) == 0
