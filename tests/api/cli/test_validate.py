from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cli import run
from graph.database import Database
from graph.namespaces import ID, PREFIXES
from tests.api.cli.test_load import BAD, GOOD

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
