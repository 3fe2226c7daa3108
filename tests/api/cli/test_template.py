"""Templates are written where they are asked for, and over no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import run
from api.cli.template import TableName
from graph.tables.known_tables import TABLES
from graph.tables.workbook import read_workbook


def test_the_command_knows_every_table() -> None:
    assert [*TableName] == [table.name for table in TABLES]


def test_a_table_comes_as_csv_on_stdout(
    shipped: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["template", "amounts", "--data-dir", str(shipped)]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"\xef\xbb\xbfid,undertaking,bound,quantity,unit")
    assert err == b""


def test_a_workbook_has_all_tables_or_the_one_that_is_named(shipped: Path, tmp_path: Path) -> None:
    whole, one = tmp_path / "all.xlsx", tmp_path / "one.xlsx"
    where = ["--data-dir", str(shipped)]
    assert run(["template", "-o", str(whole), *where]) == 0
    assert run(["template", "evidence", "-o", str(one), *where]) == 0
    names = [sheet.name for sheet in read_workbook(whole.read_bytes(), "a.xlsx")]
    assert names == [*(table.name for table in TABLES), "help", "choices"]
    names = [sheet.name for sheet in read_workbook(one.read_bytes(), "a.xlsx")]
    assert names == ["evidence", "help", "choices"]


def test_without_a_graph_a_workbook_says_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.xlsx"
    assert run(["template", "-o", str(file), "--data-dir", str(tmp_path / "none")]) == 0
    assert "the names of actors from" in capsys.readouterr().err
    assert file.exists()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["actors"], "`actors` is no table"),
        ([], "a CSV file holds one table"),
        (["-o", "a.csv"], "a CSV file holds one table"),
        (["amounts", "-o", "a.ods"], "is no table by its name"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_file_that_is_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("my data")
    assert run(["template", "amounts", "-o", str(file)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert file.read_text() == "my data"
