from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api.cli import run
from graph.resources import resource


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a copy of the shipped ontology, of which nothing was released."""
    nothing = shutil.ignore_patterns("releases")
    shutil.copytree(resource("ontology"), tmp_path / "ontology", ignore=nothing)
    return tmp_path


def test_an_ontology_without_faults_passes_every_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check-ontology", str(folder)]) == 0
    out, err = capsys.readouterr()
    assert "passed" in out
    assert " 0 failed" in err


def test_a_fault_is_shown_with_its_place_and_how_to_mend_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "ontology" / "core.ttl").open("a") as core:
        core.write("\nsv:Commitment sv:undeclaredTerm sv:Land .\n")
    assert run(["check-ontology", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert "failed" in out
    assert "undeclaredTerm" in out
    assert " 0 failed" not in err


def test_files_are_rewritten_on_request_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    core = folder / "ontology" / "core.ttl"
    normal = core.read_bytes()
    core.write_bytes(normal.replace(b" ;\n", b";\n\n"))
    assert run(["check-ontology", str(folder), "--normalise"]) == 0
    assert f"rewrote {core}" in capsys.readouterr().err
    assert core.read_bytes() == normal


def test_a_release_is_recorded_when_nothing_failed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check-ontology", str(folder), "--record-release"]) == 0
    assert (folder / "ontology" / "releases" / "0.1.0.tsv").stat().st_size > 100_000
    assert "recorded" in capsys.readouterr().err
