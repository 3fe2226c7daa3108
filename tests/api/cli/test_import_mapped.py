"""`servanda import --mapping`: tables of another shape, whole, judged or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from api.cli import run
from graph.database import Database
from tests.graph.mapping.followed import EXAMPLE

PLEDGES = EXAMPLE / "pledges.csv"


@pytest.fixture
def graph(shipped: Path, tmp_path: Path) -> Path:
    return Path(copytree(shipped, tmp_path / "graph"))


def imported(
    capsys: pytest.CaptureFixture[str], graph: Path, *arguments: str
) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["import", *arguments, "--format", "json", "--data-dir", str(graph)])
    return code, json.loads(capsys.readouterr().out)


def version(graph: Path) -> int:
    with Database.open(graph, writable=False) as database:
        return database.version


def test_a_table_goes_in_by_its_mapping_and_again_without_a_change(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = version(graph)
    code, report = imported(capsys, graph, str(PLEDGES), "--mapping", str(EXAMPLE))
    assert (code, report["state"], report["name"]) == (0, "done", "example-pledges")
    assert report["added"] > 20
    assert version(graph) == before + 1
    code, report = imported(capsys, graph, str(PLEDGES), "--mapping", str(EXAMPLE))
    assert (code, report["added"], report["removed"]) == (0, 0, 0)
    assert version(graph) == before + 1


def test_a_row_that_is_gone_from_the_table_is_gone_from_the_graph(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(capsys, graph, str(PLEDGES), "--mapping", str(EXAMPLE))
    shorter = tmp_path / "pledges.csv"
    shorter.write_text("\n".join(PLEDGES.read_text().splitlines()[:2]) + "\n")
    _, report = imported(capsys, graph, str(shorter), "--mapping", str(EXAMPLE))
    assert (report["added"], report["removed"]) == (0, 8)


def test_a_dry_run_tells_what_would_come_and_writes_nothing(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = version(graph)
    code, report = imported(capsys, graph, str(PLEDGES), "--mapping", str(EXAMPLE), "--dry-run")
    assert (code, report["dryRun"]) == (0, True)
    assert report["added"] > 20
    assert version(graph) == before


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_breaks_a_rule_is_told_by_row_and_column(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    before = version(graph)
    table = tmp_path / "pledges.csv"
    table.write_text("id,donor,what,signed on\n1,EST,a,1.1.2026\n2,LVA,,1.1.2026\n")
    code, report = imported(capsys, graph, str(table), "--mapping", str(EXAMPLE), *options)
    assert (code, report["mistakes"]) == (1, 1)
    (mistake,) = report["errors"]
    assert (mistake["table"], mistake["row"], mistake["column"]) == ("named.sql", 3, "what")
    assert "no English label" in mistake["message"]
    assert version(graph) == before


def test_a_cell_of_the_wrong_kind_is_told_by_row_and_column(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "pledges.csv"
    table.write_text("id,donor,what,signed on\n1,EST,a,in spring\n")
    code, report = imported(capsys, graph, str(table), "--mapping", str(EXAMPLE))
    assert code == 1
    (mistake,) = report["errors"]
    assert (mistake["table"], mistake["row"], mistake["column"]) == ("pledges.csv", 2, "signed on")


def test_an_empty_graph_gets_the_ontology_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without actors the table names nobody who is known, which is told before a graph is made."""
    directory = tmp_path / "new"
    code, report = imported(capsys, directory, str(PLEDGES), "--mapping", str(EXAMPLE))
    assert (code, [each["column"] for each in report["errors"]]) == (1, ["actor", "actor"])


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--mapping", "nowhere"), 3, "there is no mapping `nowhere`"),
        (("--mapping", "atop", "--sheet", "one"), 2, "a mapping names its tables"),
        (("other.csv",), 2, "these are 2 files"),
    ],
)
def test_what_does_not_go_together_is_refused(
    graph: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    assert run(["import", str(PLEDGES), *arguments, "--data-dir", str(graph)]) == code
    assert told in capsys.readouterr().err


def test_a_graph_that_a_server_writes_takes_tables_with_a_mapping_from_the_server(
    graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Database.open(graph, writable=True):
        code = run(["import", str(PLEDGES), "--mapping", str(EXAMPLE), "--data-dir", str(graph)])
    assert code == 3
    assert "send it to the server: POST /api/v1/imports" in capsys.readouterr().err
