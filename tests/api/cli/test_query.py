from __future__ import annotations

import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cli import run
from graph.namespaces import ID

LABELS = """#+ summary: What is it called?
#+ parameters:
#+   - name: thing
#+     type: iri
#+   - name: language
#+     type: string
#+     default: en
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label ?language WHERE {
    ?thing rdfs:label ?label
    BIND(LANG(?label) AS ?found)
    FILTER(?found = ?language)
}
ORDER BY ?label
"""


@pytest.fixture(autouse=True)
def folder(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SERVANDA_DATA_DIR", str(data_dir))
    (tmp_path / "labels.rq").write_text(LABELS)
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))


def test_a_file_is_asked_and_shown_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "labels.rq"]) == 0
    out, err = capsys.readouterr()
    assert "id:actor/ruritania" in out
    assert "Aid for Ruritania" in out
    assert err == "3 rows\n"


def test_parameters_are_set_by_name(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    arguments = ["--set", "thing=actor/ruritania", "--set", "language=de", "--format", "csv"]
    assert run(["query", "labels.rq", *arguments]) == 0
    rows = capsysbinary.readouterr().out.decode().split()
    assert rows == ["thing,label,language", f"{ID}actor/ruritania,Ruritanien,de"]


def test_an_unknown_parameter_is_refused_with_the_legal_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["query", "labels.rq", "--set", "actor=x"]) == 2
    assert "it takes thing, language" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_a_table_is_written_in_each_format(
    name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["query", "labels.rq", "--format", name]) == 0
    assert b"Ruritania" in capsysbinary.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--format", "ttl"]])
def test_a_graph_is_written_as_turtle(
    arguments: list[str], folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "all.rq").write_text("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert run(["query", "all.rq", *arguments]) == 0
    written = capsysbinary.readouterr().out
    assert len(list(ox.parse(written, format=ox.RdfFormat.TURTLE))) == 17


def test_a_query_is_read_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    typed(monkeypatch, b"ASK { ?s ?p 'Ruritania'@en }")
    assert run(["query", "-", "--format", "json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["boolean"] is True


@pytest.mark.parametrize(("value", "answer"), [("'Ruritania'@en", b"yes\n"), ("1", b"no\n")])
def test_a_yes_or_no_is_said(
    value: str,
    answer: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    typed(monkeypatch, f"ASK {{ ?s ?p {value} }}".encode())
    assert run(["query", "-"]) == 0
    assert capsysbinary.readouterr().out == answer


def test_a_shipped_query_is_found_by_name(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["query", "components", "--format", "csv"]) == 0
    assert len(capsysbinary.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"SELECT * {\n ?s ex:p ?o }", "`stdin`: the prefix `ex:` at line 2, column 5"),
        (b"\xff", "`stdin` is not UTF-8"),
        (b"", "`stdin`: the query is empty"),
        (b" \n# later\n", "`stdin`: the query is empty"),
        (b"SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        (b"SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", "`http://127.0.0.1:1/`"),
        (b"INSERT DATA { }", "INSERT writes"),
        (b"ASK " + b"{" * 200 + b"}" * 200, "brackets more than 100 deep"),
        (b"ASK { } #" + b"x" * 70_000, "longer than 64 kB"),
        (b"ASK { ?s ?p ?o } LIMIT x", "not valid SPARQL near line 1, column 24"),
    ],
)
def test_a_query_that_cannot_be_asked_is_one_line_and_exit_code_3(
    text: bytes,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, text)
    assert run(["query", "-"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert told in line


@pytest.mark.parametrize("name", ["nothing.rq", "./nope", "queries/components", "components/"])
def test_a_file_that_is_not_there_is_not_taken_for_a_name(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", name]) == 3
    assert f"there is no file `{name}`" in capsys.readouterr().err


def test_an_empty_value_is_the_default_but_of_no_unknown_parameter(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    answers = []
    for arguments in ([], ["--set", "language=", "--set", "thing="]):
        assert run(["query", "labels.rq", "--format", "csv", *arguments]) == 0
        answers.append(capsysbinary.readouterr().out)
    assert answers[0] == answers[1]
    assert run(["query", "labels.rq", "--set", "actor="]) == 2


def test_a_value_that_is_wrong_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "labels.rq", "--set", "thing=no iri"]) == 2
    assert "`no iri`" in capsys.readouterr().err


def test_a_format_the_answer_does_not_have_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, b"ASK {}")
    assert run(["query", "-", "--format", "csv"]) == 2
    assert "json, xml" in capsys.readouterr().err


def test_without_a_graph_nothing_can_be_asked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["query", "labels.rq", "--data-dir", "absent"]) == 3
    told = capsys.readouterr().err
    assert "`absent`" in told
    assert "`servanda load data --data-dir absent`" in told
    assert not (folder / "absent").exists()
