from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli import run
from graph.database import Database
from graph.rdf import nquads
from tests.api.cli.conftest import Histories


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["history", "--format", "json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_every_change_is_listed_with_who_when_and_why(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania", reason="first")
    history.load("Graustark", reason="second", author="Bob")
    assert run(["undo", "2", "--author", "Eve", "--reason", "a slip"]) == 0
    first, second, third = listed(capsys)
    assert (first["seq"], first["author"], first["role"], first["reason"]) == (
        *(1, "Ada", "editor"),
        "first",
    )
    assert first["at"].endswith("Z")
    assert (second["author"], second["source"]) == ("Bob", "https://w3id.org/servanda/data/good")
    assert (second["added"], second["removed"], second["undone_by"]) == (1, 1, 3)
    assert (third["author"], third["reason"], third["undoes"]) == ("Eve", "a slip", 2)
    assert run(["history"]) == 0
    out, err = capsys.readouterr()
    assert "Bob (editor)" in out
    assert "undone by 3" in out
    assert "undoes 2" in out
    assert "data/good" in out
    assert err == "3 transactions\n"


def test_a_history_of_nothing_is_told(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["history"]) == 3
    assert "load data with" in capsys.readouterr().err
    with Database.open(history.directory):
        pass
    assert run(["history"]) == 0
    assert capsys.readouterr() == ("", "0 transactions\n")


def test_what_left_the_graph_can_be_erased_from_the_history(
    history: Histories, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history.load("Ruritania")
    (tmp_path / "source.txt").write_text("Once there was Ruritania.", "utf-8")
    history.load("Graustark")
    with Database.open(history.directory, writable=False) as database:
        *_, last = database.journal.transactions()
    (tmp_path / "erase.nq").write_text(nquads(last.removes))
    command = ["history", "--purge", "erase.nq", "--author", "Ada"]
    assert run(command) == 2
    assert "an erasure needs a reason; give it with --reason" in capsys.readouterr().err
    assert run([*command, "--reason", "asked for"]) == 0
    told = capsys.readouterr().err
    assert "erased from transaction 1, 2; transaction 3 says so" in told
    assert "kept source texts erased because they held words of it: 1" in told
    *_, tombstone = listed(capsys)
    assert (tombstone["reason"], tombstone["erased_from"]) == ("asked for", [1, 2])
    for file in filter(Path.is_file, history.directory.rglob("*")):
        assert b"Ruritania" not in file.read_bytes(), file
    assert run(["history"]) == 0
    assert "erased from 1, 2" in capsys.readouterr().out
    assert run([*command, "--reason", "once more"]) == 0
    assert "no transaction holds any of these quads" in capsys.readouterr().err
    assert run(["undo", "3"]) == 1
    assert "tombstone" in capsys.readouterr().err


def test_what_is_in_the_graph_is_not_erased(
    history: Histories, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history.load("Ruritania")
    with Database.open(history.directory, writable=False) as database:
        (tmp_path / "erase.nq").write_text(nquads(database.store.quads()))
    assert run(["history", "--purge", "erase.nq", "--reason", "all"]) == 1
    assert "still in the graph" in capsys.readouterr().err
    (tmp_path / "erase.nq").write_text("<a>")
    assert run(["history", "--purge", "erase.nq", "--reason", "all"]) == 3
    assert "line 1" in capsys.readouterr().err


def test_the_versions_in_which_something_was_recorded_are_told(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    for label in ("Ruritania", "Graustark", "Ruritania"):
        history.load(label)
    capsys.readouterr()
    asked = ["history", "--held", '? rdfs:label "Ruritania"@en']
    assert run([*asked, "--format", "json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["held"]
    assert (first["from"], first["to"]) == (1, 1)
    assert (second["from"], second["to"], second["until"]) == (3, None, None)
    assert first["since"] <= first["until"] <= second["since"]
    assert run(asked) == 0
    out, err = capsys.readouterr()
    assert first["since"][:10] in out
    assert err == '`? rdfs:label "Ruritania"@en` was recorded in 2 spans of versions\n'


@pytest.mark.parametrize(
    ("held", "spans"),
    [
        ("? ? ?", 1),
        ("<https://w3id.org/servanda/id/x> rdf:type sv:State", 1),
        ("id:x rdf:type sv:State <https://w3id.org/servanda/data/good>", 1),
        ("? rdfs:label 3", 0),
        ("? rdfs:label true", 0),
    ],
)
def test_a_statement_is_asked_for_as_people_write_it(
    held: str, spans: int, history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    capsys.readouterr()
    assert run(["history", "--held", held, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["held"]) == spans


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("sv:State", "`sv:State` is no statement"),
        ("? nonsense ?", "`nonsense` is not an IRI"),
        ('? rdfs:label "a"^^nonsense', "is no literal"),
    ],
)
def test_what_is_no_statement_is_refused(
    held: str, told: str, history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    assert run(["history", "--held", held]) == 2
    assert told in capsys.readouterr().err


def test_asking_is_not_mixed_with_erasing(
    history: Histories, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history.load("Ruritania")
    assert run(["history", "--held", "? ? ?", "--purge", str(tmp_path / "quads.nq")]) == 2
    assert "leave out --purge" in capsys.readouterr().err
