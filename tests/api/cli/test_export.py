from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.cli import run
from graph import rdf
from graph.database import Database
from graph.odrl_constraints import ODRL
from graph.rdf_patch import read_patches
from graph.tables.known_tables import TABLES
from graph.tables.rows import LEFT_OUT
from graph.tables.undertakings import UNDERTAKINGS
from graph.tables.workbook import read_workbook
from tests.api.cli.conftest import Histories
from tests.graph.conftest import PARIS


@pytest.mark.parametrize("name", ["trig", "nq"])
def test_a_graph_comes_out_as_it_went_in(
    history: Histories, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    history.load("Ruritania")
    history.load('Rurit\\u0000ania\\u202E \\\\ \\"x\\"')
    for version in (1, 2):
        capsys.readouterr()
        assert run(["export", "--format", name, "--version", str(version)]) == 0
        out, err = capsys.readouterr()
        format_ = rdf.FORMAT_OF_NAME[name]
        read = rdf.read(out.encode(), format=format_, graph=PARIS, source="out")
        assert set(read) == history.quads(version=version)
        assert err == f"{len(read)} quads of version {version}\n"


@pytest.mark.parametrize("name", ["trig", "nq", "jsonld"])
def test_the_shipped_graph_loads_again_from_one_file(
    all_shipped: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    capsys.readouterr()
    assert run(["export", "--format", name, "--data-dir", str(all_shipped)]) == 0
    file = tmp_path / f"all.{name}"
    file.write_text(capsys.readouterr().out, "utf-8")
    assert run(["load", str(file), "--data-dir", str(tmp_path / "again")]) == 0
    assert held(tmp_path / "again") == held(all_shipped)


def test_the_shipped_graph_as_a_patch_makes_the_same_graph(
    all_shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["export", "--format", "patch", "--data-dir", str(all_shipped)]) == 0
    (patch,) = read_patches(capsys.readouterr().out.encode(), source="out")
    assert set(patch.change.adds) == held(all_shipped)


@pytest.mark.parametrize(("name", "format_"), [("odrl", rdf.TURTLE), ("odrl-jsonld", rdf.JSON_LD)])
def test_commitments_are_written_as_policies_of_odrl(
    all_shipped: Path, capsys: pytest.CaptureFixture[str], name: str, format_: rdf.Format
) -> None:
    capsys.readouterr()
    chosen = ["--instrument", "budapest-memorandum", "--data-dir", str(all_shipped)]
    assert run(["export", "--format", name, *chosen]) == 0
    out, err = capsys.readouterr()
    quads = rdf.parse(out.encode(), format=format_, source="out")
    agreement = ox.NamedNode(f"{ODRL}Agreement")
    policies = {quad.subject for quad in quads if quad.object == agreement}
    assert err == f"policies of commitments: {len(policies)}\n"
    assert len(policies) > 1


def test_undertakings_are_listed_in_the_columns_of_the_template(
    all_shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    chosen = ["--undertaking", "us-security-guarantee", "--data-dir", str(all_shipped)]
    assert run(["export", "--format", "csv", *chosen]) == 0
    out, err = capsys.readouterr()
    (row,) = csv.DictReader(StringIO(out))
    assert [*row] == [column.name for column in UNDERTAKINGS.columns]
    assert row["id"] == "commitment/us-security-guarantee"
    assert row["debtor"] == "actor/united-states"
    assert row["made on"] == "2026-01-25"
    assert row["action type"] == "security guarantee"
    assert row["established when"] == "condition/us-guarantee-ratified"
    assert row["source address"].startswith("https://")
    first, *left_out = err.splitlines()
    assert first == "undertakings: 1"
    assert left_out
    assert all(line.startswith("left out: ") for line in left_out)


@pytest.mark.parametrize("table", ["evidence", "adherences", "amounts"])
def test_each_table_can_be_taken_out_and_put_in_again_without_a_change(
    all_shipped: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, table: str
) -> None:
    at = ["--data-dir", str(all_shipped)]
    capsys.readouterr()
    assert run(["export", "--format", "csv", "--table", table, *at]) == 0
    file = tmp_path / f"{table}.csv"
    file.write_text(capsys.readouterr().out, "utf-8")
    rows = len([*csv.DictReader(StringIO(file.read_text("utf-8")))])
    assert run(["import", str(file), "--dry-run", *at]) == 0
    said = capsys.readouterr().err
    assert said.startswith(f"{rows} rows: would add 0 statements and remove 0;")


def test_of_much_that_is_left_out_the_beginning_is_told_and_where_the_rest_is(
    all_shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--table", "undertakings", "--data-dir", str(all_shipped)]
    capsys.readouterr()
    assert run(["export", "--format", "csv", *at]) == 0
    rows, *told, last = capsys.readouterr().err.splitlines()
    assert rows.startswith("undertakings: ")
    assert len(told) == 20
    more = re.fullmatch(
        r"left out: (\d+) more; --format xlsx has all of them, on the sheet “left out”", last
    )
    assert more
    assert int(more[1]) > 20


def test_a_workbook_has_every_table_and_a_sheet_of_what_is_left_out(
    all_shipped: Path, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    at = ["--data-dir", str(all_shipped)]
    assert run(["export", "--format", "xlsx", *at]) == 0
    out, err = capfdbinary.readouterr()
    sheets = {sheet.name: sheet.rows for sheet in read_workbook(out, "all.xlsx")}
    assert {table.name for table in TABLES} | {LEFT_OUT} <= sheets.keys()
    assert sheets[LEFT_OUT][0] == ["thing", "property", "why"]
    assert f"left out: {len(sheets[LEFT_OUT]) - 1}, told one by one on the sheet".encode() in err
    assert f"amounts: {len(sheets['amounts']) - 1}\n".encode() in err
    file = tmp_path / "all.xlsx"
    file.write_bytes(out)
    assert run(["import", str(file), "--dry-run", *at]) == 0


def test_a_table_of_a_graph_of_triples_is_refused(
    all_shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "--table", "amounts", "--data-dir", str(all_shipped)]) == 2
    assert "add --format csv or --format xlsx" in capsys.readouterr().err


def test_a_selection_loads_into_an_empty_directory(
    all_shipped: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    capsys.readouterr()
    chosen = ["--undertaking", "us-security-guarantee", "--graph", "budapest-memorandum"]
    assert run(["export", *chosen, "--graph", "actors", "--data-dir", str(all_shipped)]) == 0
    file = tmp_path / "part.trig"
    file.write_text(capsys.readouterr().out, "utf-8")
    wanted = set(rdf.read(file.read_bytes(), format=rdf.TRIG, graph=PARIS, source="part"))
    assert run(["load", str(file), "--data-dir", str(tmp_path / "part")]) == 0
    assert wanted < held(tmp_path / "part") < held(all_shipped)


def held(directory: Path) -> set[ox.Quad]:
    with Database.open(directory, writable=False) as database:
        return set(database.store.quads())


def test_the_history_is_written_as_rdf_patch(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    capsys.readouterr()
    assert run(["export", "--history"]) == 0
    out, err = capsys.readouterr()
    assert out.count("\nTX .\n") == 2
    assert err == "2 transactions\n"
    assert run(["export", "--history", "--since", "1"]) == 0
    out, _ = capsys.readouterr()
    assert '"Graustark"' in out
    assert out.count("\nTX .\n") == 1


def test_a_difference_is_written_as_one_patch_in_either_direction(
    history: Histories, capsys: pytest.CaptureFixture[str]
) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    history.load("Syldavia")
    for before, after in ((1, 3), (3, 1)):
        capsys.readouterr()
        assert run(["export", "--since", str(before), "--version", str(after)]) == 0
        out, err = capsys.readouterr()
        (patch,) = read_patches(out.encode(), source="out")
        assert set(patch.change.adds) == history.quads(after) - history.quads(before)
        assert set(patch.change.removes) == history.quads(before) - history.quads(after)
        assert err == f"from version {before} to {after}: 1 quads added, 1 removed\n"
    assert run(["export", "--since", "3"]) == 0
    assert capsys.readouterr().out == "TX .\nTC .\n"


def test_a_backup_is_a_data_directory(
    history: Histories, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history.load("Ruritania")
    capsys.readouterr()
    with Database.open(history.directory):
        assert run(["export", "--backup", "copy"]) == 0
    assert capsys.readouterr() == ("", "`copy` holds version 1\n")
    with Database.open(tmp_path / "copy", writable=False) as database:
        assert set(database.store.quads()) == history.quads()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--since", "2"], 2, "there is no version 2"),
        (["--backup", "copy", "--since", "0"], 2, "leave out the other options"),
        (["--backup", "copy", "--history"], 2, "leave out the other options"),
        (["--backup", "graph"], 2, "`graph` is there already"),
        (["--version", "2"], 2, "there is no version 2"),
        (["--history", "--since", "2"], 2, "there is no version 2"),
        (["--format", "ttl"], 2, "`ttl` is no format; choose trig, nq, "),
        (["--graph", "god"], 2, "no graph is called `god`; did you mean `good`"),
        (["--actor", "y"], 2, "no actor is called `y`; give an identifier such as `x`"),
        (["--history", "--graph", "good"], 2, "leave out --graph"),
        (["--data-dir", "absent"], 3, "load data with"),
        (["--backup", "copy", "--data-dir", "absent"], 3, "load data with"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(
    history: Histories,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    told: str,
) -> None:
    history.load("Ruritania")
    capsys.readouterr()
    assert run(["export", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert told in line


def test_a_past_version_can_be_asked(
    history: Histories, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    history.load("Ruritania")
    history.load("Graustark")
    capsys.readouterr()
    (tmp_path / "names.rq").write_text(
        "SELECT ?name { GRAPH <https://w3id.org/servanda/data/good> { ?s "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?name } }"
    )
    answers = []
    for options in (["--version", "1"], ["--version", "2"], []):
        assert run(["query", "names.rq", "--format", "csv", *options]) == 0
        answers.append(capsys.readouterr())
    assert [answer.out.split()[1] for answer in answers] == ["Ruritania", "Graustark", "Graustark"]
    assert [answer.err for answer in answers] == ["version 1 of 2\n", "version 2 of 2\n", ""]
    assert run(["query", "names.rq", "--version", "3"]) == 2
    assert "there is no version 3; choose one from 0 to 2, the last" in capsys.readouterr().err
