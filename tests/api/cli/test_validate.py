from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cli import run
from graph.database import Database
from graph.namespaces import DATA, ID, PREFIXES
from tests.api.cli.test_load import BAD, GOOD, HEAD

SH = PREFIXES["sh"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SERVANDA_DATA_DIR", raising=False)
    (tmp_path / "good.ttl").write_text(GOOD)
    (tmp_path / "bad.ttl").write_text(BAD)
    return tmp_path


def test_files_are_judged_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", "good.ttl"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "no findings\n")
    assert sorted(path.name for path in folder.iterdir()) == ["bad.ttl", "good.ttl"]


def test_findings_are_sentences_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "good.ttl", "bad.ttl"]) == 1
    out, err = capsys.readouterr()
    assert "commitment-debtor" in out
    assert "[red]Aid (data/bad)" in out
    assert "violation" in err


def test_findings_are_written_as_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["validate", "bad.ttl", "--format", "json"]) == 1
    findings = json.loads(capsysbinary.readouterr().out)
    rules = {one["rule"] for one in findings if one["severity"] == "violation"}
    assert "commitment-debtor" in rules
    assert {one["focus"] for one in findings} == {ID + "aid"}


STRAY = HEAD + (
    f"<{DATA}stray> a owl:Ontology . id:x a sv:State ; rdfs:label 'Ruritania'@en ;"
    f" sv:memberOf <{ID}actor/frnace> ."
    " id:y a sv:Commitment ; rdfs:label 'Aid'@en ; sv:content id:x ."
)


def test_a_finding_names_the_value_and_the_property_it_is_about(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "stray.ttl").write_text(STRAY)
    assert run(["validate", "stray.ttl"]) == 1
    shown = capsysbinary.readouterr().out.decode()
    assert "Ruritania (data/stray): id:actor/frnace" in shown
    assert re.search(r"action-known .* content +Aid \(data/stray\): id:x", shown)
    assert "sv:" not in shown


def test_a_finding_in_json_has_its_value_and_property_for_people_as_well(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "stray.ttl").write_text(STRAY)
    assert run(["validate", "stray.ttl", "--format", "json"]) == 1
    findings = json.loads(capsysbinary.readouterr().out)
    found = {one["value"]: (one["property"], one["value_shown"]) for one in findings}
    # The rule about actors looks at a score of properties: naming them all would say nothing.
    assert found[ID + "actor/frnace"] == (None, "id:actor/frnace")
    assert found[ID + "x"] == ("content", "id:x")


@pytest.mark.parametrize(
    ("severity", "shown"),
    [("violation", {"violation"}), ("warning", {"violation", "warning"}), ("info", None)],
)
def test_only_findings_of_a_severity_and_graver_are_shown_on_request(
    severity: str,
    shown: set[str] | None,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert run(["validate", "bad.ttl", "--format", "json"]) == 1
    everything = json.loads(capsysbinary.readouterr().out)
    assert {one["severity"] for one in everything} == {"violation", "info"}
    assert run(["validate", "bad.ttl", "--format", "json", "--severity", severity]) == 1
    out, err = capsysbinary.readouterr()
    kept = [one for one in everything if shown is None or one["severity"] in shown]
    assert json.loads(out) == kept
    hidden = len(everything) - len(kept)
    assert (f"{hidden} less grave not shown" in err.decode()) == bool(hidden)


def test_findings_are_written_as_the_report_shacl_defines(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert run(["validate", "bad.ttl", "--format", "ttl"]) == 1
    written = capsysbinary.readouterr().out
    report = ox.Store()
    report.bulk_load(written, format=ox.RdfFormat.TURTLE)
    assert bool(report.query(f"ASK {{ ?report a <{SH}ValidationReport> ; <{SH}conforms> false }}"))
    incomplete = f"""
        PREFIX sh: <{SH}>
        SELECT ?result WHERE {{
            ?report sh:result ?result
            FILTER NOT EXISTS {{
                ?result a sh:ValidationResult ; sh:focusNode ?focus ; sh:resultSeverity ?severity ;
                    sh:sourceConstraintComponent ?component ; sh:sourceShape ?shape
            }}
        }}"""
    found = report.query(incomplete)
    assert isinstance(found, ox.QuerySolutions)
    assert list(found) == []
    assert bool(report.query(f"ASK {{ ?result <{SH}focusNode> <{ID}aid> }}"))


def test_a_report_without_findings_conforms(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["validate", "good.ttl", "--format", "ttl"]) == 0
    report = ox.Store()
    report.bulk_load(capsysbinary.readouterr().out, format=ox.RdfFormat.TURTLE)
    assert bool(report.query(f"ASK {{ ?report <{SH}conforms> true }}"))


def test_without_a_path_the_graph_is_judged_while_another_process_may_write(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "good.ttl", "--data-dir", "graph"]) == 0
    with Database.open(folder / "graph"):
        assert run(["validate", "--data-dir", "graph"]) == 0
    assert capsys.readouterr().err.endswith("no findings\n")


def test_without_a_graph_there_is_nothing_to_judge(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "`.servanda`" in line
    assert "servanda load" in line
