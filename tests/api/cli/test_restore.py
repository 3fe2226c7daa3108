from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cli import run
from graph.database import Database
from graph.journal import Change
from graph.namespaces import DATA, ID, PREFIXES, SV
from tests.api.cli.conftest import Histories
from tests.graph.conftest import PARIS


def test_a_version_comes_back_as_a_new_one(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    assert run(["restore", "--version", "1"]) == 0
    assert "version 3 is version 1 again: 1 quads added, 1 removed" in capsys.readouterr().err
    assert history.quads() == history.quads(version=1)
    assert run(["restore", "--version", "1"]) == 0
    assert "nothing changed; the graph of version 3 is that of version 1" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("command", [["undo", "2"], ["restore", "--version", "1"]])
def test_a_mended_quotation_comes_back_as_it_was_with_its_source_text(
    history: Histories, tmp_path: Path, command: list[str]
) -> None:
    for words in ("will send tanks", "may send tanks"):
        (tmp_path / "source.txt").write_text(f"Ruritania {words}.", "utf-8")
        (tmp_path / "said.ttl").write_text(
            f"@prefix sv: <{SV}> . <{DATA}said> a <{PREFIXES['owl']}Ontology> . "
            f"<{ID}x> a sv:State ; <{PREFIXES['rdfs']}label> 'Ruritania'@en ; "
            f"sv:quotation '{words}' .",
            "utf-8",
        )
        assert run(["load", "said.ttl"]) == 0
    assert run(command) == 0
    assert history.quads() == history.quads(version=1) != history.quads(version=2)
    with Database.open(history.directory, writable=False) as database:
        text = database.judged_by.text(ox.NamedNode(f"{DATA}said"), database.version)
    assert text == "Ruritania will send tanks."


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 2, "give --version SEQ or --history FILE"),
        (["--version", "1", "--history", "x"], 2, "one thing is restored at a time"),
        (["--version", "7"], 2, "there is no version 7; choose one from 0 to 1, the last"),
        (["--version", "last"], 2, "`last` is no number of a transaction; `servanda history`"),
        (["--version", "-1"], 2, "there is no version -1"),
        (["--history", "absent.rdfp"], 3, "`absent.rdfp`: no such file"),
    ],
)
def test_what_cannot_be_restored_is_told_in_one_line(
    history: Histories,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    told: str,
) -> None:
    history.load("Ruritania")
    capsys.readouterr()
    assert run(["restore", *arguments]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line


def test_a_version_that_breaks_a_rule_is_refused_with_a_report(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    aid = ox.NamedNode("https://w3id.org/servanda/id/commitment/aid")
    promise = ox.NamedNode(SV + "Commitment")
    bad = ox.Quad(aid, ox.NamedNode(PREFIXES["rdf"] + "type"), promise, PARIS)
    with Database.open(history.directory) as database:
        for change in (Change(adds=(bad,)), Change(removes=(bad,))):
            database.commit(change, author="", role="", reason="", source="")
    assert run(["restore", "--version", "2"]) == 1
    out, err = capsys.readouterr()
    assert "commitment-debtor" in out
    assert err.splitlines()[-1].startswith("error: refused: ")
    assert history.quads() == history.quads(version=1)


def test_a_history_is_taken_over_and_goes_on(
    history: Histories,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    expected = history.quads()
    capsys.readouterr()
    assert run(["export", "--history", "--version", "1"]) == 0
    (tmp_path / "one.rdfp").write_text(capsys.readouterr().out)
    assert run(["export", "--history", "--since", "1"]) == 0
    (tmp_path / "two.rdfp").write_text(capsys.readouterr().out)
    with Database.open(history.directory, writable=False) as database:
        hashes = [each.hash for each in database.journal.transactions()]
    monkeypatch.setenv("SERVANDA_DATA_DIR", str(tmp_path / "other"))
    assert run(["restore", "--history", "two.rdfp"]) == 1
    assert "not an empty graph; export the history from" in capsys.readouterr().err
    assert run(["restore", "--history", "one.rdfp"]) == 0
    assert "1 of 1 patches changed the graph; it is at version 1" in capsys.readouterr().err
    assert run(["restore", "--history", "two.rdfp"]) == 0
    with Database.open(tmp_path / "other", writable=False) as database:
        assert set(database.store.quads()) == expected
        assert [each.hash for each in database.journal.transactions()] == hashes


def test_a_malformed_history_changes_nothing(
    history: Histories, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history.load("Ruritania")
    capsys.readouterr()
    (tmp_path / "bad.rdfp").write_text("TX .\nA <http://e/s> .\nTC .\n")
    assert run(["restore", "--history", "bad.rdfp"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "`bad.rdfp`, line 2" in line
    assert history.quads() == history.quads(version=1)
