from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from api.cli import run
from graph.resources import resource
from tests.api.cli.conftest import SERVANDA, environment, servanda

VERBS = (
    *("load", "validate", "serve", "query", "check-ontology"),
    *("show", "explain", "whatif", "timeline", "matrix", "diff", "gaps"),
    *("history", "undo", "restore", "export"),
)
HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "fastapi", "uvicorn", "jinja2", "jpype", "owlready2")


def test_help_names_every_verb_and_exit_code(tmp_path: Path) -> None:
    shown = servanda("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for verb in VERBS:
        assert verb in shown.stdout
    assert "0 ok, 1 findings, 2 usage, 3 unreadable input, 4 server" in shown.stdout


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = f"""
import sys
from api.cli import run
for verb in ([], *([verb] for verb in {VERBS})):
    assert run([*verb, "--help"]) == 0
loaded = [name for name in {HEAVY} if name in sys.modules]
assert not loaded, loaded
"""
    shown = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True)
    assert shown.returncode == 0, shown.stderr


def test_the_version_is_that_of_the_distribution(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"{version('servanda')}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "missing command"),
        (["lod"], "`lod`"),
        (["shwo"], "no such command `shwo`; did you mean `show`; see `servanda --help`"),
        (["show", "--asof", "2026"], "no such option: --asof; did you mean --as-of; see"),
        (["load"], "PATH..."),
        (["query"], "see `servanda query --help`"),
        (["serve", "--port", "abc"], "`abc` is no port; give a number from 0 to 65535"),
        (["serve", "--port", "65536"], "`65536` is no port; give a number from 0 to 65535"),
        (
            ["query", "components", "--format", "yaml"],
            "`yaml` is no format; choose table, csv, tsv, json, xml, ttl, nt, jsonld or rdf",
        ),
        (["validate", "--format", "csv"], "`csv` is no format; choose table, json or ttl"),
        (
            ["validate", "--severity", "bad"],
            "`bad` is no severity; choose violation, warning or info",
        ),
        (["validate", "--severity", "warning", "--format", "ttl"], "leave out --severity"),
        (["query", "components", "--set", "framework"], "`framework` sets nothing"),
        (["query", "components", "--set", "a=1", "--set", "a=2"], "`a` is set more than once"),
        (["query", "componentz"], "did you mean `components`?"),
        (["validate", "--colour"], "--colour"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith("error: ")
    assert told in line


def test_an_environment_that_is_wrong_is_one_line_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SERVANDA_PORT", "eighty")
    assert run(["serve"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "SERVANDA_PORT `eighty`" in line


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "does not exist"), (b"<a> <b> .\n", "line 1"), (b"\xff", "is not UTF-8")],
)
def test_input_that_cannot_be_read_is_one_line_and_exit_code_3(
    tmp_path: Path, content: bytes | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "input.ttl"
    if content is not None:
        file.write_bytes(content)
    assert run(["load", str(file), "--data-dir", str(tmp_path / "data")]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert f"`{file}" in line
    assert told in line


def test_a_damaged_journal_is_one_line_and_exit_code_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"this was a journal once" * 100)
    for verb in (["serve", "--port", "0"], ["validate"], ["query", "components"]):
        assert run([*verb, "--data-dir", str(tmp_path)]) == 3
        (line,) = capsys.readouterr().err.splitlines()
        assert str(tmp_path / "journal.sqlite") in line


def test_a_failure_of_the_machine_is_one_line_and_exit_code_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "query.rq").mkdir()
    (tmp_path / "file").write_text("")
    data = str(resource("ontology"))
    assert run(["load", data, "--data-dir", str(tmp_path / "file" / "data")]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert "Error" not in line


def test_whoever_stops_reading_gets_no_complaint(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "all.rq").write_text(
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } # more than a pipe holds"
    )
    command = f"'{SERVANDA}' query all.rq --format csv --data-dir '{data_dir}' | head -n 1"
    shown = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    assert len(shown.stdout.splitlines()) == 1


def test_colour_is_left_out_when_asked(tmp_path: Path) -> None:
    code = "import sys; from api.cli import run; sys.exit(run(['nothing']))"
    for name, coloured in (("FORCE_COLOR", True), ("NO_COLOR", False)):
        shown = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={**environment(), "FORCE_COLOR": "1", name: "1"},
            capture_output=True,
        )
        assert shown.returncode == 2
        assert (b"\x1b[31m" in shown.stderr) is coloured
